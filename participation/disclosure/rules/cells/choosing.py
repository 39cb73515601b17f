"""Which cells to hide beside those that must be: cheap ways round, then what is not needed."""

import random
from collections.abc import Collection, Mapping, Sequence

from participation.disclosure.rules.cells.together import few_together
from participation.disclosure.rules.cells.ways import Cell, Grid, Move, Net, moves

TRIES = 2  # orders in which the cells that must be hidden are taken care of
SHAKES = 2  # times that some are taken back and others sought
SHAKEN = 1 / 3  # of the cells that went with others
BIG = 0.001  # what a person costs, where a cell costs one: of two ways the smaller numbers go
SEED = 20261127


def hidden_cells(
    grid: Grid, must: Collection[Cell], smallest: int, *, tries: int = TRIES, shakes: int = SHAKES
) -> frozenset[Cell] | None:
    """`must` and what goes with them, so that each of `must` ranges over `smallest` values and no
    hidden cells are known to be fewer people together; None where there is no way.

    The same table is always ruled alike.
    """
    chance = random.Random(SEED)  # noqa: S311 - no secret, the same for everybody
    room = _Room(grid, frozenset(must), smallest)
    order = sorted(must, key=lambda cell: (-grid.count(cell), cell))
    best: frozenset[Cell] | None = None
    for number in range(tries):
        found = room.covered(frozenset(must), order)
        best = room.better(best, found)
        order = chance.sample(order, len(order)) if number else order[::-1]
    for _time in range(shakes if best else 0):
        others = sorted((best or frozenset()) - room.must)
        kept = frozenset(cell for cell in others if chance.random() > SHAKEN)
        order = chance.sample(order, len(order))
        best = room.better(best, room.covered(room.must | kept, order))
    return best


class _Room:
    def __init__(self, grid: Grid, must: frozenset[Cell], smallest: int) -> None:
        self.grid, self.must, self.smallest = grid, must, smallest
        self.prices = {cell: 1 + BIG * grid.count(cell) for cell in grid.cells}

    def price(self, cells: Collection[Cell]) -> float:
        return sum(self.prices[cell] for cell in cells)

    def better(
        self, one: frozenset[Cell] | None, other: frozenset[Cell] | None
    ) -> frozenset[Cell] | None:
        if one is None or other is None:
            return one if other is None else other
        return other if self.price(other) < self.price(one) else one

    def covered(self, hidden: frozenset[Cell], order: Sequence[Cell]) -> frozenset[Cell] | None:
        """`hidden` and more, until all is covered; less what is not needed for it."""
        found = set(hidden)
        for cell in order:
            if not self._cover(cell, found):
                return None
        while (few := few_together(self.grid, found, self.smallest)) is not None:
            if not self._open(found, *few):
                return None
        return self._without_needless(found)

    def _cover(self, cell: Cell, hidden: set[Cell]) -> bool:
        """Hide more until `cell` ranges over enough; False where nothing helps."""
        pair = moves(self.grid, cell, Net(hidden), self.smallest)
        while (left := self.smallest - sum(move.far for move in pair)) > 0:
            net = Net(self.grid.cells, {c: p for c, p in self.prices.items() if c not in hidden})
            ways = [
                way
                for least in {left, 1}
                for move in pair
                if (way := self._way(move, net, hidden, (left, least))) is not None
            ]
            if not ways:
                return False
            _price, _place, gone = min((p, n, cells) for n, (p, cells) in enumerate(ways))
            hidden |= set(gone)
            pair = moves(self.grid, cell, Net(hidden), self.smallest)
        return True

    def _way(
        self, move: Move, net: Net, hidden: set[Cell], people: tuple[int, int]
    ) -> tuple[float, list[Cell]] | None:
        """What the cheapest further way would hide, and its price for each person it carries.

        `people`: how many it should carry, and how many at least.
        """
        trial = Move(self.grid, move.cell, move.is_up, dict(move.changed), move.far)
        gone = trial.go(net, *people)
        if gone is None:
            return None
        new = sorted(gone - hidden)
        return self.price(new) / (trial.far - move.far), new

    def _open(self, hidden: set[Cell], node: int, cells: Sequence[Cell], part: set[int]) -> bool:
        """Hide a further cell of the row or column, so that the few are known with others only."""
        own = sum(map(self.grid.count, cells))
        more = [
            cell
            for cell in self.grid.cells
            if cell not in hidden and node in {cell[0], -1 - cell[1]}
        ]
        into = [c for c in more if {c[0], -1 - c[1]} & part]
        enough = [c for c in into if own + self.grid.count(c) >= self.smallest]
        choice = enough or [c for c in more if self.grid.count(c) >= self.smallest] or more
        if not choice:
            return False
        hidden.add(min(choice, key=lambda cell: (self.grid.count(cell), cell)))
        return True

    def _without_needless(self, hidden: set[Cell]) -> frozenset[Cell]:
        net = Net(hidden)
        witnesses = {cell: self._witness(cell, net) or set() for cell in sorted(self.must)}
        for cell in sorted(hidden - self.must, key=lambda c: (-self.grid.count(c), c)):
            less = hidden - {cell}
            again = self._again(witnesses, cell, Net(less))
            if again is None or few_together(self.grid, less, self.smallest):
                continue
            witnesses |= again
            hidden = less
        return frozenset(hidden)

    def _again(
        self, witnesses: Mapping[Cell, set[Cell]], gone: Cell, net: Net
    ) -> dict[Cell, set[Cell]] | None:
        """Other ways for those that went over a cell that is `gone`; None where one has none."""
        found = {}
        for own, used in witnesses.items():
            if gone in used:
                other = self._witness(own, net)
                if other is None:
                    return None
                found[own] = other
        return found

    def _witness(self, cell: Cell, net: Net) -> set[Cell] | None:
        """Over which cells it moves far enough; None where it does not."""
        down, up = moves(self.grid, cell, net, self.smallest)
        return down.used | up.used if down.far + up.far >= self.smallest else None
