"""How alike two questions are: shared word stems. Simple, quick, and easy to explain. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from participation.foundation.search.rules import stems

ALIKE = 0.6  # share of stems in common (Jaccard)
FEWEST = 3  # stems; shorter questions are alike by chance
# Words that every question has; they say nothing of what it is about.
_COMMON = frozenset(
    stems(
        "hur vad när var vem vilken vilka vilket är har du dig din ditt dina det den de en ett i "
        "på av att och eller som för med till om inte kan får blev blir varit bli ha jag mig min"
    )
)


@dataclass(frozen=True)
class AskedBefore:
    """A question somewhere else, with what it is about."""

    questionnaire: str
    public_id: str
    key: str
    text: str
    about: frozenset[str]
    is_elsewhere: bool = False  # another organisation asks it; `public_id` is the inventory's


def about(text: str) -> frozenset[str]:
    """The stems that carry the question's meaning.

    >>> sorted(about("Hur ofta får du hjälp?"))
    ['hjälp', 'oft']
    """
    return frozenset(stems(text)) - _COMMON


def likeness(left: frozenset[str], right: frozenset[str]) -> float:
    """Stems in common out of all of both: 0 to 1."""
    return len(left & right) / len(left | right) if left and right else 0.0


def most_alike(text: str, others: Iterable[AskedBefore]) -> Sequence[AskedBefore]:
    """Questions that ask nearly the same, the most alike first; at most three."""
    own = about(text)
    if len(own) < FEWEST:
        return ()
    close = [
        (likeness(own, other.about), other) for other in others if len(own & other.about) >= FEWEST
    ]
    found = [pair for pair in close if pair[0] >= ALIKE]
    return tuple(other for _score, other in sorted(found, key=lambda pair: -pair[0])[:3])
