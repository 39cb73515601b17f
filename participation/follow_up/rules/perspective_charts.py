"""A question and an indicator as charts: the news as the headline, what is measured under it."""

from collections.abc import Sequence

from participation.disclosure.rules.breakdowns import ShownBreakdown
from participation.disclosure.rules.tables import ShownTable, TableKind
from participation.foundation.charts import StackedChart, StackedRow
from participation.foundation.i18n import gettext as _
from participation.results.rules.round_tables import GroupedChart, chart, grouped_chart


def question_chart(
    news: str, table: ShownTable, by_role: ShownBreakdown | None, source: str
) -> StackedChart | None:
    """The bar of everybody and, where its steps are the same, one for each role.

    None where everybody's bar cannot be drawn whole. Hidden shares stay hidden.
    """
    whole = chart(table)
    if not whole.is_bar or table.kind is TableKind.MANY:
        return None
    grouped = _by_role(table, by_role)
    bars = grouped.bars if grouped and grouped.steps == whole.steps else ()
    return StackedChart(
        title=news,
        subtitle=_(
            "“%(question)s” Per cent of the answers. %(source)s",
            question=table.title,
            source=source,
        ),
        steps=whole.steps,
        rows=(
            StackedRow(_("Everybody"), whole.size, whole.percents),
            *(StackedRow(label, size, tuple(shares)) for label, size, shares in bars),
        ),
        kinds=whole.kinds,
        note=" ".join(filter(None, [whole.note, grouped.note if grouped and bars else ""])),
    )


def _by_role(table: ShownTable, by_role: ShownBreakdown | None) -> GroupedChart | None:
    if by_role is None:
        return None
    own = next((one for one in by_role.tables if one.key == table.key), None)
    return grouped_chart(table, by_role, own) if own else None


def chart_rows(drawn: StackedChart) -> list[tuple[str, str, Sequence[int | None]]]:
    """Rows as the `stacked` macro takes them."""
    return [(row.label, row.size, list(row.shares)) for row in drawn.rows]
