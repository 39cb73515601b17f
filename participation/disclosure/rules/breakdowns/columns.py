"""Which answers stand together in every row of a question, and which ways there are."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from participation.disclosure.rules.breakdowns.shapes import GroupRow
from participation.disclosure.rules.suppression import joined_labels, merged_cells
from participation.disclosure.rules.tables import (
    ShownCell,
    ShownTable,
    Table,
    TableKind,
    Thresholds,
)
from participation.foundation.i18n import gettext as _


@dataclass(frozen=True)
class Column:
    """Answers that stand together in every row of a question."""

    places: tuple[int, ...]
    cell: ShownCell


def in_columns(row: GroupRow, columns: Sequence[Column]) -> GroupRow:
    counts = tuple(sum(row.counts[place] for place in column.places) for column in columns)
    return GroupRow(n=row.n, counts=counts)


def column_choices(
    table: Table, total: ShownTable, rows: Sequence[GroupRow], thresholds: Thresholds
) -> list[list[Column]]:
    """The finest first. Below the limit for merging, a scale is shown merged only."""
    fine = _columns(table, total.cells, total)
    choices = [fine, _apart_together(fine)]
    if table.kind is TableKind.SCALE:
        steps = total.cells if total.is_merged else merged_cells(table)
        merged = _apart_together(_columns(table, steps, total))
        few = any(0 < row.n < thresholds.merge_below for row in rows)
        choices = [*([] if few else choices), merged, _united(merged, merged[1:])]
    else:
        by_size = sorted(fine, key=lambda column: sum(table.cells[p].count for p in column.places))
        choices += [_united(fine, by_size[:number]) for number in range(2, len(fine))]
    return [columns for columns in choices if len(columns) > 1]


def _apart_together(columns: Sequence[Column]) -> list[Column]:
    """ "Don't know" and "does not apply" as one."""
    apart = [column for column in columns if column.cell.is_unsure]
    label = joined_labels([column.cell.label for column in apart]) if apart else ""
    return _united(columns, apart, label, is_unsure=True)


def _united(
    columns: Sequence[Column], some: Sequence[Column], label: str = "", *, is_unsure: bool = False
) -> list[Column]:
    """`some` of the columns as one, last."""
    if len(some) < 2:
        return list(columns)
    ordered = [column for column in columns if column in some]
    cell = ShownCell(
        codes=tuple(code for column in ordered for code in column.cell.codes),
        label=label or _("Other answers"),
        count=None,
        is_unsure=is_unsure,
    )
    one = Column(tuple(place for column in ordered for place in column.places), cell)
    return [*(column for column in columns if column not in some), one]


def _columns(table: Table, cells: Sequence[ShownCell], total: ShownTable) -> list[Column]:
    """`cells` as columns, where those that hold answers the total hides are one."""
    places = {cell.code: place for place, cell in enumerate(table.cells)}
    hidden = {code for cell in total.cells if cell.count is None for code in cell.codes}
    apart = [cell for cell in cells if hidden & set(cell.codes)]
    columns = [
        Column(tuple(places[code] for code in cell.codes), replace(cell, count=None))
        for cell in cells
        if not hidden & set(cell.codes)
    ]
    if apart:
        codes = tuple(code for cell in apart for code in cell.codes)
        label = apart[0].label if len(apart) == 1 else _("Other answers")
        rest = ShownCell(codes=codes, label=label, count=None)
        columns.append(Column(tuple(places[code] for code in codes), rest))
    return columns
