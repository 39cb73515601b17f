"""The words of a text, and what is asked of each: case, sentence, the word before."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from participation.foundation.deidentification.lists import folded

PARTICLES = frozenset(
    (
        *("von", "van", "af", "de", "del", "della", "di", "da", "dos", "la", "le", "al", "el"),
        *("bin", "ben", "ibn", "abu", "der", "den", "ter", "mac", "mc", "st"),
    )
)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_NEW_SENTENCE = re.compile(r"[.!?:;\n–—”\"(/•*]")
_SOME_CAPITAL = re.compile(r"(?<!\w)[A-ZÅÄÖ](?=[a-zåäö])|^[A-ZÅÄÖ]")
_LONGEST_WORD = 60
_BETWEEN_NAMES = frozenset((" ", "-", "\u00a0", ". ", "."))


class Word(NamedTuple):
    """A word, where it stands, and what its case and its neighbour say."""

    text: str
    start: int
    end: int
    starts_sentence: bool
    before: str  # the word before, folded, in the same sentence
    is_capital: bool  # and not shouted
    is_lazy: bool  # nobody bothered with capitals in this text
    low: str  # folded


def words_of(text: str) -> list[Word]:
    """The words of a text in order; what is longer than any word is left out."""
    words: list[Word] = []
    end_before, before = 0, ""
    is_shouting = _is_shouting(text)
    is_lazy = is_shouting or not _SOME_CAPITAL.search(text)
    for match in _WORD.finditer(text):
        if match.end() - match.start() > _LONGEST_WORD:
            continue
        gap = text[end_before : match.start()]
        is_new = not before or bool(_NEW_SENTENCE.search(gap))
        word = match[0]
        capital = _is_capital(word) and not is_shouting
        place = match.start(), match.end(), is_new, "" if is_new else before
        low = folded(word)
        words.append(Word(word, *place, capital, is_lazy, low))
        end_before, before = match.end(), low
    return words


def _is_capital(word: str) -> bool:
    """ "Anna", "al-Khair"; no abbreviation."""
    if word[0].isupper():
        return len(word) == 1 or not word.isupper()
    first, _dash, last = word.partition("-")
    return first in PARTICLES and last[:1].isupper()


def _is_shouting(text: str) -> bool:
    return text.isupper() and len(text) > 12


def is_beside(words: Sequence[Word], position: int, text: str) -> bool:
    """Whether nothing but a blank stands between a word and the one before it."""
    before, word = words[position - 1], words[position]
    gap = text[before.end : word.start]
    if gap.startswith("."):
        return len(before.text) == 1 and gap in _BETWEEN_NAMES
    return gap in _BETWEEN_NAMES
