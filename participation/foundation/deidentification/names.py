"""Names, by lists and by what stands around them; also where nobody bothered with capitals."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from participation.foundation.deidentification.lists import (
    ends_as_family_name,
    family_name,
    folded,
    given_name,
    is_also_word,
    is_mistyped_name,
    is_no_person,
    is_ordinary,
    is_plain_word,
    looks_foreign,
    names_a_thing,
    word_list,
)
from participation.foundation.deidentification.spans import Certainty, Span, SpanKind

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_NEW_SENTENCE = re.compile(r"[.!?:;\n–—”\"(/•*]")
_SOME_CAPITAL = re.compile(r"(?<!\w)[A-ZÅÄÖ](?=[a-zåäö])|^[A-ZÅÄÖ]")
_BETWEEN_NAMES = frozenset((" ", "-", "\u00a0", ". ", "."))
_NAMES_FOLLOW = frozenset({"heter", "hette", "namnet"})
_INTRODUCES = word_list("introduces")
_NEVER_NAMES = word_list("never_names")
_WEAK = frozenset({"hos", "tack", "far", "mor", "bror", "son", "make", "maka"})
_TITLES = _INTRODUCES - frozenset({"hos", "tack"})
_SURELY_INTRODUCES = _INTRODUCES - _WEAK
_AND = frozenset({"och", "å", "o", "samt", "eller", "med", "me"})
_INSIDE = frozenset(
    (
        "von",
        "van",
        "af",
        "de",
        "del",
        "della",
        "di",
        "da",
        "dos",
        "la",
        "le",
        "al",
        "el",
        "bin",
        "ben",
        "ibn",
        "abu",
        "der",
        "den",
        "ter",
        "mac",
        "mc",
        "st",
    )
)
_PLACE_FOLLOWS = frozenset({"i", "på", "från", "vid", "nära", "utanför", "genom", "kring"})
_SOMEBODY_FOLLOWS = frozenset({"från", "åt", "hos", "hälsa", "tacka", "mvh", "ringde", "fråga"})
_CLAUSE_BEGINS = frozenset({"å", "och", "att", "om", "när", "som", "men", "så", "tvillingbror"})
_DOES = frozenset(
    (
        "är",
        "e",
        "har",
        "hade",
        "sa",
        "säger",
        "fick",
        "va",
        "var",
        "ska",
        "kan",
        "vill",
        "kom",
        "jobbar",
        "ringde",
        "gick",
        "tog",
        "på",
        "fick",
        "frågade",
        "hjälpte",
        "satt",
        "står",
        "gör",
    )
)
# At the start of a sentence these are nearly always the pronoun or the verb.
_MOSTLY_WORDS = frozenset(
    ("hans", "mina", "dina", "min", "inga", "ville", "tom", "may", "bo", "per", "ben", "dag", "son")
)
_WORDS_OF_ONE_LETTER = frozenset("åeoiäö")
_SHORTEST_UNKNOWN = 3


@dataclass(frozen=True)
class _Word:
    text: str
    start: int
    end: int
    starts_sentence: bool
    before: str  # the word before, folded, in the same sentence
    is_capital: bool  # and not shouted
    is_lazy: bool  # nobody bothered with capitals in this text
    low: str  # folded


class _Name(NamedTuple):
    """How many words it has, and how surely it is one."""

    length: int
    certainty: Certainty


def name_spans(text: str) -> Iterator[Span]:
    """Given names, family names and both together; a genitive s belongs to the name."""
    words = _words(text)
    position = 0
    while position < len(words):
        name = _name_at(words, position, text)
        if name is None:
            position += 1
            continue
        last = words[position + name.length - 1]
        yield Span(
            start=words[position].start,
            end=last.end,
            kind=SpanKind.NAME,
            certainty=name.certainty,
        )
        position += name.length


def _words(text: str) -> list[_Word]:
    words: list[_Word] = []
    end_before, before = 0, ""
    is_shouting = _is_shouting(text)
    is_lazy = is_shouting or not _SOME_CAPITAL.search(text)
    for match in _WORD.finditer(text):
        gap = text[end_before : match.start()]
        is_new = not before or bool(_NEW_SENTENCE.search(gap))
        word = match[0]
        capital = word[0].isupper() and not is_shouting and (len(word) == 1 or not word.isupper())
        place = match.start(), match.end(), is_new, "" if is_new else before
        low = folded(word)
        words.append(_Word(word, *place, capital, is_lazy, low))
        end_before, before = match.end(), low
    return words


def _is_shouting(text: str) -> bool:
    return text.isupper() and len(text) > 12


def _name_at(words: Sequence[_Word], position: int, text: str) -> _Name | None:
    word = words[position]
    length = _run(words, position, text)
    if word.low in _NEVER_NAMES and not (word.is_capital and length > 1):
        return None
    certainty = _first_word(words, position, length)
    if certainty is None:
        return None
    is_whole = length > 1 and given_name(word.text) is not None
    return _Name(length, Certainty.SURE if is_whole else certainty)


def _run(words: Sequence[_Word], position: int, text: str) -> int:
    """How many words the name would have, were it one: particles and initials belong to it."""
    length = 1
    while position + length < len(words):
        if _continues(words, position + length, text):
            length += 1
        elif (
            words[position + length].low in _INSIDE
            and position + length + 1 < len(words)
            and _is_beside(words, position + length, text)
            and _continues(words, position + length + 1, text)
        ):
            length += 2
        else:
            break
    return length


def _first_word(words: Sequence[_Word], position: int, length: int) -> Certainty | None:
    word = words[position]
    if len(word.text) == 1:
        return _initial(words, position, length)
    following = words[position + 1].low if position + 1 < len(words) else ""
    return (
        _given(
            word,
            is_followed=length > 1,
            after_name=_after_name(words, position),
            following=following,
        )
        or _introduced(word)
        or _family(word)
        or _unknown(word, is_followed=length > 1)
        or _mistyped(word, following)
    )


def _initial(words: Sequence[_Word], position: int, length: int) -> Certainty | None:
    """ "C G Hammarlund"."""
    if not words[position].is_capital or length == 1:
        return None
    last = words[position + length - 1]
    return Certainty.LIKELY if family_name(last.text) or given_name(last.text) else None


def _after_name(words: Sequence[_Word], position: int) -> bool:
    """ "ahlam å stig": and, with a name before it."""
    if position < 2 or words[position].before not in _AND:
        return False
    return _is_plain_name(words[position - 2])


def _is_plain_name(word: _Word) -> bool:
    name = given_name(word.text)
    return name is not None and not is_also_word(name)


def _given(word: _Word, *, is_followed: bool, after_name: bool, following: str) -> Certainty | None:
    name = given_name(word.text)
    if name is None or (len(name) < 3 and not word.is_capital):
        return None
    if not is_also_word(name):
        return Certainty.SURE if word.is_capital else Certainty.LIKELY
    is_inside = word.is_capital and not word.starts_sentence
    if is_inside or is_followed or after_name or word.before in _SURELY_INTRODUCES:
        return Certainty.LIKELY
    if word.is_lazy and (word.before in _SOMEBODY_FOLLOWS or _acts(word, following)):
        return Certainty.POSSIBLE
    if word.low in _MOSTLY_WORDS or len(word.text) < _SHORTEST_UNKNOWN + 1:
        return None
    return Certainty.POSSIBLE if word.is_capital else None


def _acts(word: _Word, following: str) -> bool:
    """ "stig har inte fått …": where somebody stands who does something."""
    begins = not word.before or word.before in _CLAUSE_BEGINS
    return begins and following in _DOES and word.low not in _MOSTLY_WORDS


def _introduced(word: _Word) -> Certainty | None:
    """A word nobody lists where a name would stand: "dr mallström", "heter fatuma"."""
    if word.before in _NAMES_FOLLOW and not _is_form_of_ours(word):
        return Certainty.LIKELY
    if word.before not in _TITLES or len(word.text) < _SHORTEST_UNKNOWN:
        return None
    if word.is_capital:
        return None if is_no_person(word.text) else Certainty.LIKELY
    return None if is_ordinary(word.text) else Certainty.POSSIBLE


def _is_form_of_ours(word: _Word) -> bool:
    return not word.is_capital and is_ordinary(word.text)


def _family(word: _Word) -> Certainty | None:
    name = family_name(word.text)
    if name is None or len(name) < _SHORTEST_UNKNOWN:
        return None
    if is_also_word(name) or is_no_person(word.text):
        is_inside = word.is_capital and not word.starts_sentence
        return Certainty.POSSIBLE if is_inside and not is_no_person(word.text) else None
    return Certainty.LIKELY


def _unknown(word: _Word, *, is_followed: bool) -> Certainty | None:
    """A capital where none is due, on a word that is neither ours nor a place's."""
    if not word.is_capital:
        return _unknown_without_capital(word)
    if len(word.text) < _SHORTEST_UNKNOWN - is_followed or word.before in _PLACE_FOLLOWS:
        return None
    is_due = word.starts_sentence and not is_followed
    return None if is_due or _is_known(word) or names_a_thing(word.text) else Certainty.POSSIBLE


