"""Codes against groups of voices, and codes against codes: small numbers hidden, here too.

Whoever works with the texts can count by hand. A table is what is copied out of the room, so the
same rule holds in it as in what is published: nobody is one of fewer than `fewest`, the smallest
group that the gate shows.
"""

import itertools
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from participation.disclosure.rules.tables import BASE_MINIMUM

MOST_ROWS = 300  # that are tried; a row that is not found safe by then is hidden

Voices = Set[str]


@dataclass(frozen=True)
class Group:
    """Voices that have something in common. `label` is empty for those put together."""

    label: str
    voices: Voices


def is_small(count: int, fewest: int = BASE_MINIMUM) -> bool:
    return 0 < count < fewest


def shown_groups(groups: Sequence[Group], fewest: int = BASE_MINIMUM) -> list[Group]:
    """Groups of at least `fewest` voices; smaller ones are put together, with the next smallest if
    they are still too few. None are left when nothing remains to compare.

    Worked example: 30 · 4 · 2 · 8 → 30 · 8 · others 6; 30 · 4 · 8 → 30 · others 12.
    """
    by_size = sorted((one for one in groups if one.voices), key=lambda one: len(one.voices))
    together: list[Group] = []
    while by_size and (
        len(by_size[0].voices) < fewest
        or is_small(sum(len(one.voices) for one in together), fewest)
    ):
        together.append(by_size.pop(0))
    kept = [one for one in groups if one in by_size]
    if together:
        kept.append(Group("", frozenset().union(*(one.voices for one in together))))
    return kept if len(kept) > 1 else []


def by_group(code: Voices, groups: Sequence[Group], fewest: int = BASE_MINIMUM) -> list[int | None]:
    """How many of each group have the code; None: hidden.

    Hidden are 1–4 and all but 1–4 (of a usual `fewest`). How many have the code in all is known
    elsewhere, so what is hidden must be at least five together, those with and those without, and
    never one group alone. Where the total, what is shown and this very rule leave a hidden number
    one value only, the whole row is hidden.
    """
    sizes = [len(group.voices) for group in groups]
    counts = tuple(len(code & group.voices) for group in groups)
    hidden = _hidden(counts, sizes, fewest)
    if hidden and _is_told(counts, sizes, hidden, fewest):
        hidden = set(range(len(groups)))
    return [None if p in hidden else count for p, count in enumerate(counts)]


def _hidden(counts: Sequence[int], sizes: Sequence[int], fewest: int) -> set[int]:
    rest = [size - count for size, count in zip(sizes, counts, strict=True)]
    hidden = {
        p
        for p, pair in enumerate(zip(counts, rest, strict=True))
        if any(is_small(one, fewest) for one in pair)
    }
    while hidden and len(hidden) < len(counts) and _is_few(hidden, counts, rest, fewest):
        others = [p for p in range(len(counts)) if p not in hidden]
        hidden.add(min(others, key=lambda p: (counts[p] == 0, counts[p], p)))
    return hidden


def _is_few(hidden: Set[int], counts: Sequence[int], rest: Sequence[int], fewest: int) -> bool:
    together = [sum(numbers[p] for p in hidden) for numbers in (counts, rest)]
    return len(hidden) == 1 or any(is_small(number, fewest) for number in together)


def _is_told(counts: tuple[int, ...], sizes: Sequence[int], hidden: Set[int], fewest: int) -> bool:
    """Whether a hidden number is the same in every row that would be shown alike.

    Such rows are reached from each other by moving one voice at a time. All that reach each other
    are judged alike, so the judgement itself tells nothing.
    """
    reached, waiting = {counts}, [counts]
    while waiting and len(reached) < MOST_ROWS:
        row = waiting.pop(0)
        for giver, taker in itertools.permutations(sorted(hidden), 2):
            other = list(row)
            other[giver] -= 1
            other[taker] += 1
            found = tuple(other)
            if other[giver] < 0 or other[taker] > sizes[taker] or found in reached:
                continue
            if _hidden(found, sizes, fewest) == hidden:
                reached.add(found)
                waiting.append(found)
        if all(len({one[p] for one in reached}) > 1 for p in hidden):
            return False
    return True


def together(
    codes: Mapping[int, Voices], everybody: Voices, fewest: int = BASE_MINIMUM
) -> dict[tuple[int, int], int | None]:
    """How many have both of two codes, by number; a code with itself: how many have it.

    Hidden where any part of the pair is 1–4: both, the one alone, the other alone, neither.
    """
    n = len(everybody)
    found: dict[tuple[int, int], int | None] = {}
    for one, other in itertools.product(codes, repeat=2):
        both = len(codes[one] & codes[other])
        first, second = len(codes[one]), len(codes[other])
        parts = (both, first - both, second - both, n - first - second + both)
        found[one, other] = None if any(is_small(part, fewest) for part in parts) else both
    return found
