"""Single cells hidden instead of whole rows: open enough, none known together, and few."""

import random
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from participation.disclosure.rules.attack.bounds import Bounds
from participation.disclosure.rules.attack.equations import Equations
from participation.disclosure.rules.attack.unions import is_union_known
from participation.disclosure.rules.cells import Cell, Grid, hidden_cells
from participation.disclosure.rules.cells.together import few_together, known_together
from participation.disclosure.rules.cells.ways import Net, moves
from participation.disclosure.rules.tables import Thresholds

LIMITS = Thresholds()
KNOWN = Grid(((20, 50, 10), (8, 19, 22), (17, 32, 12)))

tables = st.lists(st.lists(st.integers(0, 4), min_size=3, max_size=3), min_size=2, max_size=3).map(
    lambda rows: Grid(tuple(map(tuple, rows)))
)
chances = st.randoms(use_true_random=False)


def some_of(grid: Grid, chance: random.Random) -> set[Cell]:
    return {cell for cell in grid.cells if chance.random() < 0.6}


def possible(grid: Grid, hidden: set[Cell]) -> list[dict[Cell, int]]:
    """Every table of whole numbers with the same margins that differs in hidden cells only."""
    rows = []
    for r, row in enumerate(grid.counts):
        ways = product(
            *(range(sum(row) + 1) if (r, c) in hidden else (n,) for c, n in enumerate(row))
        )
        rows.append([way for way in ways if sum(way) == sum(row)])
    columns = [sum(column) for column in zip(*grid.counts, strict=True)]
    return [
        {(r, c): n for r, row in enumerate(way) for c, n in enumerate(row)}
        for way in product(*rows)
        if [sum(column) for column in zip(*way, strict=True)] == columns
    ]


@settings(max_examples=40, deadline=None)
@given(tables, chances)
def test_a_cell_moves_as_far_as_trying_all_tables_tells(grid: Grid, chance: random.Random) -> None:
    hidden = some_of(grid, chance)
    found = possible(grid, hidden)
    for cell in hidden:
        values = [one[cell] for one in found]
        down, up = moves(grid, cell, Net(hidden), 100)
        assert (grid.count(cell) - down.far, grid.count(cell) + up.far) == (
            min(values),
            max(values),
        )


@settings(max_examples=40, deadline=None)
@given(tables, chances)
def test_cells_said_to_be_known_together_are_the_same_in_all_tables(
    grid: Grid, chance: random.Random
) -> None:
    hidden = some_of(grid, chance)
    found = possible(grid, hidden)
    told = list(known_together(hidden))
    for _node, cells, _part in told:
        assert len({sum(one[cell] for cell in cells) for one in found}) == 1
    by_row = [cell for node, cells, _part in told if node >= 0 for cell in cells]
    assert sorted(by_row) == sorted(hidden)  # each stands in one group of its row


def test_the_known_optimum_is_found() -> None:
    found = hidden_cells(KNOWN, [(1, 2)], LIMITS.minimum)
    assert found == {(1, 0), (1, 2), (2, 0), (2, 2)}
    assert sum(map(KNOWN.count, found)) == 59


def test_hidden_cells_that_are_three_people_together_get_company() -> None:
    """1 and 2 in one row hide each other, and are three people together."""
    grid = Grid(((30, 30, 30, 30), (1, 2, 20, 9), (30, 30, 30, 30)))
    assert few_together(grid, {(1, 0), (1, 1), (0, 0), (0, 1)}, LIMITS.minimum)
    found = hidden_cells(grid, [(1, 0), (1, 1)], LIMITS.minimum)
    assert found is not None
    assert not few_together(grid, found, LIMITS.minimum)


def test_a_table_that_cannot_be_protected_is_not() -> None:
    assert hidden_cells(Grid(((2, 30), (0, 40))), [(0, 0)], LIMITS.minimum) is None
    assert hidden_cells(Grid(((2, 30, 8),)), [(0, 0)], LIMITS.minimum) is None


@pytest.mark.parametrize("seed", range(12))
def test_the_attacker_finds_nothing_in_what_is_left(seed: int) -> None:
    chance = random.Random(seed)
    shares = [chance.random() ** 2 for _answer in range(4)]
    counts = [[5, 5, 5, 5] for _group in range(5)]
    for row in counts:
        for answer in range(4):
            row[answer] = int(chance.random() ** 3 * 60 * shares[answer])
    grid = Grid(tuple(map(tuple, counts)))
    must = [cell for cell in grid.cells if LIMITS.is_small(grid.count(cell))]
    found = hidden_cells(grid, must, LIMITS.minimum)
    if found is None:
        return
    equations = Equations()
    places = {cell: equations.unknown(*map(str, cell)) for cell in grid.cells}
    for r, row in enumerate(counts):
        equations.tell([places[r, c] for c in range(4)], sum(row))
    for c, column in enumerate(zip(*counts, strict=True)):
        equations.tell([places[r, c] for r in range(5)], sum(column))
    for cell in set(grid.cells) - found:
        equations.tell([places[cell]], grid.count(cell))
    bounds = Bounds(equations.solved())
    for cell in must:
        low, high = bounds.interval([places[cell]])
        assert high - low > LIMITS.minimum - 0.01
    lines = [[(places[r, c],) for c in range(4)] for r in range(5)]
    columns = [[(places[r, c],) for r in range(5)] for c in range(4)]
    assert not any(is_union_known(bounds, line, LIMITS.minimum) for line in (*lines, *columns))


def test_the_same_table_is_always_ruled_alike() -> None:
    first, again = (hidden_cells(KNOWN, [(1, 2), (0, 2)], LIMITS.minimum) for _time in range(2))
    assert first == again
