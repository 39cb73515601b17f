"""A release's tables as rows of a file: the same cells as the page, one row for each of them.

A hidden cell says so, and a share is never given where its count is hidden.
"""

from collections.abc import Sequence

from participation.disclosure.rules.breakdowns import ShownBreakdown, ShownGrouped
from participation.disclosure.rules.tables import ShownTable
from participation.foundation.i18n import gettext as _

Row = tuple[str | int | float | None, ...]


def headings() -> tuple[str, ...]:
    return (
        _("Question"),
        _("Broken down by"),
        _("Group"),
        _("Answer"),
        _("Number"),
        _("Number who answered"),
        _("Share, per cent"),
        _("Remark"),
    )


def total_rows(tables: Sequence[ShownTable]) -> list[Row]:
    """Everybody together, question by question."""
    return [
        _row((table.title, "", _("Everybody"), cell.label), cell.count, table.n)
        for table in tables
        for cell in table.cells
    ]


def grouped_rows(tables: Sequence[ShownTable], shown: ShownBreakdown, title: str) -> list[Row]:
    """One breakdown, question by question and group by group. `title`: of the attribute."""
    titles = {table.key: table.title for table in tables}
    return [
        row
        for grouped in shown.tables
        for row in _of_question(titles[grouped.key], shown, grouped, title)
    ]


def _of_question(
    question: str, shown: ShownBreakdown, grouped: ShownGrouped, title: str
) -> list[Row]:
    return [
        _row(
            (question, title, group.label, column.label),
            None if row.counts is None else row.counts[place],
            row.n,
        )
        for group, row in zip(shown.groups, grouped.rows, strict=True)
        if row.n != 0
        for place, column in enumerate(grouped.columns)
    ]


def _row(names: tuple[str, str, str, str], count: int | None, n: int | None) -> Row:
    share = round(100 * count / n, 1) if count is not None and n else None
    return (*names, count, n, share, "" if count is not None else _("hidden"))
