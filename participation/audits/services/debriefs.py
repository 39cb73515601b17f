"""How an auditor is after listening: words for their own eyes, and whether they want a call."""

from sqlalchemy.orm import Session

from participation.audits.models import Audit, AuditDebrief
from participation.foundation.clock import now
from participation.foundation.eventlog.services import log_event
from participation.foundation.permissions import Actor


def write_debrief(
    session: Session, actor: Actor, audit: Audit, *, diary: str, wants_call: bool
) -> None:
    """Keep an auditor's own words; those who lead learn only whether a call is wanted."""
    assert actor.account_id is not None
    kept = session.get(AuditDebrief, (audit.id, actor.account_id))
    if kept is None:
        kept = AuditDebrief(audit_id=audit.id, account_id=actor.account_id)
        session.add(kept)
    kept.diary, kept.wants_call, kept.written_at = diary, wants_call, now()
    session.flush()
    if wants_call:
        log_event(session, actor, "auditor_wants_call", "audit", audit.public_id)


def note_call(session: Session, actor: Actor, audit: Audit, account_id: int) -> None:
    """Somebody has called the auditor, who may ask for a call again."""
    kept = session.get(AuditDebrief, (audit.id, account_id))
    if kept is not None:
        kept.wants_call = False
        session.flush()
        log_event(session, actor, "auditor_called", "audit", audit.public_id)
