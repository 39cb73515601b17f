"""The word lists, and what can be asked of them. Names are compared without foreign accents."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

from participation.foundation.deidentification.dictionary import (
    is_compound,
    is_listed,
    is_place,
)

DATA = Path(__file__).parent / "data"
_KEPT = "åäö"
_OTHER_LETTERS = str.maketrans({"ł": "l", "ø": "ö", "æ": "ä", "đ": "d", "ı": "i", "ß": "s"})
_ENDINGS = (
    *("s", "n", "en", "et", "t", "ar", "or", "er", "na", "arna", "erna", "orna", "ade", "de"),
    *("te", "ad", "a", "r", "are", "ast", "aste", "ns", "ens", "ets", "ernas", "arnas", "an"),
    *("as", "e", "es", "at", "it", "ande", "ende", "igt", "iga", "ig", "lig", "liga", "ligt"),
)
_SHORTEST_STEM = 3
_LONGEST_COMPOUND = 40
_SHORTEST_MISTYPED = 6
_REMEMBERED = 20_000


@cache
def word_list(name: str) -> frozenset[str]:
    """The words of data/<name>.txt, lower-cased; lines with # are remarks."""
    lines = (DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(w for line in lines if not line.startswith("#") for w in line.lower().split())


@cache
def _names(kind: str) -> frozenset[str]:
    return frozenset(folded(word) for word in word_list(kind))


@lru_cache(_REMEMBERED)
def folded(word: str) -> str:
    """Lower-cased, without accents; å, ä and ö are letters of their own.

    >>> folded("Małgorzata"), folded("Åsa"), folded("José")
    ('malgorzata', 'åsa', 'jose')
    """
    low = word.lower().replace("’", "'").translate(_OTHER_LETTERS)
    if low.isascii():
        return low
    return "".join(char if char in _KEPT else _without_accent(char) for char in low)


def _without_accent(char: str) -> str:
    parts = unicodedata.normalize("NFD", char)
    return "".join(part for part in parts if not unicodedata.combining(part))


@lru_cache(_REMEMBERED)
def given_name(word: str) -> str | None:
    """The given name behind a word: itself, without a genitive s, or a part of a double one."""
    return _base(word, _names("first_names")) or _by_parts(word)


@lru_cache(_REMEMBERED)
def family_name(word: str) -> str | None:
    """The family name behind a word, listed or by an ending only names have ("-sson")."""
    found = _base(word, _names("last_names"))
    if found is None and _SON.match(folded(word)):
        return folded(word)
    return found


_SON = re.compile(r"(?!(?:syster|bror|broder|kusin|grann|kung|barn)s).{2,}s(?:son|dotter)s?$")
_FAMILY_ENDINGS = re.compile(
    r".{2,}(?:sson|ström|strom|qvist|kvist|berg|lund|gren|dahl|holm|stedt|blad|dotter|sjö|lind|mark"
    r"|skog|én|mer|vall|feldt|hjelm|crantz|kvarn|ović|ovic|enko|[wlnrv]ski|oglu|zadeh|nejad|[dlsz]ian)s?$"
)


def ends_as_family_name(word: str) -> bool:
    """Whether it ends as many family names do; many place names and words do too."""
    return bool(_FAMILY_ENDINGS.match(folded(word)))


def _base(word: str, names: frozenset[str]) -> str | None:
    low = folded(word)
    if low in names:
        return low
    if low in word_list("ordinary"):
        return None  # "klass" is no Klas
    if low.endswith("s") and len(low) > 3 and low[:-1].rstrip("'") in names:
        return low[:-1].rstrip("'")
    return None


def _by_parts(word: str) -> str | None:
    """ "Anna-Karins" and "sköterske-lena", but no word beside a name ("Nobel-priset")."""
    first, dash, last = word.partition("-")
    if not dash:
        return None
    names = _names("first_names")
    by_last = _base(last, names)
    if by_last and len(by_last) > 2 and by_last not in word_list("ordinary"):
        return by_last
    is_name = len(first) > 2 and folded(first) in names and not is_ordinary(last)
    return folded(first) if is_name else None


def is_also_word(name: str) -> bool:
    """Whether a name is an ordinary word too: then only what stands around it makes it a name."""
    return name in word_list("also_words") or name in word_list("ordinary")


@lru_cache(_REMEMBERED)
def is_ordinary(word: str) -> bool:
    """Whether it is a word of ours or of the dictionary, a form of one, or made of two.

    What is made of two and ends as family names do ("Lövgren") has to stand in the dictionary.
    """
    low = word.lower()
    if _is_form(low) or is_listed(low):
        return True
    if ends_as_family_name(word) or len(low) > _LONGEST_COMPOUND:
        return False
    return is_compound(low) or any(
        low[:cut].removesuffix("s") in word_list("ordinary") and _is_form(low[cut:])
        for cut in range(_SHORTEST_STEM, len(low) - _SHORTEST_STEM + 1)
    )


def _is_form(low: str) -> bool:
    words = word_list("ordinary")
    if low in words:
        return True
    stems = (low[: -len(ending)] for ending in _ENDINGS if low.endswith(ending))
    return any(
        stem in words or stem + "a" in words or stem + "e" in words
        for stem in stems
        if len(stem) >= _SHORTEST_STEM
    )


def is_plain_word(word: str) -> bool:
    """Whether it is a word of ours or a form of one; not one made of two."""
    return _is_form(word.lower())


@lru_cache(_REMEMBERED)
def is_no_person(word: str) -> bool:
    """A place, an organisation, a product or a day; also in the genitive."""
    low = word.lower()
    listed = word_list("no_persons")
    if low in listed or low.removesuffix("s") in listed or is_place(low):
        return True
    return bool(_NO_PERSON.search(low))


@lru_cache(_REMEMBERED)
def names_a_thing(word: str) -> bool:
    """Whether it ends in a word of five letters or more, as no family name does."""
    is_short = len(word) <= _LONGEST_COMPOUND
    return is_short and not ends_as_family_name(word) and _ends_in_a_word(word.lower())


def _ends_in_a_word(low: str) -> bool:
    """ "Gazakonflikten": something unknown, and a word of ours of five letters or more."""
    ends = (low[cut:] for cut in range(_SHORTEST_STEM, len(low) - 4))
    return any(_is_form(end) or is_listed(end) for end in ends)


_NO_PERSON = re.compile(
    r"(?:gatan|gata|vägen|torget|skolan|sjukhuset|kyrkan|gården|bolaget|partiet|verket|bladet"
    r"|tidningen|fonden|banken|landet|länet|stad|köping|hamn|ån|sjön|huset|parken|hallen|stiftelsen"
    r"|förbundet|föreningen|rådet|nämnden|myndigheten|styrelsen|kommun|klubben|mötet|festivalen"
    r"|priset|cupen|ligan|laget|gruppen|koncernen|appen|metoden|centret|institutet|museet|teatern"
    r"|börsen|polisen|departementet|jouren|mordet|avtalet|index|ministern|kriget|loppet|serien"
    r"|spelen|dagen|veckan|kommissionen|unionen|rörelsen|alliansen|modellen|centrum|universitet"
    r"|ism|ismen|aner|anerna|ingar|ingarna|iter|erna|arna|orna|isk|iska|land|lands)s?$"
)


@lru_cache(_REMEMBERED)
def is_mistyped_name(word: str) -> bool:
    """A letter missing, one too many of the same, or two swapped, in a given name of six or more.

    >>> is_mistyped_name("Elisabhet"), is_mistyped_name("Magareta"), is_mistyped_name("stolen")
    (True, True, False)
    """
    low = folded(word)
    if len(low) < _SHORTEST_MISTYPED - 1 or is_ordinary(word):
        return False
    return low in _slips() or low.removesuffix("s") in _slips()


@cache
def _slips() -> frozenset[str]:
    long = (name for name in _names("first_names") if len(name) >= _SHORTEST_MISTYPED)
    return frozenset(slip for name in long for slip in _slips_of(name))


def _slips_of(name: str) -> Iterator[str]:
    """The first and the last letter are seldom mistyped."""
    for place in range(1, len(name) - 1):
        yield name[:place] + name[place + 1 :]
        yield name[:place] + name[place] + name[place:]
        if place < len(name) - 1:
            yield name[:place] + name[place + 1] + name[place] + name[place + 2 :]
