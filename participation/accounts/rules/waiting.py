"""The start page's order: what is late, today, this week, later, or without a date. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from participation.foundation.providers import StartItem


class When(StrEnum):
    """The headings of the start page, in order."""

    LATE = "late"
    TODAY = "today"
    THIS_WEEK = "this_week"
    LATER = "later"
    ANY_TIME = "any_time"


def when(due_on: date | None, today: date) -> When:
    """Under which heading something due on `due_on` stands; a week ends on Sunday.

    >>> monday = date(2026, 11, 9)
    >>> when(date(2026, 11, 15), monday).value, when(date(2026, 11, 16), monday).value
    ('this_week', 'later')
    """
    if due_on is None:
        return When.ANY_TIME
    if due_on <= today:
        return When.TODAY if due_on == today else When.LATE
    sunday = today + timedelta(days=7 - today.isoweekday())
    return When.THIS_WEEK if due_on <= sunday else When.LATER


@dataclass(frozen=True)
class Waiting:
    """Everything that waits for one person, and what they themselves wait for."""

    groups: Mapping[When, tuple[StartItem, ...]]
    others: tuple[StartItem, ...]
    per_room: Mapping[str, int]

    @property
    def total(self) -> int:
        """How many things wait: the number of the heading, the sum of the navigation's numbers."""
        return sum(self.per_room.values())

    def count(self, heading: When) -> int:
        return sum(item.count for item in self.groups.get(heading, ()))


def sorted_waiting(found: Iterable[tuple[str, StartItem]], today: date) -> Waiting:
    """Sort what the providers gave, as (room, item), under the headings; nearest date first."""
    groups: dict[When, list[StartItem]] = defaultdict(list)
    per_room: dict[str, int] = defaultdict(int)
    others: list[StartItem] = []
    for room, item in found:
        if item.waits_for_others:
            others.append(item)
            continue
        groups[when(item.due_on, today)].append(item)
        per_room[room] += item.count
    return Waiting(
        groups={
            heading: tuple(sorted(groups[heading], key=_by_date))
            for heading in When
            if groups[heading]
        },
        others=tuple(sorted(others, key=_by_date)),
        per_room=dict(per_room),
    )


def _by_date(item: StartItem) -> date:
    return item.due_on or date.max
