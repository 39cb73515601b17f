"""A person's own data: what they are a contact for, and who has nominated them."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.foundation.i18n import format_day
from participation.foundation.i18n import gettext as _
from participation.foundation.providers import DataSection
from participation.organisations.models import Nomination
from participation.organisations.queries import nominations_of_person, own_contact_areas
from participation.organisations.rules.states import NOMINATION_LABELS
from participation.organisations.services import forget_contact, forget_nominations


class ContactData:
    """The areas somebody is their organisation's contact for, and their nominations."""

    def sections(self, session: Session, account_id: int) -> Iterable[DataSection]:
        found = own_contact_areas(session, account_id)
        if found:
            yield DataSection(
                title=_("What you are a contact for"),
                rows=tuple(found),
                raw={
                    "contact_areas": [
                        {"organisation": organisation, "area": area} for organisation, area in found
                    ]
                },
            )
        nominated = nominations_of_person(session, account_id)
        if nominated:
            yield DataSection(
                title=_("Nominations"),
                rows=tuple((format_day(one.created_at), _line(one)) for one in nominated),
                raw={
                    "nominations": [
                        {
                            "at": one.created_at.isoformat(),
                            "by": one.ask.organisation.name,
                            "words": one.words,
                            "state": one.state,
                        }
                        for one in nominated
                    ]
                },
            )

    def erase(self, session: Session, account_id: int) -> Iterable[str]:
        forget_contact(session, account_id)
        account = session.get(Account, account_id)
        if account is not None:
            forget_nominations(session, account)
        return ()


def _line(one: Nomination) -> str:
    return f"{one.ask.organisation.name}: {NOMINATION_LABELS[one.state]}"
