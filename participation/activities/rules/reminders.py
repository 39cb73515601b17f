"""When a reminder goes, and to whom. Pure."""

from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any

from participation.foundation.clock import from_local, to_local
from participation.foundation.i18n import lazy_gettext as _l

MOST_DAYS_BEFORE = 60
FIRST_HOUR, LAST_HOUR = 6, 21
MOST_REMINDERS = 6
# A reminder that could not go in time (the worker stood still) goes up to this much later.
STILL_USEFUL = timedelta(hours=12)


class Audience(StrEnum):
    UNANSWERED = "unanswered"
    COMING = "coming"


AUDIENCE_LABELS: dict[str, Any] = {
    Audience.UNANSWERED: _l("Those who have not answered, before the last day to answer"),
    Audience.COMING: _l("Those who come, before the activity"),
}


def goes_at(days_before: int, hour: int, anchor: datetime) -> datetime:
    """The moment a reminder goes, by Swedish clocks.

    `anchor` is the activity's start, or the first moment after the last day to answer: the day
    before it is the last day itself, which is what "0 days before" means there.

    >>> from datetime import UTC
    >>> goes_at(1, 9, datetime(2026, 10, 26, 12, 0, tzinfo=UTC)).isoformat()
    '2026-10-25T08:00:00+00:00'
    """
    local = to_local(anchor - timedelta(seconds=1))
    return from_local(datetime.combine(local.date() - timedelta(days=days_before), time(hour)))


def is_due(moment: datetime, goes: datetime, anchor: datetime) -> bool:
    """Whether a reminder goes now: its time has come, not long ago, and it still helps."""
    return goes <= moment < min(goes + STILL_USEFUL, anchor)
