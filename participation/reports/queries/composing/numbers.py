"""What is measured: indicators by perspective, the model's own, and what the platform counts."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from participation.disclosure.services import thresholds_in_force
from participation.follow_up.queries.figures import target_of
from participation.follow_up.rules.standing import standing
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l
from participation.foundation.i18n import pgettext
from participation.indicators.models import Indicator
from participation.indicators.queries.counted import with_counts
from participation.indicators.queries.indicators import IndicatorLine
from participation.indicators.rules.reading import wanted_in_words
from participation.indicators.rules.series import Point
from participation.indicators.rules.words import SEX_WORDS
from participation.reports.queries.composing.asked import Asked
from participation.reports.rules.snapshot import Json, row, table

FIGURE_NAMES: Mapping[str, Any] = {
    "members": _l("People in the interest bank"),
    "activities": _l("Activities that people took part in"),
    "responses": _l("Answers to questionnaires"),
    "commitments": _l("Answers that are owed in public"),
    "answered": _l("Of these, answered"),
    "overdue": _l("Of these, late"),
}


def indicators(asked: Asked) -> list[Json]:
    """Of each perspective, the newest value against the one before and the target."""
    if not asked.is_of_county:
        return _of_place(asked)
    by_perspective: dict[str, list[IndicatorLine]] = defaultdict(list)
    for one in _measured(asked):
        by_perspective[one.perspective.name].append(one)
    return [
        _table(name, [cells for one in own for cells in _rows(one)])
        for name, own in by_perspective.items()
    ]


def own_indicators(asked: Asked) -> list[Json]:
    """What the participation model itself answers for, as the platform counts it."""
    rows = [cells for one in _counted(asked) for cells in _rows(one)]
    return [_table(_("The model's own indicators"), rows)] if rows else []


def participation(asked: Asked) -> list[Json]:
    told = {
        figure.key: figure.value
        for provider in asked.providers.figures
        for figure in provider.figures(asked.session)
    }
    is_small = thresholds_in_force().is_small
    rows = [
        row(str(name), _("fewer than five") if is_small(told[key]) else told[key])
        for key, name in FIGURE_NAMES.items()
        if key in told
    ]
    return [table(_("So far"), (_("What"), _("Number")), rows, numbers="1")] if rows else []


def _measured(asked: Asked) -> list[IndicatorLine]:
    """The indicators that somebody measures, with the county's series."""
    return [
        replace(line, series=asked.county_series.get(line.indicator.id, []))
        for line in asked.indicator_lines
        if line.indicator.counter_key is None
    ]


def _counted(asked: Asked) -> list[IndicatorLine]:
    """The indicators that the platform counts itself, after what was measured before it did."""
    own = {counter.key: counter for counter in asked.providers.counters}
    return [
        replace(
            line,
            series=with_counts(
                asked.session,
                asked.county_series.get(line.indicator.id, []),
                own.get(line.indicator.counter_key),
                asked.today.year,
            ),
        )
        for line in asked.indicator_lines
        if line.indicator.counter_key is not None
    ]


def _table(caption: str, rows: Sequence[Json]) -> Json:
    columns = (
        _("Indicator"),
        _("Newest value"),
        pgettext("measurement", "Unit"),
        _("Period"),
        _("Target"),
        _("How it is going"),
    )
    return table(caption, columns, rows, numbers="1")


def _rows(line: IndicatorLine) -> list[Json]:
    one, goal = line.indicator, _goal(line.indicator)
    own = [series for series in line.series if not series.reference_label]
    shown = [series for series in own if series.sex == "T"][:1] or own
    if not shown:
        return [row(one.name, _("no value yet"), one.unit, None, goal, None)]
    told = []
    for series in shown:
        now = standing(series.points, one.better, target_of(one), one.decimals)
        told.append(
            row(
                one.name if series.sex == "T" else f"{one.name} ({SEX_WORDS[series.sex]})",
                now.newest.value if now else _("no value yet"),
                one.unit,
                _period(now.newest) if now else None,
                goal,
                now.in_words if now else None,
                refs=_refs(series.points),
            )
        )
    return told


def _goal(indicator: Indicator) -> str | None:
    """The number to reach; where there is none, the target in the county's words."""
    target = target_of(indicator)
    if target is None:
        return indicator.goal
    return wanted_in_words(target.value, target.kind, target.by, indicator.decimals)


def _refs(points: Sequence[Point]) -> list[str]:
    """The newest two values, which the row tells of: withheld later, they go from it."""
    shown = [one for one in points if one.value is not None][-2:]
    return [f"measurement:{one.measurement_id}" for one in shown if one.measurement_id]


def _period(point: Point) -> str:
    return ", ".join([point.period, _("preliminary")] if point.is_preliminary else [point.period])


def _of_place(asked: Asked) -> list[Json]:
    """Values of the municipality itself; too few people behind one, and it is not there."""
    place = asked.report.municipality
    if place is None:
        return []
    by_perspective: dict[str, list[Json]] = defaultdict(list)
    for line in asked.indicator_lines:
        one = line.indicator
        for series in line.series:
            if series.municipality_code == place.code and series.sex == "T" and series.points:
                point = series.points[-1]
                value = _("hidden") if point.value is None else point.value
                cells = row(one.name, value, one.unit, _period(point), _goal(one), None)
                cells["refs"] = _refs((point,))
                by_perspective[line.perspective.name].append(cells)
    return [_table(name, own) for name, own in by_perspective.items()]
