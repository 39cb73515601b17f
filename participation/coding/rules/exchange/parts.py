"""Texts of another program in pieces that fit here, and what is known about a voice in ours."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from participation.coding.rules.exchange.shapes import QdaCoding, QdaText
from participation.foundation.html import plain

Attributes = tuple[str | None, ...]


@dataclass(frozen=True, kw_only=True)
class Part:
    """A piece of a text with the codings that touch it, clipped to it."""

    text: str
    codings: tuple[QdaCoding, ...]


def parts_of(text: QdaText, longest: int) -> Iterator[Part]:
    """The text in pieces of at most `longest` signs, cut where a paragraph or a word ends.

    Each piece is as it will be stored: without control characters, without blanks at its ends.
    """
    words, codings = _without_control(text)
    pieces = list(cuts(words, longest))
    touching = _touching(codings, [start for start, _end in pieces])
    for (start, end), found in zip(pieces, touching, strict=True):
        part = words[start:end]
        left = start + len(part) - len(part.lstrip())
        right = start + len(part.rstrip())
        if left < right:
            yield Part(text=words[left:right], codings=_within(found, left, right))


def _touching(codings: Sequence[QdaCoding], starts: Sequence[int]) -> list[list[QdaCoding]]:
    """The codings of each piece, by where the pieces start."""
    found: list[list[QdaCoding]] = [[] for _start in starts]
    for one in codings:
        first = max(bisect_right(starts, one.start) - 1, 0)
        for place in range(first, max(bisect_left(starts, one.end), first + 1)):
            found[place].append(one)
    return found


def _without_control(text: QdaText) -> tuple[str, Sequence[QdaCoding]]:
    words = plain(text.text)
    if words == text.text:
        return words, text.codings
    never = {sign for sign in set(text.text) if not plain(sign)}
    gone = array("L", (place for place, sign in enumerate(text.text) if sign in never))
    return words, [
        QdaCoding(
            start=one.start - bisect_left(gone, one.start),
            end=one.end - bisect_left(gone, one.end),
            code=one.code,
            user=one.user,
        )
        for one in text.codings
    ]


def cuts(words: str, longest: int) -> Iterator[tuple[int, int]]:
    """Where to cut so that each piece fits: after a paragraph, a line, a sentence or a word."""
    start = 0
    while len(words) - start > longest:
        whole = words[start : start + longest]
        ends = (whole.rfind(sign) + len(sign) for sign in ("\n\n", "\n", ". ", " "))
        cut = next((end for end in ends if end > longest // 2), longest)
        yield start, start + cut
        start += cut
    yield start, len(words)


def _within(codings: Sequence[QdaCoding], left: int, right: int) -> tuple[QdaCoding, ...]:
    found = (
        QdaCoding(
            start=max(one.start, left) - left,
            end=min(one.end, right) - left,
            code=one.code,
            user=one.user,
        )
        for one in codings
    )
    return tuple(one for one in found if one.start < one.end)


def coarsened(rows: Sequence[tuple[str, Attributes]], minimum: int) -> list[Attributes]:
    """Each row's attributes, one after the other, as long as enough voices share all so far.

    `rows`: the voice and what is known about it, the most important first. What fewer than
    `minimum` voices share becomes None, for that row and that attribute.

    >>> coarsened([("a", ("patient", "Kalmar")), ("b", ("patient", "Nybro"))], 2)
    [('patient', None), ('patient', None)]
    """
    kept: list[Attributes] = [() for _row in rows]
    for position in range(len(rows[0][1]) if rows else 0):
        sharing: dict[Attributes, set[str]] = {}
        for (voice, values), so_far in zip(rows, kept, strict=True):
            sharing.setdefault((*so_far, values[position]), set()).add(voice)
        kept = [
            (*so_far, value if len(sharing[*so_far, value]) >= minimum else None)
            for (_voice, values), so_far in zip(rows, kept, strict=True)
            for value in (values[position],)
        ]
    return kept
