"""Names, by lists and by what stands around them; also where nobody bothered with capitals."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from participation.foundation.deidentification.lists import (
    ends_as_family_name,
    family_name,
    given_name,
    is_also_word,
    is_mistyped_name,
    is_no_person,
    is_ordinary,
    is_plain_word,
    names_a_thing,
    word_list,
)
from participation.foundation.deidentification.neighbours import perhaps_names
from participation.foundation.deidentification.spans import Certainty, Span, SpanKind
from participation.foundation.deidentification.words import (
    PARTICLES,
    Word,
    is_beside,
    words_of,
)

_NAMES_FOLLOW = frozenset({"heter", "hette", "namnet"})
_INTRODUCES = word_list("introduces")
_NEVER_NAMES = word_list("never_names")
_WEAK = frozenset({"hos", "tack", "far", "mor", "bror", "son", "make", "maka"})
_TITLES = _INTRODUCES - frozenset({"hos", "tack"})
_SURELY_INTRODUCES = _INTRODUCES - _WEAK
_AND = frozenset({"och", "å", "o", "samt", "eller", "med", "me"})
_PLACE_FOLLOWS = frozenset({"i", "på", "från", "vid", "nära", "utanför", "genom", "kring"})
_SOMEBODY_FOLLOWS = _WEAK | {"från", "åt", "hälsa", "tacka", "mvh", "ringde", "fråga"}
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


class _Name(NamedTuple):
    """How many words it has, and how surely it is one."""

    length: int
    certainty: Certainty


def name_spans(text: str) -> Iterator[Span]:
    """Given names, family names and both together; a genitive s belongs to the name."""
    words = words_of(text)
    found = [False] * len(words)
    position = 0
    while position < len(words):
        name = _name_at(words, position, text)
        if name is None:
            position += 1
            continue
        after = position + name.length
        yield _span(words[position], words[after - 1], name.certainty)
        found[position:after] = [True] * name.length
        position = after
    for word in perhaps_names(words, found, text):
        yield _span(word, word, Certainty.POSSIBLE)


def _span(first: Word, last: Word, certainty: Certainty) -> Span:
    return Span(start=first.start, end=last.end, kind=SpanKind.NAME, certainty=certainty)


def _name_at(words: Sequence[Word], position: int, text: str) -> _Name | None:
    word = words[position]
    length = _run(words, position, text)
    if word.low in _NEVER_NAMES and not (word.is_capital and length > 1):
        return None
    certainty = _first_word(words, position, length)
    if certainty is None:
        return None
    is_whole = length > 1 and given_name(word.text) is not None
    return _Name(length, Certainty.SURE if is_whole else certainty)


def _run(words: Sequence[Word], position: int, text: str) -> int:
    """How many words the name would have, were it one: particles and initials belong to it."""
    length = 1
    while position + length < len(words):
        if _continues(words, position + length, text):
            length += 1
        elif (
            words[position + length].low in PARTICLES
            and position + length + 1 < len(words)
            and is_beside(words, position + length, text)
            and _continues(words, position + length + 1, text)
        ):
            length += 2
        else:
            break
    return length


def _first_word(words: Sequence[Word], position: int, length: int) -> Certainty | None:
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


def _initial(words: Sequence[Word], position: int, length: int) -> Certainty | None:
    """ "C G Hammarlund"."""
    if not words[position].is_capital or length == 1:
        return None
    last = words[position + length - 1]
    return Certainty.LIKELY if family_name(last.text) or given_name(last.text) else None


def _after_name(words: Sequence[Word], position: int) -> bool:
    """ "ahlam å stig": and, with a name before it."""
    if position < 2 or words[position].before not in _AND:
        return False
    return _is_plain_name(words[position - 2])


def _is_plain_name(word: Word) -> bool:
    name = given_name(word.text)
    return name is not None and not is_also_word(name)


def _given(word: Word, *, is_followed: bool, after_name: bool, following: str) -> Certainty | None:
    name = given_name(word.text)
    if name is None or (len(name) < 3 and not word.is_capital):
        return None
    if not is_also_word(name):
        return Certainty.SURE if word.is_capital else Certainty.LIKELY
    if is_followed or after_name or word.before in _SURELY_INTRODUCES:
        return Certainty.LIKELY
    if word.is_capital and not word.starts_sentence:  # "Milan" is a place too
        return Certainty.POSSIBLE if is_no_person(word.text) else Certainty.LIKELY
    if word.is_lazy and (word.before in _SOMEBODY_FOLLOWS or _acts(word, following)):
        return Certainty.POSSIBLE
    is_rather = word.low not in _MOSTLY_WORDS and len(word.text) > _SHORTEST_UNKNOWN
    return Certainty.POSSIBLE if word.is_capital and is_rather else None


def _acts(word: Word, following: str) -> bool:
    """ "stig har inte fått …": where somebody stands who does something."""
    begins = not word.before or word.before in _CLAUSE_BEGINS
    return begins and following in _DOES and word.low not in _MOSTLY_WORDS


def _introduced(word: Word) -> Certainty | None:
    """A word nobody lists where a name would stand: "dr mallström", "heter fatuma"."""
    if word.before in _NAMES_FOLLOW and not _is_form_of_ours(word):
        return Certainty.LIKELY
    if word.before not in _TITLES or len(word.text) < _SHORTEST_UNKNOWN:
        return None
    if word.is_capital:
        return None if is_no_person(word.text) else Certainty.LIKELY
    return None if is_ordinary(word.text) else Certainty.POSSIBLE


def _is_form_of_ours(word: Word) -> bool:
    return not word.is_capital and is_ordinary(word.text)


def _family(word: Word) -> Certainty | None:
    name = family_name(word.text)
    if name is None or len(name) < _SHORTEST_UNKNOWN:
        return None
    if is_also_word(name) or is_no_person(word.text):
        is_inside = word.is_capital and not word.starts_sentence
        return Certainty.POSSIBLE if is_inside and not is_no_person(word.text) else None
    return Certainty.LIKELY


def _unknown(word: Word, *, is_followed: bool) -> Certainty | None:
    """A capital where none is due, on a word that is neither ours nor a place's."""
    if not word.is_capital:
        return _unknown_without_capital(word)
    if len(word.text) < _SHORTEST_UNKNOWN - is_followed or word.before in _PLACE_FOLLOWS:
        return None
    is_short = word.starts_sentence and not is_followed and len(word.text) <= _SHORTEST_UNKNOWN
    return None if is_short or _is_known(word) or names_a_thing(word.text) else Certainty.POSSIBLE


