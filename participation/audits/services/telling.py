"""Mails to the unit of an audit, to its team, and to those who lead audits."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.accounts.queries import accounts_with_role
from participation.audits.models import Audit, AuditTeamMember
from participation.county.models import Unit
from participation.foundation.mail_templates import absolute_url
from participation.foundation.outbox import queue_mail
from participation.foundation.permissions import Role


def tell_unit(session: Session, audit: Audit, template: str, path: str, **more: Any) -> None:
    """One mail to each contact person of the unit's organisation, with a link to `path`."""
    for account in contacts_of(session, audit):
        _tell(session, account, audit, template, link=absolute_url(path), **more)


def tell_team(session: Session, audit: Audit, template: str, path: str, **more: Any) -> None:
    """One mail to each auditor who is in the team now, with a link to `path`."""
    for account in auditors_of(session, audit):
        _tell(session, account, audit, template, link=absolute_url(path), **more)


def tell_leads(session: Session, audit: Audit, template: str, path: str) -> None:
    """One mail to each coordinator, with a link to `path`."""
    for account in accounts_with_role(session, Role.COORDINATOR):
        _tell(session, account, audit, template, link=absolute_url(path))


def contacts_of(session: Session, audit: Audit) -> Sequence[Account]:
    """The contact persons of the organisation that is examined."""
    unit = session.get_one(Unit, audit.unit_id)
    return accounts_with_role(session, Role.CONTACT_PERSON, organisation_id=unit.organisation_id)


def auditors_of(session: Session, audit: Audit) -> Sequence[Account]:
    """Who is in the team now."""
    return session.scalars(
        select(Account)
        .join(AuditTeamMember, AuditTeamMember.account_id == Account.id)
        .where(AuditTeamMember.audit_id == audit.id, AuditTeamMember.left_at.is_(None))
        .order_by(Account.id)
    ).all()


def _tell(session: Session, account: Account, audit: Audit, template: str, **told: Any) -> None:
    queue_mail(
        session,
        to=account.email,
        template=template,
        locale=account.locale,
        context={"name": account.display_name, **told},
        about=("audit", audit.public_id),
    )