def _is_known(word: _Word) -> bool:
    return "-" in word.text or is_no_person(word.text) or is_ordinary(word.text)


def _unknown_without_capital(word: _Word) -> Certainty | None:
    """Spelt as a family name or as names from elsewhere are, and no word of ours."""
    if not word.is_lazy or len(word.text) <= _SHORTEST_UNKNOWN:
        return None
    if _is_known(word) or word.before in _PLACE_FOLLOWS:
        return None
    is_name = ends_as_family_name(word.text) or looks_foreign(word.text)
    return Certainty.POSSIBLE if is_name else None


def _mistyped(word: _Word, following: str) -> Certainty | None:
    if not word.is_lazy and (word.starts_sentence or not word.is_capital):
        return None
    return Certainty.POSSIBLE if is_mistyped_name(word.text) else None


def _is_beside(words: Sequence[_Word], position: int, text: str) -> bool:
    before, word = words[position - 1], words[position]
    gap = text[before.end : word.start]
    if gap.startswith("."):
        return len(before.text) == 1 and gap in _BETWEEN_NAMES
    return gap in _BETWEEN_NAMES


def _continues(words: Sequence[_Word], position: int, text: str) -> bool:
    """Whether this word belongs to the name begun before it: "Anna Lind", "anna andersson"."""
    word, before = words[position], words[position - 1]
    if not _is_beside(words, position, text) or word.low in _NEVER_NAMES:
        return False
    if word.is_capital:
        return _capital_continues(word, before)
    if before.is_capital:
        return False
    return _small_continues(word, before)


def _small_continues(word: _Word, before: _Word) -> bool:
    if len(word.text) == 1:  # "simon t"
        return _is_plain_name(before) and word.text not in _WORDS_OF_ONE_LETTER
    name = family_name(word.text)
    if name is not None and len(name) > 2:
        return not is_also_word(name)
    if ends_as_family_name(word.text) and not is_plain_word(word.text):
        return True
    is_unknown = len(word.text) > _SHORTEST_UNKNOWN and not is_ordinary(word.text)
    return is_unknown and not is_no_person(word.text) and _may_go_on(before)


def _may_go_on(before: _Word) -> bool:
    return _is_plain_name(before) or before.low in _INSIDE or is_mistyped_name(before.text)


def _capital_continues(word: _Word, before: _Word) -> bool:
    if not before.is_capital and before.low not in _INSIDE:
        return False
    if family_name(word.text) or given_name(word.text):
        return True
    return not is_no_person(word.text) and not is_ordinary(word.text)
