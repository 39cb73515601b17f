"""Groups of hidden numbers that add up to a known one.

Two hidden cells may each be anything and still be three people together. A sum is known when it
stays the same whichever way one moves inside what is possible; so it is looked for along chance
mixtures of such ways, and what is found is put to the solver.

Of a few people no part can be more than a few. So only such parts are tried together, however many
they are, and whoever finds no small number narrow finds no known few either: one of the parts would
be a small number that is known to be small. Reasoned out in docs/decisions/0014.
"""

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from participation.disclosure.rules.attack.bounds import CLOSE, Bounds

Vector = NDArray[np.float64]
Sum = tuple[Sequence[int], Vector, int]  # its places, weights of free unknowns, what is known of it
MOST_TRIED = 12  # parts that cannot be more than a few, of which every group is tried
DIRECTIONS = 2


def is_union_known(bounds: Bounds, parts: Sequence[Sequence[int]], smallest: int) -> bool:
    """Whether some of `parts`, each a sum of unknowns, are known to be fewer than `smallest`
    people together, and not nobody. Where too many cannot be more than a few to try them all, the
    answer is yes.
    """
    sums: list[Sum] = [(part, *bounds.weights(part)) for part in parts]
    few = _few(bounds, [one for one in sums if one[1].any()], smallest)
    if len(few) > MOST_TRIED:
        few = [one for one in few if bounds.interval(one[0], smallest)[1] < smallest - CLOSE]
    if len(few) > MOST_TRIED:
        return True
    while len(few) > 1:
        ways, point = bounds.directions(DIRECTIONS)
        weights = np.array([weights for _places, weights, _constant in few])
        values = weights @ point + np.array([constant for _p, _w, constant in few])
        found = _candidate(weights @ ways.T, values, smallest)
        if found is None:
            return False
        low, high = bounds.interval([place for n in found for place in few[n][0]])
        if high - low < CLOSE:
            return True
        few = _few(bounds, few, smallest)
    return False


def _few(bounds: Bounds, sums: Sequence[Sum], smallest: int) -> list[Sum]:
    """Those that were never seen to be `smallest` or more."""
    return [one for one in sums if bounds.most_seen(one[1]) + one[2] < smallest - CLOSE]


def _candidate(moves: Vector, values: Vector, smallest: int) -> list[int] | None:
    groups = _groups(len(values))
    is_still = (np.abs(groups @ moves) < CLOSE).all(axis=1)
    sizes = groups @ values
    is_few = (sizes > 1 - CLOSE) & (sizes < smallest - CLOSE)
    found = np.flatnonzero(is_still & is_few)
    return None if not len(found) else [int(n) for n in np.flatnonzero(groups[found[0]])]


@cache
def _groups(parts: int) -> Vector:
    """Every group of at least two parts as a row of noughts and ones."""
    numbers = np.arange(2**parts)
    groups = (numbers[:, None] >> np.arange(parts)) & 1
    several: Vector = groups[groups.sum(axis=1) > 1].astype(np.float64)
    return several
