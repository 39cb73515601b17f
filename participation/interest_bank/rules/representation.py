"""Whose voice is missing: shares of people against the county's, and the gap in people. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from participation.interest_bank.rules.spread import Band, bands

# A group is called missing when its share is below this part of its share of the county …
MISSING_BELOW = 0.8
# … and at least so many people would have to join to make up for it.
SMALLEST_GAP = 3
MOST_NAMED = 3


@dataclass(frozen=True)
class Gap:
    """A group that is too few: how many more people would give it its share of those there are."""

    label: str
    missing: int


def gaps(counted: Sequence[tuple[str, int, int]]) -> list[Gap]:
    """The groups most missing, largest gap first: (label, people, residents) for each group.

    >>> gaps([("A", 90, 50), ("B", 10, 50)])
    [Gap(label='B', missing=40)]
    """
    people = sum(count for _label, count, _residents in counted)
    residents = sum(number for _label, _count, number in counted)
    if not people or not residents:
        return []
    found = []
    for label, count, number in counted:
        expected = people * number / residents
        missing = ceil(expected - count)
        if count < MISSING_BELOW * expected and missing >= SMALLEST_GAP:
            found.append(Gap(label, missing))
    return sorted(found, key=lambda gap: -gap.missing)[:MOST_NAMED]


@dataclass(frozen=True)
class Compared:
    """One way of grouping people: every step of the way beside the county."""

    key: str
    steps: Sequence[Sequence[Band]]  # one list of bands per step, in the order of the steps
    gaps: Sequence[Gap]  # of the bank


def compared(key: str, counted: Sequence[Sequence[tuple[str, int, int]]]) -> Compared:
    """The same groups for each step; the first step is the bank itself."""
    return Compared(key, [bands(step) for step in counted], gaps(counted[0]))
