"""Who wants to be called."""

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from participation.foundation.errors import NotFound
from participation.foundation.permissions import Actor, Permission
from participation.interest_bank.models import CallRequest
from participation.interest_bank.queries.conditions import may_see_bank


def calls_waiting(actor: Actor) -> Select[CallRequest]:
    """Whoever waits for a call, longest first, for paging."""
    return (
        select(CallRequest)
        .where(may_see_bank(actor), CallRequest.settled_at.is_(None))
        .order_by(CallRequest.created_at, CallRequest.id)
    )


def call_count(session: Session, actor: Actor) -> int:
    if not actor.scope(Permission.READ_BANK).everywhere:
        return 0
    return session.scalar(select(func.count()).where(CallRequest.settled_at.is_(None))) or 0


def call_to_settle(session: Session, actor: Actor, public_id: str) -> CallRequest:
    """One that waits, locked. Raises NotFound, also for what is settled."""
    found = session.scalar(
        select(CallRequest)
        .where(
            may_see_bank(actor),
            CallRequest.public_id == public_id,
            CallRequest.settled_at.is_(None),
        )
        .with_for_update()
    )
    if found is None:
        raise NotFound
    return found
