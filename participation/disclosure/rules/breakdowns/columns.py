"""Which answers stand together in every row of a question, and which ways there are."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from participation.disclosure.rules.breakdowns.shapes import GroupRow
from participation.disclosure.rules.suppression import (
    joined_labels,
    merged_cells,
    other_answers,
)
from participation.disclosure.rules.tables import (
    ShownCell,
    ShownTable,
    Table,
    TableKind,
    Thresholds,
)


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
        lower = [column for column in merged[1:] if not column.cell.is_unsure]
        choices = [*([] if few else choices), merged, _lower_together(merged, lower)]
        choices.append(_united(merged, merged[1:]))
    else:
        by_size = sorted(fine, key=lambda column: sum(table.cells[p].count for p in column.places))
        choices += [_united(fine, by_size[:number]) for number in range(2, len(fine))]
    return [columns for columns in choices if len(columns) > 1]


def _lower_together(columns: Sequence[Column], lower: Sequence[Column]) -> list[Column]:
    """The steps of a scale below the upper ones as one."""
    return _united(columns, lower, joined_labels([c.cell.label for c in lower]) if lower else "")


def _apart_together(columns: Sequence[Column]) -> list[Column]:
    """ "Don't know" and "does not apply" as one."""
    apart = [column for column in columns if column.cell.is_unsure]
    return _united(columns, apart, joined_labels([c.cell.label for c in apart]) if apart else "")


def _united(columns: Sequence[Column], some: Sequence[Column], label: str = "") -> list[Column]:
    """`some` of the columns as one, last. With "don't know" among them it is no step."""
    if len(some) < 2:
        return list(columns)
    ordered = [column for column in columns if column in some]
    is_unsure = any(column.cell.is_unsure for column in ordered)
    cell = ShownCell(
        codes=tuple(code for column in ordered for code in column.cell.codes),
        label=label or other_answers(with_unsure=is_unsure),
        count=None,
        is_unsure=is_unsure,
    )
    one = Column(tuple(place for column in ordered for place in column.places), cell)
    return _unsure_last([*(column for column in columns if column not in some), one])


def _unsure_last(columns: Sequence[Column]) -> list[Column]:
    return sorted(columns, key=lambda column: column.cell.is_unsure)


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
        is_unsure = any(cell.is_unsure for cell in apart)
        label = apart[0].label if len(apart) == 1 else other_answers(with_unsure=is_unsure)
        rest = ShownCell(codes=codes, label=label, count=None, is_unsure=is_unsure)
        columns.append(Column(tuple(places[code] for code in codes), rest))
    return _unsure_last(columns)
