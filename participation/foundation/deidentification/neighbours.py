"""A second look beside the names that were found: words of ours that may belong to one.

What it adds is only ever worth a look: "Elin Kvist", "hans lindberg", "von Essen", "säger Ask".
"""

import re
from collections.abc import Iterator, Sequence

from participation.foundation.deidentification.lists import (
    family_name,
    given_name,
    is_also_word,
    is_no_person,
    is_ordinary,
    word_list,
)
from participation.foundation.deidentification.words import PARTICLES, Word, is_beside

_BEFORE_A_NAME = PARTICLES - {"de", "den", "da", "le", "st"}  # "den" and "da" are words too
_NEVER_NAMES = word_list("never_names")
_ORDINARY = word_list("ordinary")
_SHORTEST_RARE = 3
_WORDS_OF_ONE_LETTER = frozenset("åeoiä")
_SAYS = frozenset(
    (
        *("säger", "sade", "sa", "menar", "tycker", "tror", "skriver", "berättar", "förklarar"),
        *("konstaterar", "tillägger", "frågar", "undrar", "svarar", "heter", "hette"),
    )
)
_ORDINAL = re.compile(r"[IVX]{1,5}")
_VERB = re.compile(r"(?:ar|er|ade|de|te|as|it|at)$")
_NO_FAMILY = re.compile(
    r"(?:skola|skolan|galleri|förlag|stiftelse|gatan|vägen|klubb|fond|priset)s?$"
)


def perhaps_names(words: Sequence[Word], found: Sequence[bool], text: str) -> Iterator[Word]:
    """Words not `found` so far that may be part of a name."""
    is_name = [*found, False]  # the last for -1 and for what follows the last word
    follows = [False, *(is_beside(words, place, text) for place in range(1, len(words))), False]
    for position in range(len(words) - 2, -1, -1):
        if not is_name[position] and follows[position + 1]:
            word, is_before = words[position], is_name[position + 1]
            is_name[position] = (is_before and _is_initial(word, text)) or _may_begin(
                word, words[position + 1], is_name=is_before
            )
    for position, word in enumerate(words):
        if not is_name[position]:
            goes_on = follows[position] and is_name[position - 1]
            following = words[position + 1] if follows[position + 1] else None
            is_name[position] = _speaks(word) or (
                goes_on
                and _may_go_on(word, words[position - 1], following, is_sure=found[position - 1])
            )
    return (word for word, before, now in zip(words, found, is_name, strict=False) if now > before)


def _is_initial(word: Word, text: str) -> bool:
    """ "A. I. Gerrem", "c g gerrem", but not "i gerrem"."""
    if len(word.text) > 1:
        return False
    return text[word.end : word.end + 1] == "." or word.low not in _WORDS_OF_ONE_LETTER


def _may_begin(word: Word, following: Word, *, is_name: bool) -> bool:
    """ "hans lindberg", "Mark Hughes", "van der Burgh", "sten tolgfors"."""
    if word.low in _BEFORE_A_NAME:
        return is_name
    name = given_name(word.text)
    if name is None or not is_also_word(name):
        return False
    if is_name:
        return word.low in _NEVER_NAMES or word.is_capital is following.is_capital
    return word.is_lazy and word.low not in _NEVER_NAMES and _is_rare(following)


def _is_rare(word: Word) -> bool:
    return len(word.text) > _SHORTEST_RARE and not is_ordinary(word.text)


def _may_go_on(word: Word, before: Word, following: Word | None, *, is_sure: bool) -> bool:
    """ "Elin Kvist", "carina berg", "Margrethe II", "Juan de la Fuente"."""
    if word.low in PARTICLES and following and (following.is_capital or following.low in PARTICLES):
        return True
    if word.low in _NEVER_NAMES or _NO_FAMILY.search(word.low):
        return False
    if word.text[0].isupper() and (before.is_capital or before.low in PARTICLES):
        return word.is_capital or bool(_ORDINAL.fullmatch(word.text))
    return word.is_lazy and _may_end_in_lower_case(word, is_sure=is_sure)


def _may_end_in_lower_case(word: Word, *, is_sure: bool) -> bool:
    if family_name(word.text) or not is_sure:
        return family_name(word.text) is not None
    return len(word.text) > 2 and word.low not in _ORDINARY and not _VERB.search(word.low)


def _speaks(word: Word) -> bool:
    if word.before not in _SAYS:
        return False
    if family_name(word.text):
        return word.is_capital or word.is_lazy
    return word.is_capital and not is_no_person(word.text) and word.low not in _ORDINARY
