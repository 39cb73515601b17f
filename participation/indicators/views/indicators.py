"""Indicators: the register, and one indicator with its series."""

from collections.abc import Iterator, Sequence
from typing import Any

from flask import Response

from participation.disclosure.services import thresholds_in_force
from participation.foundation.clock import today
from participation.foundation.files.web import table_download
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.providers import ExplainedCounter
from participation.foundation.web import actor, db, extension, render, requires
from participation.indicators.queries.indicators import (
    Counters,
    IndicatorLine,
    municipality_names,
    whole_line,
)
from participation.indicators.queries.register import areas_of, revisions_of
from participation.indicators.queries.series import newest_by_age
from participation.indicators.rules.outline import outline
from participation.indicators.rules.reading import against_target, county_notes, newest_in_words
from participation.indicators.rules.series import Point, Series
from participation.indicators.rules.words import (
    BETTER_WORDS,
    LEVEL_WORDS,
    PERIOD_WORDS,
    SEX_WORDS,
)
from participation.indicators.views.blueprint import blueprint
from participation.indicators.views.register import register_list
from participation.indicators.views.tables import age_tables, correction_rows, value_tables

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
    """Every indicator that is followed with its newest value, a page at a time."""
    return register_list("indicators/public_indicators.html", _counters())


@blueprint.get("/indicators/<public_id>")
@requires(Permission.PUBLIC)
def indicator(public_id: str) -> str:
    """One indicator: where it stands, every series as chart and table, what it means."""
    line, names = _line(public_id), municipality_names(db())
    one = line.indicator
    shown = outline(line.series, names, SEX_WORDS, one.better, one.target_value)
    return render(
        "indicators/public_indicator.html",
        line=line,
        outline=shown,
        tables=value_tables(shown, one.unit, one.decimals),
        by_age=age_tables(newest_by_age(db(), one.id), names, one.decimals),
        corrections=correction_rows(revisions_of(db(), one.id), names, one.decimals),
        newest=newest_in_words(line.series, SEX_WORDS, one.unit, one.decimals),
        minimum=thresholds_in_force().minimum,
        against=against_target(
            line.newest, one.target_value, one.target_kind, one.target_by, one.decimals
        ),
        notes=county_notes(line.series),
        areas=areas_of(db(), one.id),
        may_edit=actor().scope(Permission.MANAGE_PLANS).everywhere,
        explains=any(
            isinstance(counter, ExplainedCounter) and counter.key == one.counter_key
            for counter in _counters()
        ),
        better=BETTER_WORDS,
        levels=LEVEL_WORDS,
        periods=PERIOD_WORDS,
    )


@blueprint.get("/indicators/<public_id>/values.csv")
@requires(Permission.PUBLIC)
def values_csv(public_id: str) -> Response:
    """Every value that is shown, to take along."""
    return _values(public_id, "csv")


@blueprint.get("/indicators/<public_id>/values.xlsx")
@requires(Permission.PUBLIC)
def values_xlsx(public_id: str) -> Response:
    """Every value that is shown, to take along."""
    return _values(public_id, "xlsx")


def _line(public_id: str) -> IndicatorLine:
    return whole_line(db(), _counters(), today().year, public_id)


def _counters() -> Counters:
    return extension().features.collect("indicator_counters")


def _values(public_id: str, file_format: str) -> Response:
    line = _line(public_id)
    headings = (
        *(_("Indicator"), _("Period"), _("Municipality (name or code)"), _("Gender")),
        *(_("Value"), _("How many it rests on"), _("Preliminary")),
        *(_("Measured in a new way"), _("Remark")),
    )
    rows = _rows(line.indicator.name, line.series, municipality_names(db()))
    return table_download(file_format, line.indicator.name, headings, rows, line.indicator.key)


def _rows(name: str, series: Sequence[Series], names: dict[str, str]) -> Iterator[list[Any]]:
    """As a file that can be taken in again: the whole county and the nation by their names."""
    for one in series:
        place = one.reference_label or names.get(one.municipality_code, "") or _("The whole county")
        for point in one.points:
            yield [
                *(name, point.period, place, one.sex, point.value, point.count_behind),
                _("yes") if point.is_preliminary else "",
                _("yes") if point.has_break_before else "",
                point.note,
            ]
