"""Indicators: the register, and one indicator with its series."""

from participation.foundation.clock import today
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import db, extension, render, requires
from participation.indicators.queries.indicators import (
    municipality_names,
    newest_lines,
    whole_line,
)
from participation.indicators.rules.series import Point
from participation.indicators.rules.words import SEX_WORDS
from participation.indicators.views.blueprint import blueprint

ChartPoint = tuple[str, float | None, bool, str | None]


def chart_points(points: tuple[Point, ...]) -> list[ChartPoint]:
    """Points as the `trend` macro takes them; a break carries its words."""
    return [
        (
            point.period,
            point.value,
            point.is_preliminary,
            _("New way of counting") if point.has_break_before else None,
        )
        for point in points
    ]


@blueprint.get("/indicators")
@requires(Permission.PUBLIC)
def indicators() -> str:
    """Every indicator with its newest value."""
    counters = extension().features.collect("indicator_counters")
    return render(
        "indicators/public_indicators.html",
        lines=newest_lines(db(), counters, today().year),
        sexes=SEX_WORDS,
    )


@blueprint.get("/indicators/<public_id>")
@requires(Permission.PUBLIC)
def indicator(public_id: str) -> str:
    """One indicator: what it means, where it comes from, every series as chart and table."""
    counters = extension().features.collect("indicator_counters")
    return render(
        "indicators/public_indicator.html",
        line=whole_line(db(), counters, today().year, public_id),
        names=municipality_names(db()),
        sexes=SEX_WORDS,
        chart_points=chart_points,
    )
