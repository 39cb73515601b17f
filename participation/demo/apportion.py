"""Sharing whole numbers out so that shares come out as promised, instead of being drawn. Pure."""

import random
from collections.abc import Hashable, Mapping
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


def apportion(total: int, weights: Mapping[Key, float]) -> dict[Key, int]:
    """`total` whole things by weight (largest remainder); ties go to whoever stands first.

    >>> apportion(10, {"often": 50, "seldom": 33, "never": 17})
    {'often': 5, 'seldom': 3, 'never': 2}

    Raises:
        ValueError: there is something to share and nobody to get it.
    """
    in_all = sum(weights.values())
    if in_all <= 0:
        if total:
            raise ValueError("nobody to share with")
        return dict.fromkeys(weights, 0)
    exact = {key: total * weight / in_all for key, weight in weights.items()}
    shares = {key: int(value) for key, value in exact.items()}
    left = total - sum(shares.values())
    by_remainder = sorted(exact, key=lambda key: shares[key] - exact[key])
    for key in by_remainder[:left]:
        shares[key] += 1
    return shares


def laid_out(total: int, weights: Mapping[Key, float], chance: random.Random) -> list[Key]:
    """As `apportion`, but as a list in random order: one key for each of `total` people."""
    people = [key for key, count in apportion(total, weights).items() for _ in range(count)]
    chance.shuffle(people)
    return people


def ticked(total: int, percents: Mapping[Key, float], chance: random.Random) -> list[list[Key]]:
    """A multiple choice: which options each of `total` people ticks, `percents` of them each.

    >>> ticked(4, {"a": 50, "b": 100}, random.Random(1))
    [['b'], ['b'], ['a', 'b'], ['a', 'b']]
    """
    chosen: list[list[Key]] = [[] for _ in range(total)]
    for key, percent in percents.items():
        for place in chance.sample(range(total), round(total * percent / 100)):
            chosen[place].append(key)
    return chosen
