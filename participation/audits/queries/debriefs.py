"""How auditors are: their own words for themselves, a wish for a call for those who lead."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from participation.audits.models import Audit, AuditDebrief, AuditInterview, AuditTeamMember
from participation.foundation.errors import NotFound
from participation.foundation.permissions import Actor


def own_debrief(session: Session, audit: Audit, actor: Actor) -> AuditDebrief | None:
    """What the person wrote for themselves."""
    return session.get(AuditDebrief, (audit.id, actor.account_id))


def has_listened(session: Session, audit: Audit, actor: Actor) -> bool:
    """Whether the person has held an interview or sat beside, or written of how it was."""
    me = actor.account_id
    held = select(AuditInterview.id).where(
        AuditInterview.audit_id == audit.id,
        or_(AuditInterview.by_account_id == me, AuditInterview.second_account_id == me),
    )
    if session.scalar(held.limit(1)) is not None:
        return True
    return own_debrief(session, audit, actor) is not None


def who_wants_call(session: Session, audit_id: int) -> frozenset[int]:
    """The accounts of auditors who want somebody to call; nothing of what they wrote."""
    wanted = select(AuditDebrief.account_id).where(
        AuditDebrief.audit_id == audit_id, AuditDebrief.wants_call
    )
    return frozenset(session.scalars(wanted))


def left_and_wants_call(session: Session, audit: Audit) -> Sequence[AuditTeamMember]:
    """Who has left the team since they asked for a call, for those who lead."""
    return session.scalars(
        select(AuditTeamMember)
        .join(
            AuditDebrief,
            (AuditDebrief.audit_id == AuditTeamMember.audit_id)
            & (AuditDebrief.account_id == AuditTeamMember.account_id),
        )
        .where(
            AuditTeamMember.audit_id == audit.id,
            AuditTeamMember.left_at.is_not(None),
            AuditDebrief.wants_call,
        )
        .options(joinedload(AuditTeamMember.account))
        .order_by(AuditTeamMember.id)
    ).all()


def caller_of(session: Session, audit: Audit, place_id: str) -> int:
    """The account of an auditor who is or was in the team and wants a call. Raises NotFound."""
    found = session.scalar(
        select(AuditTeamMember.account_id).where(
            AuditTeamMember.audit_id == audit.id, AuditTeamMember.public_id == place_id
        )
    )
    if found is None or found not in who_wants_call(session, audit.id):
        raise NotFound
    return found


def debriefs_of(session: Session, account_id: int) -> Sequence[AuditDebrief]:
    """All that an auditor wrote for themselves, for their own copy of their data."""
    return session.scalars(
        select(AuditDebrief)
        .where(AuditDebrief.account_id == account_id)
        .order_by(AuditDebrief.audit_id)
    ).all()
