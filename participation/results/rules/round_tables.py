"""A round's totals as tables for the gate, and a release's tables as charts."""

from collections.abc import Sequence
from dataclasses import dataclass

from participation.disclosure.rules.breakdowns import ShownBreakdown, ShownGrouped, ShownRow
from participation.disclosure.rules.tables import Cell, ShownCell, ShownTable, Table, TableKind
from participation.foundation.i18n import DEFAULT_LOCALE, format_and, ngettext
from participation.foundation.i18n import gettext as _
from participation.questionnaires.queries import QuestionTotal, RoundTotals
from participation.results.rules.numbers import class_label, in_classes
from participation.results.rules.uncertainty import whole_percents

# Consents are no results, and are not published: rules/silence.py says so to readers.
BESIDE = 5  # as many groups stand beside each other in a table
TABLE_KINDS = {
    "scale": TableKind.SCALE,
    "single": TableKind.CHOICE,
    "yes_no": TableKind.CHOICE,
    "multiple": TableKind.MANY,
    "ranking": TableKind.CHOICE,
}
NUMBERS = frozenset({"number", "range"})
UNSURE, MIXED = "unsure", "mixed"  # steps that are drawn apart: no answers, and a rest with some
FIRST, NUMBER = "first", "number"  # what is counted: who put it first; classes of numbers


def round_tables(totals: RoundTotals) -> tuple[Table, ...]:
    """One table per closed question that somebody answered.

    All count as sensitive: answers about health, care and school. Where everybody gave the same
    answer, publishing it would tell what each of them answered.
    """
    return tuple(
        _number_table(question) if question.kind in NUMBERS else _table(question)
        for question in totals.questions
        if question.kind in {*TABLE_KINDS, *NUMBERS} and question.answered
    )


