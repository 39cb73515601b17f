"""Groups of hidden numbers that add up to a known one.

Two hidden cells may each be anything and still be three people together. A sum is known when it
stays the same whichever way one moves inside what is possible; so it is looked for along chance
mixtures of such ways, and what is found is put to the solver.
"""

from collections.abc import Sequence
from functools import cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from participation.disclosure.rules.attack.bounds import CLOSE, Bounds

Vector = NDArray[np.float64]
ALL_SUBSETS = 12  # parts of which every group is tried; of more, groups of up to three and the rest
LARGEST = 3
DIRECTIONS = 2


def is_union_known(bounds: Bounds, parts: Sequence[Sequence[int]], smallest: int) -> bool:
    """Whether some of `parts`, each a sum of unknowns, are known to be fewer than `smallest`
    people together, and not nobody.
    """
    sums = [bounds.weights(part) for part in parts]
    open_parts = [
        (place, weights, constant)
        for place, (weights, constant) in enumerate(sums)
        if weights.any()
    ]
    while len(open_parts) > 1:
        ways, point = bounds.directions(DIRECTIONS)
        weights = np.array([weights for _place, weights, _constant in open_parts])
        values = weights @ point + np.array([constant for _p, _w, constant in open_parts])
        found = _candidate(weights @ ways.T, values, smallest)
        if found is None:
            return False
        places = [place for n in found for place in parts[open_parts[n][0]]]
        low, high = bounds.interval(places)
        if high - low < CLOSE:
            return True
    return False


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
    if parts <= ALL_SUBSETS:
        numbers = np.arange(2**parts)
        groups = (numbers[:, None] >> np.arange(parts)) & 1
    else:
        chosen = [some for k in range(2, LARGEST + 1) for some in combinations(range(parts), k)]
        groups = np.zeros((len(chosen), parts), dtype=np.int64)
        for row, some in enumerate(chosen):
            groups[row, list(some)] = 1
        groups = np.concatenate([groups, 1 - groups])
    several: Vector = groups[groups.sum(axis=1) > 1].astype(np.float64)
    return several
