"""The tables of a resident perspective, for a sheet program: what the page shows, and no more."""

from collections.abc import Iterable, Sequence

from participation.foundation.charts import StackedChart
from participation.foundation.i18n import format_day
from participation.foundation.i18n import gettext as _
from participation.indicators.rules.series import Point
from participation.results.rules.findings import PublishedFinding

Row = tuple[str | int | float | None, ...]


def finding_headings() -> tuple[str, ...]:
    return (
        _("Number"),
        _("Finding"),
        _("Figure"),
        _("Share, per cent"),
        _("Uncertainty from"),
        _("Uncertainty to"),
        _("Number who answered"),
        _("Question"),
        _("Answer"),
        _("Quote"),
        _("Who says it"),
        _("Publication"),
        _("Published"),
    )


def finding_rows(findings: Sequence[PublishedFinding]) -> list[Row]:
    return [_finding(number, one) for number, one in enumerate(findings, start=1)]


def _finding(number: int, one: PublishedFinding) -> Row:
    sure = one.strength
    quote = one.quotes[0] if one.quotes else None
    return (
        number,
        one.title,
        one.figure or "",
        sure.percent if sure else None,
        sure.low if sure else None,
        sure.high if sure else None,
        sure.n if sure else one.voices.n if one.voices else None,
        sure.question if sure else "",
        sure.answers_in_words if sure else "",
        quote.text if quote else "",
        quote.by if quote else "",
        one.release_number,
        format_day(one.published_at),
    )


def question_headings() -> tuple[str, ...]:
    return (
        _("Finding"),
        _("Question"),
        _("Who"),
        _("Number who answered"),
        _("Answer"),
        _("Share, per cent"),
        _("Remark"),
        _("Publication"),
    )


def question_rows(question: str, drawn: StackedChart, release_number: int) -> list[Row]:
    """One row for each share that the chart shows; a hidden one says so."""
    return [
        (
            drawn.title,
            question,
            row.label,
            row.size,
            step,
            share,
            _("hidden") if share is None else "",
            release_number,
        )
        for row in drawn.rows
        for step, share in zip(drawn.steps, row.shares, strict=True)
    ]


def figure_headings() -> tuple[str, ...]:
    return (
        _("Indicator"),
        _("Who"),
        _("Period"),
        _("Value"),
        _("Unit"),
        _("Remark"),
        _("Source"),
    )


def figure_rows(name: str, who: str, unit: str, source: str, points: Iterable[Point]) -> list[Row]:
    """One row for each period; a value that is withheld is empty, with why."""
    return [
        (name, who, point.period, point.value, unit, _remark(point), source) for point in points
    ]


def _remark(point: Point) -> str:
    said = [
        _("New way of counting") if point.has_break_before else "",
        _("Preliminary") if point.is_preliminary else "",
        point.note,
    ]
    return " · ".join(filter(None, said))
