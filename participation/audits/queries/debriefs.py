"""How auditors are: their own words for themselves, a wish for a call for those who lead."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.audits.models import Audit, AuditDebrief
from participation.foundation.permissions import Actor


def own_debrief(session: Session, audit: Audit, actor: Actor) -> AuditDebrief | None:
    """What the person wrote for themselves."""
    return session.get(AuditDebrief, (audit.id, actor.account_id))


def who_wants_call(session: Session, audit_id: int) -> frozenset[int]:
    """The accounts of auditors who want somebody to call; nothing of what they wrote."""
    wanted = select(AuditDebrief.account_id).where(
        AuditDebrief.audit_id == audit_id, AuditDebrief.wants_call
    )
    return frozenset(session.scalars(wanted))


def debriefs_of(session: Session, account_id: int) -> Sequence[AuditDebrief]:
    """All that an auditor wrote for themselves, for their own copy of their data."""
    return session.scalars(
        select(AuditDebrief)
        .where(AuditDebrief.account_id == account_id)
        .order_by(AuditDebrief.audit_id)
    ).all()
