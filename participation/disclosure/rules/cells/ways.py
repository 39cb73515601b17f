"""How far a hidden cell can move, when the sums of rows and columns stay as they are.

More in one cell is less in another of its row and its column, and so on round: a way from its
column back to its row over other hidden cells. Whole people move, so there is nothing to round.
"""

from collections.abc import Iterable, Mapping
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


def ends_of(cell: Cell) -> tuple[int, int]:
    """Row and column of a cell as nodes: rows are 0, 1, …, columns −1, −2, …"""
    return cell[0], -1 - cell[1]


class Net:
    """Cells that one may go over, and what each costs: nothing where it is hidden already."""

    def __init__(self, cells: Iterable[Cell], prices: Mapping[Cell, float] | None = None) -> None:
        self.around: dict[int, list[tuple[int, Cell, float]]] = {}
        for cell in sorted(cells):
            row, column = ends_of(cell)
            price = 0.0 if prices is None else prices.get(cell, 0.0)
            self.around.setdefault(row, []).append((column, cell, price))
            self.around.setdefault(column, []).append((row, cell, price))


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

    def go(self, net: Net, enough: int, least: int = 1) -> set[Cell] | None:
        """One way round, the cheapest of those that carry at least `least` people; goes it for up
        to `enough`. What it went over; None: there is no way.
        """
        if not self.is_up:
            enough = min(enough, self.grid.count(self.cell) - self.far)
        if enough < least:
            return None
        steps = self._cheapest(net, least)
        if steps is None:
            return None
        rooms = [self._room(cell) for cell, is_more in steps if not is_more]
        people = min([enough, *rooms])
        for cell, is_more in steps:
            self.changed[cell] = self.changed.get(cell, 0) + (people if is_more else -people)
        self.far += people
        return {cell for cell, _is_more in steps}

    def _room(self, cell: Cell) -> int:
        return self.grid.counts[cell[0]][cell[1]] + self.changed.get(cell, 0)

    def _cheapest(self, net: Net, least: int) -> list[tuple[Cell, bool]] | None:
        """Into a row a cell gets less, into a column more."""
        row, column = ends_of(self.cell)
        start, end = (column, row) if self.is_up else (row, column)
        best: dict[int, float] = {start: 0.0}
        came: dict[int, tuple[int, Cell]] = {}
        queue = [(0.0, start)]
        while queue:
            price, node = heappop(queue)
            if node == end:
                return _steps(came, start, end)
            if price > best[node]:
                continue
            for other, cell, own in net.around.get(node, ()):
                total = price + own
                if total >= best.get(other, NO_LIMIT) or cell == self.cell:
                    continue
                if node < 0 and self._room(cell) < least:
                    continue
                best[other] = total
                came[other] = (node, cell)
                heappush(queue, (total, other))
        return None


def _steps(came: Mapping[int, tuple[int, Cell]], start: int, end: int) -> list[tuple[Cell, bool]]:
    steps = []
    while end != start:
        node, cell = came[end]
        steps.append((cell, node >= 0))
        end = node
    return steps


def moves(grid: Grid, cell: Cell, net: Net, enough: int) -> tuple[Move, Move]:
    """How far `cell` can move down and up over the cells of `net`, up to `enough` together."""
    down, up = Move(grid, cell, is_up=False), Move(grid, cell, is_up=True)
    for move in (down, up):
        while (left := enough - down.far - up.far) > 0:
            if move.go(net, left) is None:
                break
    return down, up