def _number_table(question: QuestionTotal) -> Table:
    counts = {float(option.code): option.count for option in question.options}
    is_whole = all(value.is_integer() for value in counts)
    return Table(
        key=question.key,
        title=question.text.said(DEFAULT_LOCALE),
        kind=TableKind.SCALE,
        n=sum(counts.values()),
        cells=tuple(
            Cell(code=code, label=class_label(code, is_whole=is_whole), count=count)
            for code, count in in_classes(counts)
        ),
        is_sensitive=True,
        what=NUMBER,
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
        is_sensitive=True,
        what=FIRST if question.kind == "ranking" else "",
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
    kinds: tuple[str, ...]  # of each step: "" an answer, UNSURE, MIXED
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
    is_bar = is_whole and table.kind is not TableKind.MANY and table.what != NUMBER
    shares = _percents([c or 0 for c in counts], n, adds_up=is_bar)
    ordered = [*table.cells]
    return Chart(
        key=table.key,
        title=table.title,
        n=table.n,
        is_bar=is_bar,
        steps=tuple(cell.label for cell in ordered),
        percents=tuple(shares),
        kinds=step_kinds(table),
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


@dataclass(frozen=True, kw_only=True)
class GroupedChart:
    """A published question by group. `bars`: label, size, whole per cent; the rest in words.
    A share of None is hidden; all that are hidden in a bar are what is left of one hundred.

    `hidden`: groups whose answers are not shown, with their size where that is told.
    `lines` under `columns`: where each answer stands alone, a table instead of bars; a few groups
    stand beside each other, many under each other.
    """

    key: str
    title: str
    steps: tuple[str, ...]
    bars: tuple[tuple[str, str, list[int | None]], ...]
    hidden: tuple[tuple[str, str], ...]
    columns: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]
    kinds: tuple[str, ...]  # of each step, as in Chart

    @property
    def note(self) -> str:
        """One sentence about what is hidden, each name kept apart for Arabic."""
        if not self.hidden:
            return self._hidden_answers()
        names = format_and([f"\u2068{label}\u2069" for label, _size in self.hidden])
        return _("Hidden, since few gave one of the answers: %(names)s.", names=names)

    def _hidden_answers(self) -> str:
        if not any(None in shares for _label, _size, shares in self.bars):
            return ""
        return _(
            "Where few people gave an answer it is hidden, and some others with it, so that it "
            "cannot be worked out."
        )


def grouped_chart(table: ShownTable, shown: ShownBreakdown, grouped: ShownGrouped) -> GroupedChart:
    """What the page draws of one question of a breakdown."""
    named = [
        (group.label, _size(row.n), row)
        for group, row in zip(shown.groups, grouped.rows, strict=True)
        if row.n != 0
    ]
    is_many = table.kind is TableKind.MANY
    told = [(label, size, row) for label, size, row in named if row.counts is not None]
    steps = tuple(column.label for column in grouped.columns)
    columns, lines = _alone(steps, told) if is_many else ((), ())
    return GroupedChart(
        key=table.key,
        title=table.title,
        steps=steps,
        bars=() if is_many else tuple((label, size, _bar(row)) for label, size, row in told),
        hidden=tuple((label, size) for label, size, row in named if row.counts is None),
        columns=columns,
        lines=lines,
        kinds=tuple(_kind(table, column) for column in grouped.columns),
    )


def _bar(row: ShownRow) -> list[int | None]:
    """Whole per cent of each answer, None where it is hidden."""
    counts = row.counts or ()
    told = [count for count in counts if count is not None]
    rest = max((row.n or 0) - sum(told), 0) if len(told) < len(counts) else 0
    shares = iter(whole_percents([*told, rest]))
    return [None if count is None else next(shares) for count in counts]


def step_kinds(table: ShownTable) -> tuple[str, ...]:
    """Which answers of a table are drawn apart, as in Chart."""
    return tuple(UNSURE if cell.is_unsure else "" for cell in table.cells)


def _kind(table: ShownTable, column: ShownCell) -> str:
    """ "Don't know" and "does not apply" are no answers; together with answers they are a rest."""
    unsure = {code for cell in table.cells if cell.is_unsure for code in cell.codes}
    if not column.is_unsure:
        return ""
    return UNSURE if unsure >= set(column.codes) else MIXED


def _alone(
    steps: Sequence[str], told: Sequence[tuple[str, str, ShownRow]]
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Headings after the first and rows of the table of shares."""
    shares = [_shares(row) for _label, _size, row in told]
    if len(told) > BESIDE:
        lines = [
            (label, size, *some) for (label, size, _row), some in zip(told, shares, strict=True)
        ]
        return (_("Answers"), *steps), tuple(lines)
    heads = tuple(f"{label} ({size})" if size else label for label, size, _row in told)
    return heads, tuple((step, *some) for step, *some in zip(steps, *shares, strict=True))


def _size(n: int | None) -> str:
    return "" if n is None else ngettext("%(num)s answer", "%(num)s answers", n)


def _shares(row: ShownRow) -> list[str]:
    """Each answer stands alone; without the row's size a share would be a count."""
    return [
        _("hidden") if count is None or not row.n else f"{round(100 * count / row.n)} %"
        for count in row.counts or ()
    ]


def _middle(table: ShownTable) -> str:
    """The class that the middle answer lies in: no more than the counts say."""
    seen = 0
    for cell in table.cells:
        seen += cell.count or 0
        if 2 * seen >= (table.n or 0):
            return cell.label
    return ""


def _percents(counts: Sequence[int], n: int, *, adds_up: bool) -> list[int]:
    if adds_up:
        return whole_percents(list(counts))
    return [round(100 * count / n) if n else 0 for count in counts]


def _note(table: ShownTable) -> str:
    if table.is_hidden:
        return _("Too few answers, or too much alike, to be shown.")
    if table.what == FIRST and not table.has_hidden_cells:
        return _("How many put each answer first.")
    if table.what == NUMBER and not table.has_hidden_cells:
        return _("The middle answer: %(where)s. Half gave less, half more.", where=_middle(table))
    if table.has_hidden_cells:
        return _("Where few people gave an answer, the number is hidden.")
    if table.is_merged:
        return _("Fewer than thirty answers are shown in fewer steps.")
    return ""
