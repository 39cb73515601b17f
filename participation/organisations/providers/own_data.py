"""A person's own data: what they are a contact for."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from participation.foundation.i18n import gettext as _
from participation.foundation.providers import DataSection
from participation.organisations.queries import own_contact_areas
from participation.organisations.services import forget_contact


class ContactData:
    """The areas somebody is their organisation's contact for."""

    def sections(self, session: Session, account_id: int) -> Iterable[DataSection]:
        found = own_contact_areas(session, account_id)
        if not found:
            return
        yield DataSection(
            title=_("What you are a contact for"),
            rows=tuple(found),
            raw={
                "contact_areas": [
                    {"organisation": organisation, "area": area} for organisation, area in found
                ]
            },
        )

    def erase(self, session: Session, account_id: int) -> Iterable[str]:
        forget_contact(session, account_id)
        return ()
