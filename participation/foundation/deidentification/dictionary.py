"""Swedish as a spelling dictionary knows it: words in every form, words made of two, and places.

Both lists are made by tools/word_list.py; where they come from stands in data/README.md.
"""

import gzip
from functools import cache, lru_cache
from pathlib import Path

_DATA = Path(__file__).parent / "data"
_SHORTEST_PART = 4
_SHORTEST_BEFORE_LONG, _LONG = 3, 5  # "mätvecka", but "don-ovan" is a name
_LONGEST = 40
_REMEMBERED = 20_000


@cache
def _listed(name: str) -> frozenset[str]:
    packed = (_DATA / f"{name}.txt.gz").read_bytes()
    return frozenset(gzip.decompress(packed).decode().split("\n"))


def is_listed(low: str) -> bool:
    """Whether it stands in the dictionary, or does without a genitive s."""
    words = _listed("words")
    return low in words or (low.endswith("s") and low[:-1] in words)


@lru_cache(_REMEMBERED)
def is_swedish(low: str) -> bool:
    """Whether it is a word in lower case, or made of two or three ("hemtjänstgruppen").

    >>> is_swedish("hemtjänstgruppen"), is_swedish("clattenburg")
    (True, False)
    """
    return is_listed(low) or is_compound(low)


@lru_cache(_REMEMBERED)
def is_compound(low: str) -> bool:
    """Whether it is a word of the dictionary behind another, which may be a compound itself."""
    if len(low) > _LONGEST:
        return False
    return any(
        is_listed(low[cut:]) and (is_listed(low[:cut]) or is_compound(low[:cut]))
        for cut in range(len(low) - _SHORTEST_PART, _SHORTEST_BEFORE_LONG - 1, -1)
        if cut >= _SHORTEST_PART or len(low) - cut >= _LONG
    )


def is_place(low: str) -> bool:
    """A town or a country, also in the genitive."""
    places = _listed("places")
    return low in places or low.removesuffix("s") in places
