"""How far each sum of unknowns is left open: the least and the most it can be."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from participation.disclosure.rules.attack.equations import Contradiction, Solved
from participation.disclosure.rules.attack.programme import Programme

Vector = NDArray[np.float64]
CLOSE = 1e-6  # two numbers that differ by less are one: people are counted whole
RANDOM_CORNERS = 4
SEED = 20261127


class TooLate(Exception):
    """There was no time to try everything."""


def never() -> bool:
    return False


class Bounds:
    """Everything that is possible under some equations, seen from its corners.

    Each corner that is found says of every sum that it can be this large. So most sums are known
    to be open enough before anything was solved for them.
    """

    def __init__(self, solved: Solved, is_late: Callable[[], bool] = never) -> None:
        """`is_late` is asked before every step: the largest programmes take seconds each.

        Raises:
            Contradiction: nothing is possible.
            TooLate: the time is over; so do all that follow.
        """
        self._is_late = is_late
        self._known, self._free = solved.known, solved.free
        self._programme = Programme(len(solved.free), solved.lines) if solved.free else None
        self._corners: list[Vector] = []
        self._chance = np.random.default_rng(SEED)
        for _time in range(RANDOM_CORNERS if self._programme else 1):
            self._corner(self._chance.normal(size=len(solved.free)))

    @property
    def solved(self) -> int:
        """How many programmes were solved."""
        return self._programme.solved if self._programme else 0

    def weights(self, places: Sequence[int]) -> tuple[Vector, int]:
        """A sum as weights of the free unknowns, and what is known of it already."""
        weights = np.zeros(len(self._free))
        constant = 0
        for place in places:
            if place in self._known:
                constant += self._known[place]
            else:
                weights[self._free[place]] += 1.0
        return weights, constant

    def interval(self, places: Sequence[int], enough: float = np.inf) -> tuple[float, float]:
        """The least and the most of a sum, or any two values of it that lie `enough` apart."""
        self._hurry()
        weights, constant = self.weights(places)
        if not weights.any():
            return float(constant), float(constant)
        low, high = self._seen(weights)
        if high - low < enough - CLOSE:
            low = self._corner(weights)
        if high - low < enough - CLOSE:
            high = -self._corner(-weights)
        return low + constant, high + constant

    def most_seen(self, weights: Vector) -> float:
        """The most that weighted unknowns were at any corner so far; nothing is solved."""
        return self._seen(weights)[1]

    def directions(self, number: int) -> tuple[Vector, Vector]:
        """Chance mixtures of all ways to move inside what is possible, and a point of it."""
        self._hurry()
        corners = np.array(self._corners)
        ways = corners[1:] - corners[0]
        return self._chance.normal(size=(number, len(ways))) @ ways, corners[0]

    def _hurry(self) -> None:
        if self._is_late():
            raise TooLate

    def _seen(self, weights: Vector) -> tuple[float, float]:
        values = np.array(self._corners) @ weights
        return float(values.min()), float(values.max())

    def _corner(self, costs: Vector) -> float:
        if self._programme is None:
            self._corners.append(costs)
            return 0.0
        self._hurry()
        corner = self._programme.least(costs)
        if corner is None:
            raise Contradiction
        self._corners.append(corner.values)
        return corner.objective
