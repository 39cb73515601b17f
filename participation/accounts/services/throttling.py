"""Counting tries. Keys are keyed hashes: the table tells nobody who tried."""

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from participation.accounts.models import ThrottleCounter
from participation.accounts.rules.throttling import Limit
from participation.foundation.clock import now
from participation.foundation.crypto import keys
from participation.foundation.errors import Throttled


def check_throttle(session: Session, limit: Limit, key: str) -> None:
    """Raises Throttled when `key` has used up `limit`; `data["until"]` says when it opens."""
    if is_throttled(session, limit, key):
        raise Throttled(until=limit.window_ends_at(now()))


def is_throttled(session: Session, limit: Limit, key: str) -> bool:
    """Whether `key` has used up `limit` in the current window."""
    count = session.scalar(
        select(ThrottleCounter.count).where(
            ThrottleCounter.limit == limit.name,
            ThrottleCounter.key == _hashed(limit, key),
            ThrottleCounter.window == limit.window_number(now()),
        )
    )
    return (count or 0) >= limit.count


def count_try(session: Session, limit: Limit, key: str) -> None:
    """One more try. Failures are counted in a transaction of their own (web.after_response)."""
    moment = now()
    row = {
        "limit": limit.name,
        "key": _hashed(limit, key),
        "window": limit.window_number(moment),
    }
    if _add_one(session, row):
        return
    try:
        with session.begin_nested():
            session.add(ThrottleCounter(**row, count=1, expires_at=limit.window_ends_at(moment)))
    except IntegrityError:  # somebody else began the same window
        _add_one(session, row)


def _add_one(session: Session, row: dict[str, object]) -> bool:
    counted = session.execute(
        update(ThrottleCounter)
        .where(*(getattr(ThrottleCounter, name) == value for name, value in row.items()))
        .values(count=ThrottleCounter.count + 1)
        .execution_options(synchronize_session=False)
    )
    return bool(counted.rowcount)  # type: ignore[attr-defined]


def _hashed(limit: Limit, key: str) -> str:
    return keys().blind_index(f"throttle:{limit.name}", key)
