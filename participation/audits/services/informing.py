"""The unit says that those who use it are told of the audit: before that nobody interviews them."""

from sqlalchemy.orm import Session

from participation.audits.models import Audit
from participation.audits.rules.states import GUIDE_OPEN
from participation.audits.services.interviews import lock_audit
from participation.foundation.clock import today
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.permissions import Actor


def note_users_told(session: Session, actor: Actor, audit: Audit, *, are_told: bool = True) -> None:
    """Note it, or take it back. Raises Conflict before it is agreed and once interviews begin."""
    locked = lock_audit(session, audit.id)
    if locked.state not in GUIDE_OPEN:
        raise Conflict
    if (locked.users_told_on is not None) == are_told:
        return
    locked.users_told_on = today() if are_told else None
    session.flush()
    action = "audit_users_told" if are_told else "audit_users_not_told"
    log_event(session, actor, action, "audit", audit.public_id)
