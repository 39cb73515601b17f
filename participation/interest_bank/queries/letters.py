"""Whom to call or write to."""

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from participation.foundation.errors import NotFound
from participation.foundation.permissions import Actor, Permission
from participation.interest_bank.models import Letter
from participation.interest_bank.queries.conditions import may_see_bank


def letters_waiting(actor: Actor) -> Select[Letter]:
    """What nobody has told yet, oldest first, for paging."""
    return (
        select(Letter)
        .where(may_see_bank(actor), Letter.told_at.is_(None))
        .options(joinedload(Letter.member))
        .order_by(Letter.id)
    )


def letter_count(session: Session, actor: Actor) -> int:
    if not actor.scope(Permission.READ_BANK).everywhere:
        return 0
    return session.scalar(select(func.count()).where(Letter.told_at.is_(None))) or 0


def letter_to_tell(session: Session, actor: Actor, public_id: str) -> Letter:
    """One that waits. Raises NotFound, also for what has been told."""
    found = session.scalar(
        select(Letter)
        .where(may_see_bank(actor), Letter.public_id == public_id, Letter.told_at.is_(None))
        .options(joinedload(Letter.member))
        .with_for_update(of=Letter)
    )
    if found is None:
        raise NotFound
    return found
