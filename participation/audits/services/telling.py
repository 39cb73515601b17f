"""Mails to the unit of an audit."""

from sqlalchemy.orm import Session

from participation.accounts.queries import accounts_with_role
from participation.audits.models import Audit
from participation.county.models import Unit
from participation.foundation.mail_templates import absolute_url
from participation.foundation.outbox import queue_mail
from participation.foundation.permissions import Role


def tell_unit(session: Session, audit: Audit, template: str, path: str) -> None:
    """One mail to each contact person of the unit's organisation, with a link to `path`."""
    unit = session.get_one(Unit, audit.unit_id)
    for account in accounts_with_role(
        session, Role.CONTACT_PERSON, organisation_id=unit.organisation_id
    ):
        queue_mail(
            session,
            to=account.email,
            template=template,
            locale=account.locale,
            context={"name": account.display_name, "link": absolute_url(path)},
            about=("audit", audit.public_id),
        )
