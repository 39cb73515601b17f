"""Passages of a text: where codes lie, where something is masked, how it is cut for the screen.

All positions count Unicode code points. Browsers count UTF-16; `static/source/coding.js` converts.
"""

import hashlib
import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from participation.foundation.i18n import DEFAULT_LOCALE, use_locale
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l

MASK_LABELS: Mapping[str, Any] = {
    "name": _l("name"),
    "personal_number": _l("personal number"),
    "phone": _l("phone"),
    "email": _l("e-mail"),
    "address": _l("address"),
    "care_unit": _l("unit"),
    "other": _l("hidden"),
}


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A stretch of text that carries one code; `key` tells the excerpt."""

    start: int
    end: int
    number: int
    key: str = ""


@dataclass(frozen=True, kw_only=True)
class Mask:
    """A stretch that stands for something hidden, or is to be hidden."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, kw_only=True)
class Segment:
    """A stretch with the same codes throughout. `ending`: the codes whose last stretch it is."""

    start: int
    end: int
    text: str
    numbers: tuple[int, ...] = ()
    ending: tuple[int, ...] = ()
    mask: str | None = None


def shown_mark(text: str) -> str:
    """A short mark of a text's words. It travels with places in them, so that a place never
    lands in other words than those that were on the screen."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def segments(text: str, passages: Iterable[Passage], masks: Iterable[Mask] = ()) -> list[Segment]:
    """Cut `text` where any passage or mask begins or ends; joined again they are the text.

    Worked example: "abcdef" with code 1 on 0–4 and code 2 on 2–6 → "ab" (1), "cd" (1, 2, 1 ends),
    "ef" (2 ends).
    """
    inside = [_clipped(p, len(text)) for p in passages]
    hidden = list(masks)
    edges = sorted(
        {0, len(text)}
        | {edge for p in inside for edge in (p.start, p.end)}
        | {edge for m in hidden for edge in (m.start, m.end) if 0 <= edge <= len(text)}
    )
    return [
        Segment(
            start=start,
            end=end,
            text=text[start:end],
            numbers=_numbers(p for p in inside if p.start <= start and end <= p.end),
            ending=_numbers(p for p in inside if p.end == end and p.start < p.end),
            mask=next((m.kind for m in hidden if m.start <= start and end <= m.end), None),
        )
        for start, end in itertools.pairwise(edges)
    ]


def _clipped(passage: Passage, length: int) -> Passage:
    end = min(max(passage.end, 0), length)
    start = min(max(passage.start, 0), end)
    return Passage(start=start, end=end, number=passage.number, key=passage.key)


def _numbers(passages: Iterable[Passage]) -> tuple[int, ...]:
    return tuple(sorted({p.number for p in passages}))


def mask_word(kind: str) -> str:
    """What stands in the text instead: "[namn]"."""
    with use_locale(DEFAULT_LOCALE):  # the texts are Swedish, whoever reads them
        return f"[{MASK_LABELS.get(kind, MASK_LABELS['other'])}]"


def masked(text: str, masks: Sequence[Mask]) -> tuple[str, list[Mask]]:
    """`text` with each mask's stretch replaced by its word, and where those words now stand.

    Overlapping masks become one, of the first one's kind.
    """
    parts: list[str] = []
    placed: list[Mask] = []
    position = length = 0
    for mask in merged_masks(masks, len(text)):
        parts.append(text[position : mask.start])
        length += mask.start - position
        word = mask_word(mask.kind)
        placed.append(Mask(start=length, end=length + len(word), kind=mask.kind))
        parts.append(word)
        length += len(word)
        position = mask.end
    parts.append(text[position:])
    return "".join(parts), placed


def merged_masks(masks: Sequence[Mask], length: int) -> list[Mask]:
    """In order, within the text, none overlapping another."""
    result: list[Mask] = []
    for mask in sorted(masks, key=lambda m: (m.start, -m.end)):
        start, end = max(mask.start, 0), min(mask.end, length)
        if start >= end:
            continue
        if result and start < result[-1].end:
            last = result[-1]
            result[-1] = Mask(start=last.start, end=max(last.end, end), kind=last.kind)
        else:
            result.append(Mask(start=start, end=end, kind=mask.kind))
    return result


def moved(position: int, hidden: Sequence[Mask], placed: Sequence[Mask]) -> int:
    """Where a position outside the hidden stretches lies after `masked` has put marks there."""
    shift = 0
    for old, new in zip(hidden, placed, strict=True):
        if position >= old.end:
            shift = new.end - old.end
    return position + shift


def moved_passage(
    start: int, end: int, hidden: Sequence[Mask], placed: Sequence[Mask]
) -> tuple[int, int]:
    """A passage after `masked` has put marks; one that began or ended in hidden words takes in
    their mark."""
    new_start, new_end = moved(start, hidden, placed), moved(end, hidden, placed)
    for old, new in zip(hidden, placed, strict=True):
        if old.start <= start < old.end:
            new_start = new.start
        if old.start < end <= old.end:
            new_end = new.end
    return new_start, new_end


def occurrences(text: str, words: Iterable[str], kind: str = "other") -> list[Mask]:
    """Every place where one of `words` stands, whatever its case: what a reviewer typed to hide."""
    found: list[Mask] = []
    folded = _folded(text)
    for word in words:
        wanted = _folded(word.strip())
        position = folded.find(wanted) if wanted else -1
        while position >= 0:
            found.append(Mask(start=position, end=position + len(wanted), kind=kind))
            position = folded.find(wanted, position + len(wanted))
    return found


def _folded(text: str) -> str:
    """Lower-cased letter by letter, so that positions stay (İ would grow to two)."""
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


def masks_from_json(stored: Iterable[Mapping[str, Any]]) -> list[Mask]:
    return [Mask(start=m["start"], end=m["end"], kind=m["kind"]) for m in stored]


def masks_as_json(masks: Iterable[Mask]) -> list[dict[str, Any]]:
    return [{"start": m.start, "end": m.end, "kind": m.kind} for m in masks]


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A selection without the blanks at its ends. Raises ValueError when nothing is left."""
    start, end = max(0, min(start, end)), min(len(text), max(start, end))
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start >= end:
        raise ValueError(_("Mark some words first."))
    return start, end
