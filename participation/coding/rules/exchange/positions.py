"""Where a passage begins and ends, however the other program counted.

The standard counts Unicode code points and lines that end with LF. Some programs count UTF-16
units, or both signs of a Windows line ending. Which one it was is seen in the whole file: the
count under which most passages lie inside their text and begin as they are called.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

_TWO_UNITS = 0xFFFF
_COMPARED = 20  # letters of a passage's name
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
    gone = [place for place in range(len(text) - 1) if text[place : place + 2] == "\r\n"]
    return lambda position: position - bisect_left(gone, position)


def best_counting(marked: Sequence[tuple[str, Sequence[Marked]]]) -> Counting:
    """How the program that wrote these texts and passages counted; the standard when unsure."""
    plain = [
        (text, passages)
        for text, passages in marked
        if "\r" in text or any(ord(sign) > _TWO_UNITS for sign in text)
    ]
    scores = [_score(counting, plain) for counting in COUNTINGS]
    return COUNTINGS[scores.index(max(scores))]


def _score(counting: Counting, marked: Iterable[tuple[str, Sequence[Marked]]]) -> tuple[int, int]:
    outside = named = 0
    for text, passages in marked:
        words, place = line_feeds(text), places(text, counting)
        for one in passages:
            start, end = place(one.start), place(one.end)
            outside += not 0 <= start < end <= len(words)
            name = line_feeds(one.name).strip()[:_COMPARED]
            named += bool(name) and words[max(start, 0) : end].strip().startswith(name)
    return -outside, named


def places(text: str, counting: Counting) -> Mapping:
    """From a position as the program counted to one in `line_feeds(text)`; -1: there is none."""
    base = text if counting.returns else line_feeds(text)
    from_return = shifted(base) if counting.returns else _same
    if not counting.utf16:
        return lambda position: from_return(position) if position <= len(base) else -1
    starts = _utf16_starts(base)

    def place(position: int) -> int:
        if position > starts[-1]:
            return -1
        return from_return(bisect_left(starts, position))

    return place


def _same(position: int) -> int:
    return position


def _utf16_starts(text: str) -> list[int]:
    """Where each sign begins when UTF-16 units are counted, and where the text ends."""
    starts = [0]
    for sign in text:
        starts.append(starts[-1] + (2 if ord(sign) > _TWO_UNITS else 1))
    return starts
