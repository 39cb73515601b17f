"""Which values are never shown: those of a few people, and those that would give them away. Pure.

A value that 1–4 people stand behind is withheld, and so is one that is itself 1–4 people. Where
one value of a whole is withheld and the rest shown, it could be worked out: women and men make all,
municipalities make the county, ages make all ages. Then the smallest of the others goes with it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from participation.indicators.rules.importing import Key

# The part of a key that runs through a whole, and what it is for the whole itself.
_WHOLES: tuple[tuple[str, str], ...] = (("sex", "T"), ("municipality_code", ""), ("age_band", ""))


@dataclass(frozen=True)
class Weighed:
    """One value: how many people are behind it, or it counts; None: nobody knows."""

    people: int | None
    value: float


def withheld(values: Mapping[Key, Weighed], is_small: Callable[[int], bool]) -> set[Key]:
    """The keys whose values are not shown. What it is compared with is somebody else's figure.

    >>> key = Key("suicid", "2024", "0880", "T", "", "")
    >>> people = {key: 23, key._replace(sex="K"): 3, key._replace(sex="M"): 20}
    >>> hidden = withheld({k: Weighed(n, n) for k, n in people.items()}, lambda n: 0 < n < 5)
    >>> sorted(k.sex for k in hidden)
    ['K', 'M']
    """
    ours = {key: one for key, one in values.items() if not key.reference_label}
    hidden = {key for key, one in ours.items() if one.people is not None and is_small(one.people)}
    if not hidden:
        return hidden
    wholes = list(_wholes(ours))
    is_growing = True
    while is_growing:
        is_growing = False
        for whole, parts in wholes:
            shown = [key for key in parts if key not in hidden]
            gone = [ours[key] for key in parts if key in hidden]
            if shown and gone and whole not in hidden and _is_given_away(gone, is_small):
                hidden.add(min(shown, key=lambda key: (_size(ours[key]), key)))
                is_growing = True
    return hidden


def _is_given_away(gone: Sequence[Weighed], is_small: Callable[[int], bool]) -> bool:
    """Whether what is left of a whole is one value, or a few people together."""
    return len(gone) == 1 or is_small(sum(one.people or 0 for one in gone))


def _wholes(values: Mapping[Key, Weighed]) -> Iterable[tuple[Key, list[Key]]]:
    """Every value that others add up to, with those others."""
    for name, of_all in _WHOLES:
        parts: dict[Key, list[Key]] = {}
        for key in values:
            if getattr(key, name) != of_all:
                parts.setdefault(key._replace(**{name: of_all}), []).append(key)
        yield from ((whole, keys) for whole, keys in parts.items() if whole in values)


def _size(one: Weighed) -> tuple[bool, float]:
    """Nobody (0) covers nothing: such a value goes last."""
    size = one.people if one.people is not None else abs(one.value)
    return size == 0, size
