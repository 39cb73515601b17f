"""A round's totals as tables for the gate, and a release's tables as charts."""

from collections.abc import Sequence
from dataclasses import dataclass

from participation.disclosure.rules.tables import Cell, ShownTable, Table, TableKind
from participation.foundation.i18n import DEFAULT_LOCALE, ngettext
from participation.foundation.i18n import gettext as _
from participation.questionnaires.queries import QuestionTotal, RoundTotals
from participation.results.rules.uncertainty import whole_percents

# Numbers and consents are not published as whole-round totals: their values can be anything.
TABLE_KINDS = {
    "scale": TableKind.SCALE,
    "single": TableKind.CHOICE,
    "yes_no": TableKind.CHOICE,
    "multiple": TableKind.MANY,
}


def round_tables(totals: RoundTotals) -> tuple[Table, ...]:
    """One table per closed question that somebody answered."""
    return tuple(
        _table(question)
        for question in totals.questions
        if question.kind in TABLE_KINDS and question.answered
    )


def _table(question: QuestionTotal) -> Table:
    kind = TABLE_KINDS[question.kind]
    counted = sum(option.count for option in question.options)
    return Table(
        key=question.key,
        title=question.text.said(DEFAULT_LOCALE),
        kind=kind,
        # An answer whose option no longer exists is in no cell, so it is not in n either.
        n=question.answered if kind is TableKind.MANY else counted,
        cells=tuple(
            Cell(
                code=option.code,
                label=option.text.said(DEFAULT_LOCALE),
                count=option.count,
                is_unsure=option.is_dont_know or option.is_not_applicable,
            )
            for option in question.options
        ),
    )


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A published table as a chart: percents for the bars, words where something is hidden."""

    key: str
    title: str
    n: int | None
    is_bar: bool  # one 100 % bar; else one bar per option
    steps: tuple[str, ...]
    percents: tuple[int, ...]
    has_unsure: bool
    note: str
    rows: tuple[tuple[str, str, str], ...]  # answer, count, per cent

    @property
    def size(self) -> str:
        return "" if self.n is None else ngettext("%(num)s answer", "%(num)s answers", self.n)


def chart(table: ShownTable) -> Chart:
    """What the page draws of a published table. Hidden cells are words, never bars."""
    counts = [cell.count for cell in table.cells]
    n = table.n or 0
    is_whole = not table.is_hidden and not table.has_hidden_cells
    is_bar = is_whole and table.kind is not TableKind.MANY
    shares = _percents([c or 0 for c in counts], n, adds_up=is_bar)
    ordered = [*table.cells]
    return Chart(
        key=table.key,
        title=table.title,
        n=table.n,
        is_bar=is_bar,
        steps=tuple(cell.label for cell in ordered),
        percents=tuple(shares),
        has_unsure=bool(ordered) and ordered[-1].is_unsure,
        note=_note(table),
        rows=tuple(
            (
                cell.label,
                _("hidden") if cell.count is None else str(cell.count),
                "–" if cell.count is None else f"{share} %",
            )
            for cell, share in zip(ordered, shares, strict=True)
        ),
    )


def _percents(counts: Sequence[int], n: int, *, adds_up: bool) -> list[int]:
    if adds_up:
        return whole_percents(list(counts))
    return [round(100 * count / n) if n else 0 for count in counts]


def _note(table: ShownTable) -> str:
    if table.is_hidden:
        return _("Too few answers, or too much alike, to be shown.")
    if table.has_hidden_cells:
        return _("Where few people gave an answer, the number is hidden.")
    if table.is_merged:
        return _("Fewer than thirty answers are shown in fewer steps.")
    return ""
