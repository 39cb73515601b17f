"""Measurements as series: never more of them than the page shows."""

from collections.abc import Sequence
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Select, case, func, null, select, tuple_
from sqlalchemy.orm import Session, aliased

from participation.disclosure.services import thresholds_in_force
from participation.foundation.i18n import gettext as _
from participation.indicators.models import Indicator, Measurement
from participation.indicators.rules.series import Point, Series

SeriesByIndicator: TypeAlias = dict[int, list[Series]]

_SEX_ORDER = case({"T": 0, "K": 1, "M": 2}, value=Measurement.sex, else_=3)


def newest_series(session: Session, wanted: Select[int]) -> SeriesByIndicator:
    """Of each series the newest value: of the county, and of everybody in each municipality.

    `wanted` selects the ids of indicators. One query.
    """
    shown = (
        (Measurement.municipality_code == "") | (Measurement.sex == "T"),
        Measurement.age_band == "",
        Measurement.reference_label == "",
    )
    series = (Measurement.indicator_id, Measurement.municipality_code, Measurement.sex)
    newest = (
        select(*series, func.max(Measurement.period))
        .where(Measurement.indicator_id.in_(wanted), Measurement.is_current, *shown)
        .group_by(*series)
    )
    is_newest = tuple_(*series, Measurement.period).in_(newest)
    return _asked(session, wanted, is_newest, *shown)


def every_series(session: Session, indicator_id: int) -> list[Series]:
    """All of one indicator: the county, every municipality, what it is compared with. One query."""
    only = select(Indicator.id).where(Indicator.id == indicator_id)
    return _asked(session, only, Measurement.age_band == "").get(indicator_id, [])


def newest_by_age(session: Session, indicator_id: int) -> Sequence[Any]:
    """Values told by age, of the newest period that has any. One query."""
    of_it = (Measurement.indicator_id == indicator_id, Measurement.age_band != "")
    newest = select(func.max(Measurement.period)).where(*of_it, Measurement.is_current)
    return session.execute(
        select(
            Measurement.period,
            Measurement.municipality_code,
            Measurement.sex,
            Measurement.age_band,
            case((Measurement.is_withheld, null()), else_=Measurement.value).label("value"),
        )
        .where(
            *of_it,
            Measurement.is_current,
            Measurement.reference_label == "",
            Measurement.period == newest.scalar_subquery(),
        )
        .order_by(Measurement.municipality_code, _SEX_ORDER, Measurement.id)
    ).all()


def plain_series(session: Session, wanted: Select[int]) -> SeriesByIndicator:
    """The county's values: everybody alone where that is told, none to compare with. One query."""
    everybody = aliased(Measurement)
    told = (
        select(everybody.id)
        .where(
            everybody.indicator_id == Measurement.indicator_id,
            everybody.municipality_code == "",
            everybody.sex == "T",
            everybody.age_band == "",
            everybody.reference_label == "",
            everybody.is_current,
        )
        .correlate(Measurement)
        .exists()
    )
    return _asked(
        session,
        wanted,
        _is_of_the_county(),
        Measurement.reference_label == "",
        (Measurement.sex == "T") | ~told,
    )


def _is_of_the_county() -> ColumnElement[bool]:
    return (Measurement.municipality_code == "") & (Measurement.age_band == "")


def _asked(
    session: Session, wanted: Select[int], *conditions: ColumnElement[bool]
) -> SeriesByIndicator:
    rows: Sequence[Any] = session.execute(
        select(
            Measurement.id,
            Measurement.indicator_id,
            Measurement.sex,
            Measurement.municipality_code,
            Measurement.reference_label,
            Measurement.period,
            Measurement.value,
            Measurement.count_behind,
            Measurement.is_preliminary,
            Measurement.has_break_before,
            Measurement.note,
            Measurement.is_withheld,
        )
        .where(Measurement.indicator_id.in_(wanted), Measurement.is_current, *conditions)
        .order_by(
            Measurement.indicator_id,
            Measurement.reference_label,
            Measurement.municipality_code,
            _SEX_ORDER,
            Measurement.period,
            Measurement.id,
        )
    ).all()
    return _series(rows)


def _series(rows: Sequence[Any]) -> SeriesByIndicator:
    """Ordered rows as series, by indicator."""
    points: dict[tuple[int, str, str, str], list[Point]] = {}
    for row in rows:
        place = (row.indicator_id, row.sex, row.municipality_code, row.reference_label)
        points.setdefault(place, []).append(_point(row))
    series: SeriesByIndicator = {}
    for (indicator_id, sex, municipality, reference), found in points.items():
        one = Series(sex, municipality, reference, tuple(found))
        series.setdefault(indicator_id, []).append(one)
    return series


def _point(row: Any) -> Point:
    """One value; without it where it is withheld, or too few people stand behind it."""
    is_few = thresholds_in_force().is_small(row.count_behind or 0)
    is_withheld = row.is_withheld or is_few
    return Point(
        period=row.period,
        value=None if is_withheld else row.value,
        count_behind=None if is_withheld else row.count_behind,
        is_preliminary=row.is_preliminary,
        has_break_before=row.has_break_before,
        note=_few(row.period, is_few=is_few) if is_withheld else row.note or "",
        is_withheld=is_withheld,
        measurement_id=row.id,
    )


def _few(period: str, *, is_few: bool) -> str:
    if not is_few:
        return _("%(year)s: not shown, so that nobody can be worked out", year=period)
    minimum = thresholds_in_force().minimum
    return _("%(year)s: fewer than %(number)s people", year=period, number=minimum)
