"""A question by group where single cells are hidden, and all sizes of groups are told."""

from collections.abc import Sequence

from participation.disclosure.rules.breakdowns.columns import Column, in_columns
from participation.disclosure.rules.breakdowns.shapes import GroupRow, ShownGrouped, ShownRow
from participation.disclosure.rules.cells import Cell, Grid, hidden_cells
from participation.disclosure.rules.tables import Table, Thresholds

MOST_HIDDEN = 1 / 2  # of the cells, before answers are put together to show more of them


def shown_by_cell(
    table: Table,
    choices: Sequence[Sequence[Column]],
    rows: Sequence[GroupRow],
    thresholds: Thresholds,
) -> ShownGrouped | None:
    """The finest columns with which half of it can be shown; None where whole rows must go.

    A group of 1–4 has no size that can be told, so its table has no margins to reckon with.
    """
    if any(thresholds.is_small(row.n) for row in rows):
        return None
    asked = sum(row.n > 0 for row in rows)
    for columns in choices:
        answers = [in_columns(row, columns) for row in rows]
        must = _few(table, answers, thresholds)
        cells = asked * len(columns)
        if len(must) > MOST_HIDDEN * cells:
            continue
        hidden = _hidden(answers, must, thresholds)
        if hidden is not None and len(hidden) <= MOST_HIDDEN * cells:
            return _shown(table, columns, answers, hidden)
    return None


def _few(table: Table, rows: Sequence[GroupRow], thresholds: Thresholds) -> set[Cell]:
    """Cells of a few, or of all but a few; and of all, where the answer is a delicate one."""
    return {
        (r, c)
        for r, row in enumerate(rows)
        for c, count in enumerate(row.counts)
        if thresholds.is_small(count)
        or thresholds.is_small(row.n - count)
        or (table.is_sensitive and row.n > 0 and count == row.n)
    }


def _hidden(
    rows: Sequence[GroupRow], must: set[Cell], thresholds: Thresholds
) -> frozenset[Cell] | None:
    """Groups that nobody answered for, and answers that nobody gave, are told and stay so."""
    if not must:
        return frozenset()
    asked = [r for r, row in enumerate(rows) if row.n]
    given = [c for c in range(len(rows[0].counts)) if any(row.counts[c] for row in rows)]
    grid = Grid(tuple(tuple(rows[r].counts[c] for c in given) for r in asked))
    found = hidden_cells(
        grid, [(asked.index(r), given.index(c)) for r, c in must], thresholds.minimum
    )
    return None if found is None else frozenset((asked[r], given[c]) for r, c in found)


def _shown(
    table: Table, columns: Sequence[Column], rows: Sequence[GroupRow], hidden: frozenset[Cell]
) -> ShownGrouped:
    return ShownGrouped(
        key=table.key,
        columns=tuple(column.cell for column in columns),
        is_merged=len(columns) < len(table.cells),
        rows=tuple(
            ShownRow(
                n=row.n,
                counts=_told([None if (r, c) in hidden else n for c, n in enumerate(row.counts)]),
            )
            for r, row in enumerate(rows)
        ),
    )


def _told(counts: Sequence[int | None]) -> tuple[int | None, ...] | None:
    """A row of which nothing is left is hidden whole."""
    return None if all(count is None for count in counts) else tuple(counts)