def _is_known(word: Word) -> bool:
    first, dash, last = word.text.partition("-")
    if dash and first.lower() not in PARTICLES:
        return True
    return is_no_person(last or first) or is_ordinary(last or first)


def _unknown_without_capital(word: Word) -> Certainty | None:
    """No word of ours or the dictionary's, and not where a place stands."""
    if not word.is_lazy or len(word.text) <= _SHORTEST_UNKNOWN:
        return None
    if _is_known(word) or word.before in _PLACE_FOLLOWS:
        return None
    return Certainty.POSSIBLE


def _mistyped(word: Word, following: str) -> Certainty | None:
    if not word.is_lazy and (word.starts_sentence or not word.is_capital):
        return None
    return Certainty.POSSIBLE if is_mistyped_name(word.text) else None


def _continues(words: Sequence[Word], position: int, text: str) -> bool:
    """Whether this word belongs to the name begun before it: "Anna Lind", "anna andersson"."""
    word, before = words[position], words[position - 1]
    if not is_beside(words, position, text) or word.low in _NEVER_NAMES:
        return False
    if word.is_capital:
        return _capital_continues(word, before)
    if before.is_capital:
        return False
    return _small_continues(word, before)


def _small_continues(word: Word, before: Word) -> bool:
    if len(word.text) == 1:  # "simon t"
        return _is_plain_name(before) and word.text not in _WORDS_OF_ONE_LETTER
    name = family_name(word.text)
    if name is not None and len(name) > 2:
        return not is_also_word(name)
    if ends_as_family_name(word.text) and not is_plain_word(word.text):
        return True
    is_unknown = len(word.text) > _SHORTEST_UNKNOWN and not is_ordinary(word.text)
    return is_unknown and not is_no_person(word.text) and _may_go_on(before)


def _may_go_on(before: Word) -> bool:
    return _is_plain_name(before) or before.low in PARTICLES or is_mistyped_name(before.text)


def _capital_continues(word: Word, before: Word) -> bool:
    if not before.is_capital and before.low not in PARTICLES:
        return False
    if family_name(word.text) or given_name(word.text):
        return True
    return not is_no_person(word.text) and not is_ordinary(word.text)
