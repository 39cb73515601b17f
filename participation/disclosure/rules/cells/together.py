"""Which hidden cells of a row or a column add up to a number that is known.

Take a row out of the table: its hidden cells lead into parts that hang together over the other
hidden cells. What goes into one part comes out of it by the columns and rows that are told; so the
cells that lead into one part are known together, and no others are.
"""

from collections.abc import Collection, Iterator

from participation.disclosure.rules.cells.ways import Cell, Grid


def known_together(hidden: Collection[Cell]) -> Iterator[tuple[int, list[Cell], set[int]]]:
    """Row (0, 1, …) or column (−1, −2, …), its hidden cells that are known together, and the rows
    and columns of the part that they lead into.
    """
    ends = {cell: (cell[0], -1 - cell[1]) for cell in sorted(hidden)}
    nodes = sorted({node for pair in ends.values() for node in pair})
    for node in nodes:
        parts: list[set[int]] = []
        for pair in ends.values():
            if node not in pair:
                _join(parts, set(pair))
        for cell in [cell for cell, pair in ends.items() if node in pair]:
            _join(parts, {other for other in ends[cell] if other != node})
        for part in parts:
            own = [
                cell for cell, pair in ends.items() if node in pair and part & (set(pair) - {node})
            ]
            if own:
                yield node, own, part


def few_together(
    grid: Grid, hidden: Collection[Cell], smallest: int
) -> tuple[int, list[Cell], set[int]] | None:
    """The first cells that are known to be fewer than `smallest` people together, not nobody."""
    for node, cells, part in known_together(hidden):
        if 0 < sum(map(grid.count, cells)) < smallest:
            return node, cells, part
    return None


def _join(parts: list[set[int]], own: set[int]) -> None:
    met = [part for part in parts if part & own]
    for part in met:
        own |= part
        parts.remove(part)
    parts.append(own)
