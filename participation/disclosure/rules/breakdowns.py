"""A question by group: which groups stand for themselves, and which rows may be shown.

No cell inside a shown row is ever hidden, so there is nothing to work out within it. Instead

- groups too small to stand alone are put together, once for the whole breakdown;
- answers that the whole round hides are one column, "other answers", and further ones join
  where too many rows would have to be hidden;
- a row with a small count or complement is hidden whole, and with it as many rows as are needed
  for the hidden ones together to be a row that could be shown.

Then, for whoever subtracts, the hidden rows are a table whose margins are all 0 or at least the
minimum. Such a table lets a cell range over at least the minimum: `min(row, column, rest of the
rows, rest of the columns)`. tests/unit/test_breakdowns.py attacks it with linear programming.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from participation.disclosure.rules.suppression import joined_labels, merged_cells
from participation.disclosure.rules.tables import (
    ShownCell,
    ShownTable,
    Table,
    TableKind,
    Thresholds,
)
from participation.foundation.i18n import format_and, mid_sentence
from participation.foundation.i18n import gettext as _

MOST_HIDDEN = 1 / 3  # of the rows, before answers are put together to show more of them


@dataclass(frozen=True, kw_only=True)
class Group:
    """Some respondents: `people` of them. `is_unknown`: those who did not say."""

    code: str
    label: str
    people: int
    is_unknown: bool = False


@dataclass(frozen=True, kw_only=True)
class GroupRow:
    """One group's answers to one question; `counts` in the order of the whole table's cells."""

    n: int
    counts: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Breakdown:
    """All questions by one attribute. `rows` by question key, a row per group.

    `subject`: breakdowns of one subject are never published side by side, because the groups of
    one lie within those of the other (units within municipalities).
    `question_key`: the question that asked for the attribute, if one did.
    """

    attribute: str
    title: str
    subject: str
    groups: tuple[Group, ...]
    rows: dict[str, tuple[GroupRow, ...]]
    is_ordered: bool = False
    question_key: str = ""

    def check(self, table: Table) -> None:
        """Raises ValueError when the rows of `table` do not add up to it."""
        rows = self.rows[table.key]
        columns = zip(*(row.counts for row in rows), strict=True)
        fits = [sum(column) for column in columns] == [cell.count for cell in table.cells]
        if not fits or sum(row.n for row in rows) != table.n:
            raise ValueError(f"{table.key} by {self.attribute} does not add up")


@dataclass(frozen=True, kw_only=True)
class ShownGroup:
    """One row's name: a group, or several put together."""

    codes: tuple[str, ...]
    label: str


@dataclass(frozen=True, kw_only=True)
class ShownRow:
    """`n` None: hidden. `counts` None: hidden; single ones are, where each answer stands alone."""

    n: int | None
    counts: tuple[int | None, ...] | None


@dataclass(frozen=True, kw_only=True)
class ShownGrouped:
    """One question of a published breakdown; `columns` carry no counts of their own."""

    key: str
    columns: tuple[ShownCell, ...]
    rows: tuple[ShownRow, ...]
    is_merged: bool = False

    @property
    def shape(self) -> tuple[Any, ...]:
        """Which answers stand together and what is hidden, row by row."""
        return (
            tuple(column.codes for column in self.columns),
            tuple((row.n is None, _pattern(row.counts)) for row in self.rows),
        )


def _pattern(counts: Sequence[int | None] | None) -> tuple[bool, ...] | None:
    return None if counts is None else tuple(count is None for count in counts)


