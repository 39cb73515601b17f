"""The one place that knows what time it is.

Times are UTC in the database and Europe/Stockholm on screen. Code asks `now()` or `today()`;
tests and the demo county stand still with `frozen_at()`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

LOCAL_ZONE = ZoneInfo("Europe/Stockholm")

_frozen: ContextVar[datetime | None] = ContextVar("frozen_clock", default=None)


def now() -> datetime:
    """The current moment, timezone-aware, in UTC."""
    return _frozen.get() or datetime.now(UTC)


def local_now() -> datetime:
    """The current moment as people in the county read it."""
    return now().astimezone(LOCAL_ZONE)


def today() -> date:
    """The date in Sweden, which differs from the UTC date around midnight."""
    return local_now().date()


def to_local(moment: datetime) -> datetime:
    """A UTC moment in Swedish time. Raises ValueError for a naive datetime."""
    if moment.tzinfo is None:
        raise ValueError("a naive datetime has no place in time; attach UTC first")
    return moment.astimezone(LOCAL_ZONE)


def from_local(wall_time: datetime) -> datetime:
    """A naive Swedish wall time as UTC; the repeated hour in October means the first one."""
    if wall_time.tzinfo is not None:
        raise ValueError("expected a naive wall time")
    return wall_time.replace(tzinfo=LOCAL_ZONE).astimezone(UTC)


def clocks_show(day: date, clock: time) -> bool:
    """Whether Swedish clocks show this time that day: not in the hour left out in spring."""
    wall = datetime.combine(day, clock)
    return to_local(from_local(wall)).replace(tzinfo=None) == wall


def day_start(day: date) -> datetime:
    """Midnight in Sweden, in UTC (TRUST 41)."""
    return from_local(datetime.combine(day, time()))


def year_start(year: int) -> datetime:
    """The moment a Swedish year begins, as UTC."""
    return datetime(year, 1, 1, tzinfo=LOCAL_ZONE).astimezone(UTC)


@contextmanager
def frozen_at(moment: datetime) -> Iterator[None]:
    """Let time stand still at `moment` (aware) inside the block."""
    if moment.tzinfo is None:
        raise ValueError("freeze the clock at an aware datetime")
    token = _frozen.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _frozen.reset(token)
