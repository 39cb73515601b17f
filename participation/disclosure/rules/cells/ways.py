"""How far a hidden cell can move, when the sums of rows and columns stay as they are.

More in one cell is less in another of its row and its column, and so on round: a way from its
column back to its row over other hidden cells. Whole people move, so there is nothing to round.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from heapq import heappop, heappush

Cell = tuple[int, int]  # row, column
NO_LIMIT = 10**9


@dataclass(frozen=True)
class Grid:
    """The counts of a table, by row and column."""

    counts: tuple[tuple[int, ...], ...]

    @property
    def cells(self) -> list[Cell]:
        columns = len(self.counts[0]) if self.counts else 0
        return [(r, c) for r in range(len(self.counts)) for c in range(columns)]

    def count(self, cell: Cell) -> int:
        return self.counts[cell[0]][cell[1]]


@dataclass
class Move:
    """A hidden cell on its way up (or down): what changed so far, cell by cell."""

    grid: Grid
    cell: Cell
    is_up: bool
    changed: dict[Cell, int] = field(default_factory=dict)
    far: int = 0

    @property
    def used(self) -> set[Cell]:
        return {cell for cell, change in self.changed.items() if change}

    def go(self, prices: Mapping[Cell, float], enough: int, least: int = 1) -> set[Cell] | None:
        """One way round over the cells that have a price, the cheapest of those that carry at
        least `least` people; goes it for up to `enough`. What it went over; None: no way.
        """
        if not self.is_up:
            enough = min(enough, self.grid.count(self.cell) - self.far)
        if enough < least:
            return None
        steps = self._cheapest(prices, least)
        if steps is None:
            return None
        rooms = [self._room(cell) for cell, is_more in steps if not is_more]
        people = min([enough, *rooms])
        for cell, is_more in steps:
            self.changed[cell] = self.changed.get(cell, 0) + (people if is_more else -people)
        self.far += people
        return {cell for cell, _is_more in steps}

    def _room(self, cell: Cell) -> int:
        return self.grid.count(cell) + self.changed.get(cell, 0)

    def _cheapest(self, prices: Mapping[Cell, float], least: int) -> list[tuple[Cell, bool]] | None:
        """Rows are 0, 1, …, columns −1, −2, …; into a row a cell gets less, into a column more."""
        row, column = self.cell[0], -1 - self.cell[1]
        start, end = (column, row) if self.is_up else (row, column)
        best: dict[int, float] = {start: 0.0}
        came: dict[int, tuple[int, Cell]] = {}
        queue = [(0.0, start)]
        around = _around(prices)
        while queue:
            price, node = heappop(queue)
            if node == end:
                return _steps(came, start, end)
            if price > best[node]:
                continue
            for cell in around.get(node, ()):
                if cell == self.cell or (node < 0 and self._room(cell) < least):
                    continue
                other = cell[0] if node < 0 else -1 - cell[1]
                total = price + prices[cell]
                if total < best.get(other, NO_LIMIT):
                    best[other] = total
                    came[other] = (node, cell)
                    heappush(queue, (total, other))
        return None


def _around(prices: Mapping[Cell, float]) -> dict[int, list[Cell]]:
    around: dict[int, list[Cell]] = {}
    for cell in prices:
        around.setdefault(cell[0], []).append(cell)
        around.setdefault(-1 - cell[1], []).append(cell)
    return around


def _steps(came: Mapping[int, tuple[int, Cell]], start: int, end: int) -> list[tuple[Cell, bool]]:
    steps = []
    while end != start:
        node, cell = came[end]
        steps.append((cell, node >= 0))
        end = node
    return steps


def moves(grid: Grid, cell: Cell, hidden: Collection[Cell], enough: int) -> tuple[Move, Move]:
    """How far `cell` can move up and down over the `hidden` ones, up to `enough` together."""
    free = dict.fromkeys(sorted(hidden), 0.0)
    down, up = Move(grid, cell, is_up=False), Move(grid, cell, is_up=True)
    for move in (down, up):
        while (left := enough - down.far - up.far) > 0:
            if move.go(free, left) is None:
                break
    return down, up
