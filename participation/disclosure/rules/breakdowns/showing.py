"""A breakdown as it may be published: groups, columns and rows put together."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from participation.disclosure.rules.breakdowns.by_cell import shown_by_cell
from participation.disclosure.rules.breakdowns.columns import Column, column_choices, in_columns
from participation.disclosure.rules.breakdowns.follow_ups import Sources
from participation.disclosure.rules.breakdowns.groups import named, shown_groups
from participation.disclosure.rules.breakdowns.rows import (
    EVERYBODY,
    Telling,
    added,
    hidden_rows,
    rows_without_n,
)
from participation.disclosure.rules.breakdowns.shapes import (
    Breakdown,
    GroupRow,
    ShownBreakdown,
    ShownGrouped,
    ShownRow,
)
from participation.disclosure.rules.tables import ShownTable, Table, Thresholds

MOST_HIDDEN = 1 / 3  # of the rows, before answers are put together to show more of them


def shown_breakdown(
    breakdown: Breakdown,
    totals: Sequence[tuple[Table, ShownTable]],
    thresholds: Thresholds,
    by_row: Collection[str] = (),
) -> ShownBreakdown | None:
    """`breakdown` as it may be published; None where only one group is large enough.

    `totals`: every question that the breakdown may show, whole and as the release shows it.
    `by_row`: those of which whole rows are hidden, where single cells might be.
    """
    parts = shown_groups(breakdown, thresholds)
    if not parts:
        return None
    found: dict[str, ShownGrouped] = {}
    tables = {table.key: table for table, _total in totals}
    sources = Sources(breakdown, parts, tables, found, thresholds)
    for table, total in totals:
        if table.key in breakdown.rows and not sources.is_without_source(table):
            limits = replace(thresholds, by_cell=thresholds.by_cell and table.key not in by_row)
            shown = _shown_grouped(sources, table, total, limits)
            if shown is not None:
                found[table.key] = shown
    return ShownBreakdown(
        attribute=breakdown.attribute,
        title=breakdown.title,
        subject=breakdown.subject,
        groups=tuple(named(breakdown, part) for part in parts),
        tables=tuple(found.values()),
    )


def _shown_grouped(
    sources: Sources, table: Table, total: ShownTable, thresholds: Thresholds
) -> ShownGrouped | None:
    sources.breakdown.check(table)
    rows = [added(sources.breakdown.rows[table.key], part) for part in sources.parts]
    telling = sources.follow_up(table) or EVERYBODY
    if total.is_hidden or sum(row.n > 0 for row in rows) < 2:
        return None
    if table.is_many:
        return _many(table, total, rows, thresholds, telling)
    if thresholds.by_cell and telling is EVERYBODY:
        by_cell = shown_by_cell(
            table, column_choices(table, total, rows, thresholds), rows, thresholds
        )
        if by_cell is not None:
            return by_cell
    best = _best_columns(table, total, rows, thresholds, telling)
    if best is None:
        return None
    columns, hidden = best
    without_n = rows_without_n([row.n for row in rows], thresholds, telling)
    return ShownGrouped(
        key=table.key,
        columns=tuple(column.cell for column in columns),
        is_merged=len(columns) < len(table.cells),
        rows=tuple(
            ShownRow(
                n=None if place in without_n else row.n,
                counts=None if place in hidden else in_columns(row, columns).counts,
            )
            for place, row in enumerate(rows)
        ),
    )


def _best_columns(
    table: Table,
    total: ShownTable,
    rows: Sequence[GroupRow],
    thresholds: Thresholds,
    telling: Telling,
) -> tuple[list[Column], set[int]] | None:
    """The finest columns with which most rows can be shown, and the rows they hide."""
    asked = sum(row.n > 0 for row in rows)
    found = [
        (
            columns,
            hidden_rows(answers, thresholds, is_sensitive=table.is_sensitive, telling=telling),
        )
        for columns in column_choices(table, total, rows, thresholds)
        if (answers := [in_columns(row, columns) for row in rows])
    ]
    enough = [pair for pair in found if len(pair[1]) <= asked * MOST_HIDDEN]
    return next(iter(enough), min(found, key=lambda pair: len(pair[1]), default=None))


def _many(
    table: Table,
    total: ShownTable,
    rows: Sequence[GroupRow],
    thresholds: Thresholds,
    telling: Telling,
) -> ShownGrouped | None:
    """Any number of answers: each is a yes or no of its own, hidden by itself."""
    columns = [
        (place, cell)
        for place, cell in enumerate(total.cells)
        if cell.count is not None and cell.codes == (table.cells[place].code,)
    ]
    if not columns:
        return None
    without_n = rows_without_n([row.n for row in rows], thresholds, telling)
    hidden = []
    for place, _cell in columns:
        sides = [
            GroupRow(n=row.n, counts=(row.counts[place], row.n - row.counts[place])) for row in rows
        ]
        hidden.append(
            hidden_rows(sides, thresholds, is_sensitive=table.is_sensitive, telling=telling)
        )
    return ShownGrouped(
        key=table.key,
        columns=tuple(replace(cell, count=None) for _place, cell in columns),
        rows=tuple(
            ShownRow(
                n=None if number in without_n else row.n,
                counts=tuple(
                    None if number in gone else row.counts[place]
                    for (place, _cell), gone in zip(columns, hidden, strict=True)
                ),
            )
            for number, row in enumerate(rows)
        ),
    )
