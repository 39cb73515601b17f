"""Where a passage begins and ends, however the other program counted.

The standard counts Unicode code points and lines that end with LF. Some programs count UTF-16
units, or both signs of a Windows line ending. Which one it was is seen in the whole file: the
count under which most passages lie inside their text and begin as they are called.
"""

import re
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

_TWO_UNITS = re.compile("[\U00010000-\U0010ffff]")
_COMPARED = 20  # letters of a passage's name
MOST_COMPARED = 5_000  # passages: enough to tell how a program counted
_LOOKED_AT = 200  # letters of the passage it is compared with
Mapping = Callable[[int], int]


@dataclass(frozen=True, kw_only=True)
class Marked:
    """A passage as the file gives it. `name`: often its first words."""

    start: int
    end: int
    name: str = ""


@dataclass(frozen=True)
class Counting:
    """A way of counting positions."""

    utf16: bool
    returns: bool  # CR before LF counts too


COUNTINGS = (
    Counting(utf16=False, returns=False),
    Counting(utf16=True, returns=False),
    Counting(utf16=False, returns=True),
    Counting(utf16=True, returns=True),
)


def line_feeds(text: str) -> str:
    """The text with LF alone at the end of each line."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def shifted(text: str) -> Mapping:
    """From a position in `text` to the same place in `line_feeds(text)`.

    >>> shifted("a\\r\\nb")(3)
    2
    """
    gone = array("L", (found.start() for found in re.finditer("\r\n", text)))
    return lambda position: position - bisect_left(gone, position)


def shifting_signs(text: str) -> int:
    """How many signs of a text count otherwise elsewhere: what `places` remembers."""
    if text.isascii():
        return text.count("\r")
    return text.count("\r") + len(text.encode("utf-16-le", "replace")) // 2 - len(text)


def best_counting(marked: Sequence[tuple[str, Sequence[Marked]]]) -> Counting:
    """How the program that wrote these texts and passages counted; the standard when unsure."""
    telling: list[tuple[str, Sequence[Marked]]] = []
    left = MOST_COMPARED
    for text, passages in marked:
        if left > 0 and passages and shifting_signs(text):
            telling.append((text, passages[:left]))
            left -= len(passages)
    scores = [_score(counting, telling) for counting in COUNTINGS]
    return COUNTINGS[scores.index(max(scores))]


def _score(counting: Counting, marked: Iterable[tuple[str, Sequence[Marked]]]) -> tuple[int, int]:
    outside = named = 0
    for text, passages in marked:
        words, place = line_feeds(text), places(text, counting)
        for one in passages:
            start, end = place(one.start), place(one.end)
            outside += not 0 <= start < end <= len(words)
            name = line_feeds(one.name).strip()[:_COMPARED]
            begins = words[max(start, 0) : min(end, start + _LOOKED_AT)].strip()
            named += bool(name) and begins.startswith(name)
    return -outside, named


def places(text: str, counting: Counting) -> Mapping:
    """From a position as the program counted to one in `line_feeds(text)`; -1: there is none."""
    base = text if counting.returns else line_feeds(text)
    from_return = shifted(base) if counting.returns else _same
    pairs = _pairs(base) if counting.utf16 else array("L")
    longest = len(base) + len(pairs)

    def place(position: int) -> int:
        if not 0 <= position <= longest:
            return -1
        before = bisect_left(pairs, position)
        is_inside = before > 0 and pairs[before - 1] == position - 1
        return from_return(position - before + is_inside)

    return place


def _same(position: int) -> int:
    return position


def _pairs(text: str) -> "array[int]":
    """Where each sign of two UTF-16 units begins when units are counted."""
    if text.isascii():
        return array("L")
    found = enumerate(_TWO_UNITS.finditer(text))
    return array("L", (sign.start() + earlier for earlier, sign in found))
