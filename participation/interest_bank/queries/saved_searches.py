"""Reads of saved searches: one's own, and those that colleagues share."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from participation.foundation.errors import NotFound
from participation.foundation.permissions import Actor, Permission
from participation.interest_bank.models import SavedSearch


def saved_searches(session: Session, actor: Actor) -> Sequence[SavedSearch]:
    """What the coordinator may use, by name; own ones first."""
    if not actor.scope(Permission.READ_BANK).everywhere:
        return []
    found = session.scalars(
        select(SavedSearch)
        .where(or_(SavedSearch.owner_account_id == actor.account_id, SavedSearch.is_shared))
        .options(joinedload(SavedSearch.owner))
        .order_by(SavedSearch.id)
    ).all()
    # Names are encrypted, so the database cannot sort by them.
    return sorted(
        found, key=lambda s: (s.owner_account_id != actor.account_id, s.name.casefold(), s.id)
    )


def own_saved_search(session: Session, actor: Actor, public_id: str) -> SavedSearch:
    """One of the coordinator's own. Raises NotFound, also for what a colleague shares."""
    found = session.scalar(
        select(SavedSearch).where(
            SavedSearch.public_id == public_id, SavedSearch.owner_account_id == actor.account_id
        )
    )
    if found is None:
        raise NotFound
    return found
