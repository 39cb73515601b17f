"""Meetings: days of a series, times of an agenda, states of minutes. Pure."""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

PAPER_KIND = "council_paper"  # what a stored file says it belongs to: one point of an agenda
MOST_ADJUSTERS = 3
MOST_MEETINGS = 12  # in one series: a year


class Rhythm(StrEnum):
    """How often a series meets."""

    EVERY_TWO_WEEKS = "every_two_weeks"
    EVERY_MONTH = "every_month"
    EVERY_TWO_MONTHS = "every_two_months"
    EVERY_QUARTER = "every_quarter"


_MONTHS = {Rhythm.EVERY_MONTH: 1, Rhythm.EVERY_TWO_MONTHS: 2, Rhythm.EVERY_QUARTER: 3}


def series_days(first: date, rhythm: Rhythm, count: int) -> list[date]:
    """The days of a series: the same weekday of the same week of the month, or every second week.

    A fifth weekday that a month lacks becomes its last.

    >>> series_days(date(2026, 11, 17), Rhythm.EVERY_MONTH, 3)
    [datetime.date(2026, 11, 17), datetime.date(2026, 12, 15), datetime.date(2027, 1, 19)]
    """
    if rhythm is Rhythm.EVERY_TWO_WEEKS:
        return [first + timedelta(weeks=2 * step) for step in range(count)]
    return [_same_weekday(first, _MONTHS[rhythm] * step) for step in range(count)]


def _same_weekday(first: date, months_on: int) -> date:
    month = first.month - 1 + months_on
    year, month = first.year + month // 12, month % 12 + 1
    opening = date(year, month, 1)
    nth = (first.day - 1) // 7
    day = 1 + (first.weekday() - opening.weekday()) % 7 + 7 * nth
    return opening.replace(day=day if day <= monthrange(year, month)[1] else day - 7)


def point_times(starts_at: datetime, planned_minutes: Sequence[int | None]) -> list[datetime]:
    """When each point begins, if those before it keep their time.

    >>> nine = datetime(2026, 11, 17, 9)
    >>> [moment.strftime("%H:%M") for moment in point_times(nine, [15, None, 30])]
    ['09:00', '09:15', '09:15']
    """
    begins, moment = [], starts_at
    for minutes in planned_minutes:
        begins.append(moment)
        moment += timedelta(minutes=minutes or 0)
    return begins


def moved(order: Sequence[int], number: int, steps: int) -> list[int]:
    """The order with one point moved so many steps later (negative: earlier), never past the ends.

    >>> moved([1, 2, 3], 3, -1), moved([1, 2, 3], 1, -1)
    ([1, 3, 2], [1, 2, 3])
    """
    others = [one for one in order if one != number]
    place = min(max(order.index(number) + steps, 0), len(others))
    return [*others[:place], number, *others[place:]]


class MinutesState(StrEnum):
    """nothing → draft → to_adjust (adjusters are named) → approved → public."""

    NOTHING = "nothing"
    DRAFT = "draft"
    TO_ADJUST = "to_adjust"
    APPROVED = "approved"
    PUBLIC = "public"


@dataclass(frozen=True, kw_only=True)
class MinutesFacts:
    """What decides how far minutes have come."""

    has_text: bool
    adjusted: tuple[bool, ...] = ()  # one for each adjuster
    is_approved: bool = False
    is_published: bool = False


def minutes_state(facts: MinutesFacts) -> MinutesState:
    """How far the minutes have come."""
    if facts.is_published:
        return MinutesState.PUBLIC
    if facts.is_approved:
        return MinutesState.APPROVED
    if not facts.has_text:
        return MinutesState.NOTHING
    return MinutesState.TO_ADJUST if facts.adjusted else MinutesState.DRAFT


def are_all_adjusted(adjusted: Iterable[bool]) -> bool:
    """Whether there are adjusters and every one has said that the minutes are right."""
    said = list(adjusted)
    return bool(said) and all(said)
