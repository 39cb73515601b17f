"""Keeping, sharing and forgetting searches."""

from collections.abc import Mapping
from urllib.parse import urlencode

from sqlalchemy.orm import Session

from participation.foundation.permissions import Actor
from participation.interest_bank.models import SavedSearch


def save_search(
    session: Session, actor: Actor, name: str, chosen: Mapping[str, str], *, is_shared: bool
) -> SavedSearch:
    """Keep a search under a name; `chosen` holds the filters that say something."""
    saved = SavedSearch(
        owner_account_id=actor.account_id,
        name=name,
        query=urlencode(sorted(chosen.items())),
        is_shared=is_shared,
    )
    session.add(saved)
    session.flush()
    return saved


def share_search(session: Session, saved: SavedSearch, is_shared: bool) -> None:
    """Let colleagues use it, or keep it to oneself again."""
    saved.is_shared = is_shared
    session.flush()


def forget_search(session: Session, saved: SavedSearch) -> None:
    session.delete(saved)
    session.flush()
