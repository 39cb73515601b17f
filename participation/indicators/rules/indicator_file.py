"""The county file's `indicators`: definitions and series."""

from dataclasses import dataclass

from participation.county.rules.facts import KnownKeys
from participation.county.rules.nodes import Claims, Node, Shape
from participation.foundation.i18n import gettext as _
from participation.indicators.rules.definitions import (
    BETTER,
    MOST_DECIMALS,
    PERIOD_PATTERNS,
    SEXES,
    Level,
    TargetKind,
    is_period,
    is_web_address,
)

COUNTERS = (
    "activities_with_participation",
    "completed_audits",
    "questionnaires_to_users",
    "questionnaires_to_professionals",
    "young_people_in_forums",
    "municipalities_that_adopted",
    "resident_seats_filled",
    "days_to_answer",
)
INDICATOR = Shape(
    "indicators",
    required=("key", "name", "unit", "source"),
    optional=(
        "group",
        "perspective",
        "description",
        "goal",
        "better",
        "period_kind",
        "counted",
        "source_url",
        "outside_code",
        "numerator",
        "denominator",
        "caveats",
        "level",
        "areas",
        "target_value",
        "target_kind",
        "target_by",
        "decimals",
        "counts_people",
        "measurements",
        "reference_values",
    ),
)
MEASUREMENT = Shape(
    "measurements",
    required=("period", "value"),
    optional=("sex", "n", "municipality", "preliminary", "break_before", "note"),
)
REFERENCE = Shape("reference_values", required=("label", "period", "value"))
SHAPES = (INDICATOR, MEASUREMENT)


@dataclass(frozen=True)
class MeasurementFacts:
    """One value; `reference_label` "" means the county's own."""

    period: str
    value: float
    sex: str = "T"
    municipality_code: str = ""
    reference_label: str = ""
    count_behind: int | None = None
    is_preliminary: bool = False
    has_break_before: bool = False
    note: str | None = None


@dataclass(frozen=True)
class IndicatorFacts:
    """One indicator as the file states it."""

    key: str
    name: str
    group: str | None
    perspective: str
    unit: str
    description: str | None
    source: str
    better: str
    goal: str | None
    period_kind: str
    counter_key: str | None
    source_url: str | None
    outside_code: str | None
    numerator: str | None
    denominator: str | None
    caveats: str | None
    level: str
    target_value: float | None
    target_kind: str | None
    target_by: str | None
    decimals: int
    counts_people: bool
    areas: tuple[str, ...]
    measurements: tuple[MeasurementFacts, ...]


def read_indicators(section: Node, known: KnownKeys) -> list[IndicatorFacts]:
    """Every indicator of the section; what is wrong is noted on the nodes."""
    claims = Claims()
    indicators = []
    for node in section.shaped_entries(INDICATOR):
        indicator = _read_indicator(node, known)
        claims.claim(node, indicator.key)
        indicators.append(indicator)
    return indicators


def _read_indicator(node: Node, known: KnownKeys) -> IndicatorFacts:
    period_kind = node.choice_or_none("period_kind", tuple(PERIOD_PATTERNS)) or "year"
    measured = [
        _measurement(entry, known, period_kind)
        for entry in node.shaped_children("measurements", MEASUREMENT)
    ]
    references = [
        MeasurementFacts(
            period=_period(entry, period_kind),
            value=entry.decimal_or_none("value") or 0.0,
            reference_label=entry.text("label", 80),
        )
        for entry in node.shaped_children("reference_values", REFERENCE)
    ]
    _refuse_doubles(node, [*measured, *references])
    return IndicatorFacts(
        key=node.own_key(),
        name=node.text("name"),
        group=node.reference_or_none("group", known.groups),
        perspective=node.reference_or_none("perspective", known.perspectives) or "resident",
        unit=node.text("unit", 80),
        description=node.text_or_none("description", 2_000),
        source=node.text("source", 500),
        better=node.choice_or_none("better", BETTER) or "higher",
        goal=node.text_or_none("goal", 300),
        period_kind=period_kind,
        counter_key=node.choice_or_none("counted", COUNTERS),
        source_url=_web_address(node),
        outside_code=node.text_or_none("outside_code", 40),
        numerator=node.text_or_none("numerator", 500),
        denominator=node.text_or_none("denominator", 500),
        caveats=node.text_or_none("caveats", 2_000),
        level=node.choice_or_none("level", tuple(Level)) or Level.COUNTY,
        target_value=node.decimal_or_none("target_value"),
        target_kind=_target_kind(node),
        target_by=node.text_or_none("target_by", 10),
        decimals=_decimals(node),
        counts_people=node.flag("counts_people"),
        areas=_areas(node, known),
        measurements=(*measured, *references),
    )


def _areas(node: Node, known: KnownKeys) -> tuple[str, ...]:
    found = node.texts("areas")
    for key in found:
        if key not in known.areas:
            node.error(_("“%(key)s” is no area of the county", key=key), "areas")
    return tuple(dict.fromkeys(found))


def _web_address(node: Node) -> str | None:
    """The source's address: a link on public pages and in the open data, so of the web only."""
    address = node.text_or_none("source_url", 500)
    if address is not None and not is_web_address(address):
        node.error(_("an address on the web begins with https:// or http://"), "source_url")
        return None
    return address


def _target_kind(node: Node) -> str | None:
    """At least, unless the file says at most; none without a figure to reach."""
    if not node.has("target_value"):
        return None
    return node.choice_or_none("target_kind", tuple(TargetKind)) or TargetKind.AT_LEAST


def _decimals(node: Node) -> int:
    """One, unless the file says; what the platform counts has none."""
    if not node.has("decimals"):
        return 0 if node.has("counted") else 1
    return node.whole_number("decimals", smallest=0, largest=MOST_DECIMALS)


def _measurement(node: Node, known: KnownKeys, period_kind: str) -> MeasurementFacts:
    return MeasurementFacts(
        period=_period(node, period_kind),
        value=node.decimal_or_none("value") or 0.0,
        sex=node.choice_or_none("sex", SEXES) or "T",
        municipality_code=node.reference_or_none("municipality", known.municipalities) or "",
        count_behind=node.whole_number_or_none("n"),
        is_preliminary=node.flag("preliminary"),
        has_break_before=node.flag("break_before"),
        note=node.text_or_none("note", 500),
    )


def _period(node: Node, period_kind: str) -> str:
    period = node.text("period", 10)
    if period and not is_period(period, period_kind):
        node.error(
            _("“%(period)s” is no period of the kind %(kind)s", period=period, kind=period_kind),
            "period",
        )
    return period


def _refuse_doubles(node: Node, measurements: list[MeasurementFacts]) -> None:
    seen = set()
    for one in measurements:
        place = (one.period, one.sex, one.municipality_code, one.reference_label)
        if place in seen:
            node.error(_("two values for %(period)s (%(sex)s)", period=one.period, sex=one.sex))
        seen.add(place)