@dataclass(frozen=True, kw_only=True)
class ShownBreakdown:
    """A published breakdown: the same groups for every question."""

    attribute: str
    title: str
    subject: str
    groups: tuple[ShownGroup, ...]
    tables: tuple[ShownGrouped, ...]

    def table(self, key: str) -> ShownGrouped | None:
        return next((table for table in self.tables if table.key == key), None)

    def as_json(self) -> dict[str, Any]:
        return {
            "attribute": self.attribute,
            "title": self.title,
            "subject": self.subject,
            "groups": [{"codes": list(g.codes), "label": g.label} for g in self.groups],
            "tables": [
                {
                    "key": table.key,
                    "is_merged": table.is_merged,
                    "columns": [
                        {"codes": list(c.codes), "label": c.label, "is_unsure": c.is_unsure}
                        for c in table.columns
                    ],
                    "rows": [
                        {"n": row.n, "counts": None if row.counts is None else list(row.counts)}
                        for row in table.rows
                    ],
                }
                for table in self.tables
            ],
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "ShownBreakdown":
        return cls(
            attribute=data["attribute"],
            title=data["title"],
            subject=data["subject"],
            groups=tuple(
                ShownGroup(codes=tuple(g["codes"]), label=g["label"]) for g in data["groups"]
            ),
            tables=tuple(_grouped_from_json(table) for table in data["tables"]),
        )


def _grouped_from_json(data: dict[str, Any]) -> ShownGrouped:
    return ShownGrouped(
        key=data["key"],
        is_merged=data["is_merged"],
        columns=tuple(
            ShownCell(
                codes=tuple(c["codes"]), label=c["label"], count=None, is_unsure=c["is_unsure"]
            )
            for c in data["columns"]
        ),
        rows=tuple(
            ShownRow(n=row["n"], counts=None if row["counts"] is None else tuple(row["counts"]))
            for row in data["rows"]
        ),
    )


# ---------------------------------------------------------------- which groups


def shown_groups(breakdown: Breakdown, thresholds: Thresholds) -> list[list[int]]:
    """Positions of the groups that stand together, each part large enough; [] when only one is.

    Ages go together with their neighbour, others into one part at the end.
    """
    asked = [place for place, group in enumerate(breakdown.groups) if group.people]
    people = [group.people for group in breakdown.groups]
    join = _neighbours if breakdown.is_ordered else _smallest
    parts = join(asked, people, thresholds.minimum)
    return parts if len(parts) > 1 else []


def _neighbours(places: Sequence[int], people: Sequence[int], minimum: int) -> list[list[int]]:
    """Worked example: 3, 20, 4 → the first two together, and the last joins them."""
    parts: list[list[int]] = []
    waiting: list[int] = []
    for place in places:
        waiting.append(place)
        if sum(people[p] for p in waiting) >= minimum:
            parts.append(waiting)
            waiting = []
    if waiting and parts:
        parts[-1] += waiting
    return parts


def _smallest(places: Sequence[int], people: Sequence[int], minimum: int) -> list[list[int]]:
    """Worked example: 20, 3, 9, 8 → 20 and 9 alone, 3 with 8."""
    alone = [place for place in places if people[place] >= minimum]
    together = [place for place in places if people[place] < minimum]
    while together and alone and sum(people[p] for p in together) < minimum:
        together.append(alone.pop(alone.index(min(alone, key=lambda p: (people[p], p)))))
    return [[place] for place in alone] + ([sorted(together)] if together else [])


def _named(breakdown: Breakdown, part: Sequence[int]) -> ShownGroup:
    groups = [breakdown.groups[place] for place in part]
    labels = [group.label for group in groups]
    if len(labels) > 1 and breakdown.is_ordered:
        label = joined_labels(labels)
    elif len(labels) > 1:
        label = _("Others: %(names)s", names=format_and([labels[0], *map(_inner, groups[1:])]))
    else:
        label = labels[0]
    return ShownGroup(codes=tuple(group.code for group in groups), label=label)


def _inner(group: Group) -> str:
    return mid_sentence(group.label, are_names=not group.is_unknown)


# ---------------------------------------------------------------- which rows


def shown_breakdown(
    breakdown: Breakdown,
    totals: Sequence[tuple[Table, ShownTable]],
    thresholds: Thresholds,
) -> ShownBreakdown | None:
    """`breakdown` as it may be published; None where only one group is large enough.

    `totals`: every question that the breakdown may show, whole and as the release shows it.
    """
    parts = shown_groups(breakdown, thresholds)
    if not parts:
        return None
    tables = [
        shown
        for table, total in totals
        if table.key in breakdown.rows
        and (shown := _shown_grouped(breakdown, parts, table, total, thresholds))
    ]
    return ShownBreakdown(
        attribute=breakdown.attribute,
        title=breakdown.title,
        subject=breakdown.subject,
        groups=tuple(_named(breakdown, part) for part in parts),
        tables=tuple(tables),
    )


@dataclass(frozen=True)
class Column:
    """Answers that stand together in every row of a question."""

    places: tuple[int, ...]
    cell: ShownCell


def _shown_grouped(
    breakdown: Breakdown,
    parts: Sequence[Sequence[int]],
    table: Table,
    total: ShownTable,
    thresholds: Thresholds,
) -> ShownGrouped | None:
    breakdown.check(table)
    rows = [_added(breakdown.rows[table.key], part) for part in parts]
    if total.is_hidden or sum(row.n > 0 for row in rows) < 2:
        return None
    if table.is_many:
        return _many(table, total, rows, thresholds)
    best = _best_columns(table, total, rows, thresholds)
    if best is None:
        return None
    columns, hidden = best
    without_n = rows_without_n([row.n for row in rows], thresholds)
    return ShownGrouped(
        key=table.key,
        columns=tuple(column.cell for column in columns),
        is_merged=len(columns) < len(table.cells),
        rows=tuple(
            ShownRow(
                n=None if place in without_n else row.n,
                counts=None if place in hidden else _in_columns(row, columns).counts,
            )
            for place, row in enumerate(rows)
        ),
    )


def _added(rows: Sequence[GroupRow], part: Sequence[int]) -> GroupRow:
    chosen = [rows[place] for place in part]
    return GroupRow(
        n=sum(row.n for row in chosen),
        counts=tuple(map(sum, zip(*(row.counts for row in chosen), strict=True))),
    )


def _in_columns(row: GroupRow, columns: Sequence[Column]) -> GroupRow:
    counts = tuple(sum(row.counts[place] for place in column.places) for column in columns)
    return GroupRow(n=row.n, counts=counts)


def _best_columns(
    table: Table, total: ShownTable, rows: Sequence[GroupRow], thresholds: Thresholds
) -> tuple[list[Column], set[int]] | None:
    """The finest columns with which most rows can be shown, and the rows they hide."""
    asked = sum(row.n > 0 for row in rows)
    found = [
        (columns, hidden_rows(answers, thresholds, is_sensitive=table.is_sensitive))
        for columns in _column_choices(table, total, rows, thresholds)
        if (answers := [_in_columns(row, columns) for row in rows])
    ]
    enough = [pair for pair in found if len(pair[1]) <= asked * MOST_HIDDEN]
    return next(iter(enough), min(found, key=lambda pair: len(pair[1]), default=None))


def _column_choices(
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


def _many(
    table: Table, total: ShownTable, rows: Sequence[GroupRow], thresholds: Thresholds
) -> ShownGrouped | None:
    """Any number of answers: each is a yes or no of its own, hidden by itself."""
    columns = [
        (place, cell)
        for place, cell in enumerate(total.cells)
        if cell.count is not None and cell.codes == (table.cells[place].code,)
    ]
    if not columns:
        return None
    without_n = rows_without_n([row.n for row in rows], thresholds)
    hidden = []
    for place, _cell in columns:
        sides = [
            GroupRow(n=row.n, counts=(row.counts[place], row.n - row.counts[place])) for row in rows
        ]
        hidden.append(hidden_rows(sides, thresholds, is_sensitive=table.is_sensitive))
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


def rows_without_n(sizes: Sequence[int], thresholds: Thresholds) -> set[int]:
    """Rows whose size is not told: the small ones, and what keeps them from being subtracted.

    Worked example: 40, 3, 9 → the 3 and the 9.
    """
    hidden = {place for place, n in enumerate(sizes) if thresholds.is_small(n)}
    others = sorted((n, place) for place, n in enumerate(sizes) if n and place not in hidden)
    while hidden and others and not _is_enough([sizes[place] for place in hidden], thresholds):
        hidden.add(others.pop(0)[1])
    return hidden


def _is_enough(sizes: Sequence[int], thresholds: Thresholds) -> bool:
    return len(sizes) > 1 and sum(sizes) >= thresholds.minimum


def hidden_rows(
    rows: Sequence[GroupRow], thresholds: Thresholds, *, is_sensitive: bool = False
) -> set[int]:
    """Rows whose answers are not told. What all of them hold together could be shown.

    Worked example, yes and no: 20+20, 38+2, 9+8 → the second has two noes; alone it would be the
    total less the others, so the third goes with it: together they are 47+10.
    """
    hidden = {p for p, row in enumerate(rows) if row.n and _is_bad(row, thresholds, is_sensitive)}
    hidden |= rows_without_n([row.n for row in rows], thresholds)
    others = sorted(
        (row.n, place) for place, row in enumerate(rows) if row.n and place not in hidden
    )
    while hidden and others:
        rest = _added(rows, sorted(hidden))
        if len(hidden) > 1 and not _is_bad(rest, thresholds, is_sensitive):
            break
        hidden.add(others.pop(0)[1])
    return hidden


def _is_bad(row: GroupRow, thresholds: Thresholds, is_sensitive: bool) -> bool:
    """A count or what it leaves of the row is small; or everybody gave a sensitive answer."""
    if thresholds.is_small(row.n):
        return True
    return any(
        thresholds.is_small(count)
        or thresholds.is_small(row.n - count)
        or (is_sensitive and count == row.n)
        for count in row.counts
    )


# ---------------------------------------------------------------- beside what stands already


def breakdown_clashes(
    earlier: ShownBreakdown, later: ShownBreakdown, thresholds: Thresholds
) -> tuple[str, ...]:
    """Keys of the questions that the two side by side would give away.

    The same attribute of the same source: groups, columns and what is hidden must agree, and
    every number differ by nobody or by enough.
    """
    groups_differ = [g.codes for g in earlier.groups] != [g.codes for g in later.groups]
    return tuple(
        new.key
        for new in later.tables
        if (old := earlier.table(new.key)) is not None
        and (groups_differ or old.shape != new.shape or _differ_by_few(old, new, thresholds))
    )


def _differ_by_few(old: ShownGrouped, new: ShownGrouped, thresholds: Thresholds) -> bool:
    return any(
        before is not None and after is not None and thresholds.is_small(after - before)
        for then, now in zip(old.rows, new.rows, strict=True)
        for before, after in zip(
            (then.n, *(then.counts or ())), (now.n, *(now.counts or ())), strict=True
        )
    )


def skips_are_told(
    breakdown: Breakdown, key: str, sizes: Sequence[int | None], thresholds: Thresholds
) -> bool:
    """True when the published sizes of the groups show that 1–4 of one skipped question `key`."""
    return any(
        size is not None and thresholds.is_small(size - row.n)
        for size, row in zip(sizes, breakdown.rows[key], strict=True)
    )
