"""Indicators with their series, and the model's own counts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import Session

from participation.county.models import Group, Municipality, Perspective
from participation.disclosure.services import thresholds_in_force
from participation.foundation.errors import NotFound
from participation.foundation.i18n import gettext as _
from participation.foundation.providers import IndicatorCounter
from participation.indicators.models import Indicator, Measurement
from participation.indicators.rules.series import Point, Series

COUNTED_YEARS = 5


@dataclass(frozen=True)
class IndicatorLine:
    """An indicator in a list, with its series for the whole county."""

    indicator: Indicator
    group: Group | None
    perspective: Perspective
    series: Sequence[Series]

    @property
    def newest(self) -> Point | None:
        """The newest value of the first series."""
        points = self.series[0].points if self.series else ()
        return points[-1] if points else None


def indicator_lines(
    session: Session,
    counters: Iterable[IndicatorCounter],
    year: int,
    *,
    group_id: int | None = None,
    indicator_id: int | None = None,
) -> list[IndicatorLine]:
    """Every current indicator with its series. One query, and one per own counter shown."""
    statement = _with_measurements()
    if group_id is not None:
        statement = statement.where(Indicator.group_id == group_id)
    if indicator_id is not None:
        statement = statement.where(Indicator.id == indicator_id)
    rows = session.execute(statement).all()
    found = {
        indicator.id: (indicator, group, perspective) for indicator, group, perspective, _m in rows
    }
    measured = _series(row.Measurement for row in rows if row.Measurement is not None)
    own = {counter.key: counter for counter in counters}
    return [
        IndicatorLine(
            indicator,
            group,
            perspective,
            _with_counts(
                session, measured.get(indicator.id, []), own.get(indicator.counter_key or ""), year
            ),
        )
        for indicator, group, perspective in found.values()
    ]


def _with_measurements() -> Select[Indicator, Group, Perspective, Measurement]:
    """A row per current measurement of a current indicator; one without, when there is none."""
    return (
        select(Indicator, Group, Perspective, Measurement)
        .outerjoin(Group, Group.id == Indicator.group_id)
        .join(Perspective, Perspective.id == Indicator.perspective_id)
        .outerjoin(
            Measurement,
            and_(Measurement.indicator_id == Indicator.id, Measurement.is_current),
        )
        .where(Indicator.is_current)
        .order_by(
            Indicator.position,
            Indicator.id,
            Measurement.reference_label,
            Measurement.municipality_code,
            Measurement.sex,
            Measurement.period,
            Measurement.id,
        )
    )


def indicator_by_public_id(session: Session, public_id: str) -> Indicator:
    """Raises NotFound."""
    found = session.scalar(select(Indicator).where(Indicator.public_id == public_id))
    if found is None:
        raise NotFound
    return found


def _series(rows: Iterable[Measurement]) -> dict[int, list[Series]]:
    """Ordered rows as series, by indicator."""
    points: dict[tuple[int, str, str, str], list[Point]] = {}
    for row in rows:
        place = (row.indicator_id, row.sex, row.municipality_code, row.reference_label)
        points.setdefault(place, []).append(
            Point(
                period=row.period,
                value=row.value,
                count_behind=row.count_behind,
                is_preliminary=row.is_preliminary,
                has_break_before=row.has_break_before,
                note=row.note or "",
            )
        )
    series: dict[int, list[Series]] = {}
    for (indicator_id, sex, municipality, reference), found in points.items():
        series.setdefault(indicator_id, []).append(
            Series(sex, municipality, reference, tuple(found))
        )
    return series


def _with_counts(
    session: Session, series: list[Series], counter: IndicatorCounter | None, year: int
) -> list[Series]:
    """The measured series, continued with what the platform counts itself.

    What the platform counts is not what documents counted before it, so the line breaks there.
    """
    if counter is None:
        return series
    years = range(year - COUNTED_YEARS + 1, year + 1)
    counted = counter.counts(session, years)
    known = [(str(one), count) for one in years if (count := counted.get(one)) is not None]
    while known and known[0][1] == 0:
        known.pop(0)
    earlier = series[0].points if series else ()
    points = [
        _counted_point(
            period,
            count,
            is_few=counter.is_about_people and thresholds_in_force().is_small(count),
            is_preliminary=period == str(year),
            has_break_before=bool(earlier) and number == 0,
        )
        for number, (period, count) in enumerate(known)
    ]
    return [Series("T", "", "", (*earlier, *points))]


def _counted_point(
    period: str, count: int, *, is_few: bool, is_preliminary: bool, has_break_before: bool
) -> Point:
    return Point(
        period=period,
        value=None if is_few else float(count),
        is_preliminary=is_preliminary,
        has_break_before=has_break_before,
        note=_(
            "%(year)s: fewer than %(number)s people",
            year=period,
            number=thresholds_in_force().minimum,
        )
        if is_few
        else "",
    )


def municipality_names(session: Session) -> dict[str, str]:
    """Names by code, for labels of series."""
    rows = session.execute(select(Municipality.code, Municipality.name))
    return {row[0]: row[1] for row in rows}
