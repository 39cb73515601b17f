"""An auditor is erased: they leave every team, and what they told about themselves goes."""

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from participation.audits.models import (
    Audit,
    AuditConsent,
    AuditDebrief,
    AuditFactRemark,
    AuditFieldDevice,
    AuditInterview,
    AuditTeamMember,
)
from participation.coding.rules.drafts import SourceKind
from participation.coding.services import release_coders
from participation.foundation.clock import now
from participation.foundation.eventlog.services import log_event
from participation.foundation.permissions import Actor


def forget_auditor(session: Session, actor: Actor, account_id: int) -> int:
    """Blank an auditor's places and notes' author; how many places there were.

    The notes stay: they are the words of those who were interviewed.
    """
    rows = session.execute(
        select(AuditTeamMember, Audit.public_id)
        .join(Audit, Audit.id == AuditTeamMember.audit_id)
        .where(AuditTeamMember.account_id == account_id)
        .order_by(AuditTeamMember.id)
    )
    places = [(place, public_id) for place, public_id in rows]
    for place, public_id in places:
        release_coders(session, actor, SourceKind.AUDIT, public_id, account_id)
        place.own_experience = place.ties = place.cleared_reason = None
        place.left_at = place.left_at or now()
    is_own = AuditConsent.account_id == account_id
    session.execute(
        update(AuditConsent).where(is_own, AuditConsent.is_unit).values(account_id=None)
    )
    session.execute(delete(AuditConsent).where(is_own))
    session.execute(delete(AuditDebrief).where(AuditDebrief.account_id == account_id))
    for column in (
        AuditInterview.by_account_id,
        AuditInterview.second_account_id,
        AuditFieldDevice.account_id,
        AuditFactRemark.by_account_id,
        AuditFactRemark.answered_by_account_id,
    ):
        session.execute(update(column.class_).where(column == account_id).values({column: None}))
    session.flush()
    if places:
        log_event(session, actor, "auditor_forgotten", "audits", "teams", places=len(places))
    return len(places)
