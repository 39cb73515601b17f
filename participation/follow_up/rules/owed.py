"""How those who owe answers keep to them, and how long a voice waits for one. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import floor
from statistics import median

FEWEST_CASES = 5  # a median of fewer says more about one matter than about the work


@dataclass(frozen=True)
class Owed:
    """One question that was put to a group. `answered_on`: its first answer that stands."""

    asked_on: date
    due_on: date
    answered_on: date | None


@dataclass(frozen=True)
class Keeping:
    """How a group keeps to its answers. `median_days`: from question to answer."""

    asked: int
    in_time: int
    late: int  # answered, after the day
    owed: int  # not answered
    overdue: int  # of those, the day has passed
    longest_days: int  # how long the oldest of those has been overdue
    median_days: int | None


def keeping(all_owed: Sequence[Owed], today: date) -> Keeping:
    """What became of what was asked.

    On the day itself there is still time, and a day that was moved counts as it was moved to.

    >>> asked, due = date(2026, 9, 1), date(2026, 10, 31)
    >>> owed = [Owed(asked, due, date(2026, 10, 1)), Owed(asked, due, None)]
    >>> keeping(owed, date(2026, 11, 2))
    Keeping(asked=2, in_time=1, late=0, owed=1, overdue=1, longest_days=2, median_days=30)
    """
    answered = [one for one in all_owed if one.answered_on is not None]
    in_time = [one for one in answered if one.answered_on and one.answered_on <= one.due_on]
    waiting = [one for one in all_owed if one.answered_on is None]
    overdue = [(today - one.due_on).days for one in waiting if one.due_on < today]
    return Keeping(
        asked=len(all_owed),
        in_time=len(in_time),
        late=len(answered) - len(in_time),
        owed=len(waiting),
        overdue=len(overdue),
        longest_days=max(overdue, default=0),
        median_days=median_days((one.asked_on, one.answered_on) for one in answered),
    )


def median_days(cases: Iterable[tuple[date, date | None]]) -> int | None:
    """The middle of how many days passed, halves upwards; None without any.

    >>> median_days([(date(2026, 1, 1), date(2026, 1, 2)), (date(2026, 1, 1), date(2026, 1, 5))])
    3
    """
    days = [max(0, (end - start).days) for start, end in cases if end is not None]
    return floor(median(days) + 0.5) if days else None


def days_by_year(cases: Iterable[tuple[date, date]], years: range) -> Mapping[int, int | None]:
    """Median days from voice to answer, by the year of the answer.

    A year with fewer than five answers has none: it would tell of single matters.
    """
    by_year: dict[int, list[tuple[date, date | None]]] = {}
    for said_on, answered_on in cases:
        by_year.setdefault(answered_on.year, []).append((said_on, answered_on))
    return {
        year: median_days(found) if len(found := by_year.get(year, [])) >= FEWEST_CASES else None
        for year in years
    }
