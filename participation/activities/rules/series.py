"""Days of a recurring series. Pure.

What recurs is the wall clock and the place in the month: "the third Thursday at 18:00" stays so
when the clocks change.
"""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from participation.foundation.clock import from_local, to_local
from participation.foundation.i18n import lazy_gettext as _l

MOST_OCCASIONS = 24
DAYS_IN_WEEK = 7
MONTHS_IN_YEAR = 12
LAST_WEEK = 5


class Repeats(StrEnum):
    TWO_WEEKS = "two_weeks"
    MONTH = "month"
    QUARTER = "quarter"


REPEAT_LABELS: dict[str, Any] = {
    Repeats.TWO_WEEKS: _l("Every second week"),
    Repeats.MONTH: _l("Every month, on the same weekday"),
    Repeats.QUARTER: _l("Every third month, on the same weekday"),
}
MONTHS_BETWEEN = {Repeats.MONTH: 1, Repeats.QUARTER: 3}


def occasion_days(first: date, repeats: Repeats, count: int) -> list[date]:
    """The days of `count` occasions. A day in a month's fifth week means the month's last one.

    >>> [day.isoformat() for day in occasion_days(date(2026, 10, 15), Repeats.MONTH, 3)]
    ['2026-10-15', '2026-11-19', '2026-12-17']
    >>> [day.isoformat() for day in occasion_days(date(2026, 10, 29), Repeats.MONTH, 2)]
    ['2026-10-29', '2026-11-26']
    """
    if repeats is Repeats.TWO_WEEKS:
        return [first + timedelta(weeks=2 * number) for number in range(count)]
    week = (first.day - 1) // DAYS_IN_WEEK + 1
    step = MONTHS_BETWEEN[repeats]
    return [_same_weekday(first, step * number, week) for number in range(count)]


def _same_weekday(first: date, months_later: int, week: int) -> date:
    months = first.year * MONTHS_IN_YEAR + first.month - 1 + months_later
    year, month = divmod(months, MONTHS_IN_YEAR)
    start = date(year, month + 1, 1)
    day = 1 + (first.weekday() - start.weekday()) % DAYS_IN_WEEK
    last = monthrange(start.year, start.month)[1]
    wanted = day + (week - 1) * DAYS_IN_WEEK
    is_last = week == LAST_WEEK or wanted > last
    return start.replace(
        day=day + (last - day) // DAYS_IN_WEEK * DAYS_IN_WEEK if is_last else wanted
    )


def moved_along(moment: datetime, before: datetime, after: datetime) -> datetime:
    """An occasion moved as another one was: by as many days, to the same time of day.

    `moment` is a later occasion's start (or end); `before` and `after` the changed one's.
    18:00 stays 18:00 on both sides of a change of the clocks.
    """
    local, was, is_now = to_local(moment), to_local(before), to_local(after)
    day = local.date() + (is_now.date() - was.date())
    return from_local(datetime.combine(day, is_now.time()))


def occasion_times(
    starts_at: datetime, ends_at: datetime, days: Sequence[date]
) -> list[tuple[datetime, datetime]]:
    """Start and end (UTC) of each day, at the first occasion's times by Swedish clocks.

    In the night when an hour is left out, an end that would come before its start keeps the length.
    """
    starts, ends = to_local(starts_at), to_local(ends_at)
    over_midnight = ends.date() - starts.date()
    times = []
    for day in days:
        start = from_local(datetime.combine(day, starts.time()))
        end = from_local(datetime.combine(day + over_midnight, ends.time()))
        times.append((start, end if end > start else start + (ends_at - starts_at)))
    return times
