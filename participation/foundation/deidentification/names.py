"""Names, by lists and by what stands around them; also where nobody bothered with capitals."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from participation.foundation.deidentification.spans import Certainty, Span, SpanKind

DATA = Path(__file__).parent / "data"
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_FAMILY_ENDINGS = re.compile(
    r".{2,}(?:sson|ström|strom|qvist|kvist|berg|lund|gren|dahl|holm|stedt|blad|dotter|sjö)s?$"
)


@cache
def word_list(name: str) -> frozenset[str]:
    """The words of data/<name>.txt, lower-cased; lines with # are remarks."""
    lines = (DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(w for line in lines if not line.startswith("#") for w in line.lower().split())


_NAMES_FOLLOW = frozenset({"heter", "hette", "namnet"})
_INTRODUCES = word_list("introduces")
_NEVER_NAMES = word_list("never_names")
_TITLES_WITHOUT_CAPITALS = _INTRODUCES - frozenset({"hos", "tack"})


@dataclass(frozen=True)
class _Word:
    text: str
    start: int
    end: int
    starts_sentence: bool
    before: str  # the word before, lower-cased, in the same sentence

    @property
    def low(self) -> str:
        return self.text.lower().replace("’", "'")

    @property
    def is_capital(self) -> bool:
        return self.text[0].isupper()


def name_spans(text: str) -> Iterator[Span]:
    """Given names, family names and both together; a genitive s belongs to the name."""
    words = list(_words(text))
    position = 0
    while position < len(words):
        length, certainty = _name_at(words, position, text)
        if length:
            last = words[position + length - 1]
            yield Span(
                start=words[position].start, end=last.end, kind=SpanKind.NAME, certainty=certainty
            )
        position += max(length, 1)


def _words(text: str) -> Iterator[_Word]:
    end_before, before = 0, ""
    for match in _WORD.finditer(text):
        gap = text[end_before : match.start()]
        is_new = not before or bool(re.search(r"[.!?:;\n–”\"(]", gap))
        yield _Word(match[0], match.start(), match.end(), is_new, "" if is_new else before)
        end_before, before = match.end(), match[0].lower()


def _name_at(words: list[_Word], position: int, text: str) -> tuple[int, Certainty]:
    """How many words from `position` on are a name (0: none), and how surely."""
    word = words[position]
    certainty = (
        _given_name(word, followed=_family_follows(words, position, text))
        or _introduced(word)
        or _family_name(word)
    )
    if certainty is None:
        return 0, Certainty.POSSIBLE
    length = 1
    while position + length < len(words) and _continues(words, position + length, text):
        length += 1
        certainty = Certainty.SURE
    return length, certainty


def _family_follows(words: list[_Word], position: int, text: str) -> bool:
    return position + 1 < len(words) and _continues(words, position + 1, text)


def _given_name(word: _Word, *, followed: bool) -> Certainty | None:
    if not _is_given(word.low):
        return None
    is_also_word = _base(word.low, word_list("first_names")) in word_list("also_words")
    if not is_also_word:
        return Certainty.SURE if word.is_capital else Certainty.LIKELY
    is_shouted = len(word.text) > 1 and word.text.isupper()
    if word.is_capital and not word.starts_sentence and not is_shouted:
        return Certainty.LIKELY
    if followed or word.before in _INTRODUCES - {"hos", "tack", "far", "mor", "bror", "son"}:
        return Certainty.LIKELY
    return Certainty.POSSIBLE if word.is_capital and len(word.text) > 3 else None


def _introduced(word: _Word) -> Certainty | None:
    """A word nobody lists where a name would stand: "dr mallström", "heter fatuma"."""
    if word.before in _NAMES_FOLLOW and word.low not in _NEVER_NAMES:
        return Certainty.LIKELY
    if word.before in _TITLES_WITHOUT_CAPITALS and _FAMILY_ENDINGS.match(word.low):
        return Certainty.LIKELY
    if word.is_capital and word.before in _TITLES_WITHOUT_CAPITALS and len(word.text) > 2:
        return None if word.text.isupper() else Certainty.LIKELY
    return None


def _family_name(word: _Word) -> Certainty | None:
    listed = _base(word.low, word_list("last_names")) is not None
    by_ending = bool(re.match(r".{2,}sson(?:s)?$", word.low))
    if not listed and not by_ending:
        return None
    is_also_word = _base(word.low, word_list("last_names")) in word_list("also_words")
    if is_also_word:
        inside = word.is_capital and not word.starts_sentence
        return Certainty.LIKELY if inside else None
    return Certainty.LIKELY


def _continues(words: list[_Word], position: int, text: str) -> bool:
    """Whether this word belongs to the name begun before it: "Anna Lind", "anna andersson"."""
    word, before = words[position], words[position - 1]
    if text[before.end : word.start] not in (" ", "-", "\u00a0"):
        return False
    listed = _base(word.low, word_list("last_names")) is not None
    if word.is_capital:
        is_name = listed or _is_given(word.low) or bool(_FAMILY_ENDINGS.match(word.low))
        return is_name or (before.is_capital and not word.text.isupper() and len(word.text) > 2)
    is_word = word.low in word_list("also_words")
    return (listed and not is_word) or bool(_FAMILY_ENDINGS.match(word.low))


def _is_given(low: str) -> bool:
    return _base(low, word_list("first_names")) is not None


def _base(low: str, names: frozenset[str]) -> str | None:
    """The listed name behind `low`: itself, without a genitive s, or its first part."""
    if low in names:
        return low
    if low.endswith("s") and len(low) > 3 and low[:-1] in names:
        return low[:-1]
    first = low.split("-", maxsplit=1)[0]
    return first if "-" in low and first in names and len(first) > 2 else None
