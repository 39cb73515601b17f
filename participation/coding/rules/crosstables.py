"""Codes against groups of voices, and codes against codes: small numbers hidden, here too.

Whoever works with the texts can count by hand. A table is what is copied out of the room, so the
same rule holds in it as in what is published: nobody is one of fewer than five.
"""

import itertools
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

FEWEST = 5

Voices = Set[str]


@dataclass(frozen=True)
class Group:
    """Voices that have something in common. `label` is empty for those put together."""

    label: str
    voices: Voices


def is_small(count: int) -> bool:
    return 0 < count < FEWEST


def shown_groups(groups: Sequence[Group]) -> list[Group]:
    """Groups of at least five voices; smaller ones are put together, with the next smallest if they
    are still too few. None are left when nothing remains to compare.

    Worked example: 30 · 4 · 2 · 8 → 30 · 8 · others 6; 30 · 4 · 8 → 30 · others 12.
    """
    by_size = sorted((one for one in groups if one.voices), key=lambda one: len(one.voices))
    together: list[Group] = []
    while by_size and (
        len(by_size[0].voices) < FEWEST or is_small(sum(len(one.voices) for one in together))
    ):
        together.append(by_size.pop(0))
    kept = [one for one in groups if one in by_size]
    if together:
        kept.append(Group("", frozenset().union(*(one.voices for one in together))))
    return kept if len(kept) > 1 else []


def by_group(code: Voices, groups: Sequence[Group]) -> list[int | None]:
    """How many of each group have the code; None: hidden.

    Hidden are 1–4 and all but 1–4. How many have the code in all is known elsewhere, so what is
    hidden must be at least five together, those with and those without, and never one group alone.
    """
    counts = [len(code & group.voices) for group in groups]
    rest = [len(group.voices) - count for group, count in zip(groups, counts, strict=True)]
    hidden = {
        p for p, pair in enumerate(zip(counts, rest, strict=True)) if any(map(is_small, pair))
    }
    while hidden and len(hidden) < len(groups) and _can_be_told(hidden, counts, rest):
        others = [p for p in range(len(groups)) if p not in hidden]
        hidden.add(min(others, key=lambda p: (counts[p] == 0, counts[p], p)))
    return [None if p in hidden else count for p, count in enumerate(counts)]


def _can_be_told(hidden: Set[int], counts: Sequence[int], rest: Sequence[int]) -> bool:
    together = [sum(numbers[p] for p in hidden) for numbers in (counts, rest)]
    return len(hidden) == 1 or any(map(is_small, together))


def together(codes: Mapping[int, Voices], everybody: Voices) -> dict[tuple[int, int], int | None]:
    """How many have both of two codes, by number; a code with itself: how many have it.

    Hidden where any part of the pair is 1–4: both, the one alone, the other alone, neither.
    """
    n = len(everybody)
    found: dict[tuple[int, int], int | None] = {}
    for one, other in itertools.product(codes, repeat=2):
        both = len(codes[one] & codes[other])
        first, second = len(codes[one]), len(codes[other])
        parts = (both, first - both, second - both, n - first - second + both)
        found[one, other] = None if any(map(is_small, parts)) else both
    return found
