"""Numbers that people gave, as classes for the gate: never a single value somebody wrote.

The bounds are round numbers; the first class and the last are open, so that neither the smallest
nor the largest number is told.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import floor, log10

from participation.foundation.i18n import format_number
from participation.foundation.i18n import gettext as _

CLASSES = 5
FEW_VALUES = 11  # as many different numbers stand for themselves: 0–10
NICE = (1, 2, 5, 10)


def in_classes(counts: Mapping[float, int]) -> list[tuple[str, int]]:
    """Code and count of each class, the lowest first.

    Worked example: numbers between 3 and 47 → under 10 · 10–19 · 20–29 · 30–39 · 40 or more.
    """
    bounds = _bounds(counts)
    if not bounds:
        return [(str(as_whole(value)), count) for value, count in sorted(counts.items())]
    edges = [None, *bounds, None]
    return [
        (
            f"{'' if low is None else as_whole(low)}:{'' if high is None else as_whole(high)}",
            sum(
                count
                for value, count in counts.items()
                if (low is None or value >= low) and (high is None or value < high)
            ),
        )
        for low, high in pairwise(edges)
    ]


def class_label(code: str, *, is_whole: bool = True) -> str:
    """What a class is called in the language in force; a single number is called what it is."""
    low, colon, high = code.partition(":")
    if not colon:
        return format_number(float(code))
    if not low:
        return _("under %(number)s", number=format_number(float(high)))
    if not high:
        return _("%(number)s or more", number=format_number(float(low)))
    last = float(high) - 1 if is_whole else float(high)
    if last == float(low):
        return format_number(last)
    return f"{format_number(float(low))}–{format_number(last)}"


def as_whole(value: float) -> float | int:
    return int(value) if float(value).is_integer() else value


def _bounds(counts: Mapping[float, int]) -> Sequence[float]:
    """Between the classes; none where so few different numbers are possible that each stands."""
    values = sorted(counts)
    if len(values) <= FEW_VALUES and all(0 <= one < FEW_VALUES for one in values):
        return ()
    low, high = _at(counts, 0.05), _at(counts, 0.95)
    width = _nice((high - low) / (CLASSES - 1) if high > low else 1)
    first = (floor(low / width) + 1) * width
    return [round(first + width * number, 6) for number in range(CLASSES - 1)]


def _at(counts: Mapping[float, int], share: float) -> float:
    """The number below which `share` of the answers lie."""
    wanted, seen = share * sum(counts.values()), 0
    for value in sorted(counts):
        seen += counts[value]
        if seen >= wanted:
            return value
    return max(counts)


def _nice(width: float) -> float:
    """The next of 1, 2, 5, 10, 20, 50 …"""
    size = 10 ** floor(log10(width)) if width >= 1 else 1
    return float(next((step * size for step in NICE if step * size >= width), 10 * size))
