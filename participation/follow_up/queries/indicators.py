"""Indicators with their series, and the model's own counts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.county.models import Group, Municipality, Perspective
from participation.follow_up.models import Indicator, Measurement
from participation.follow_up.rules.series import Point, Series
from participation.foundation.errors import NotFound
from participation.foundation.providers import IndicatorCounter

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
    """Every current indicator with its series. Two queries, and one per own counter and year."""
    statement = (
        select(Indicator, Group, Perspective)
        .outerjoin(Group, Group.id == Indicator.group_id)
        .join(Perspective, Perspective.id == Indicator.perspective_id)
        .where(Indicator.is_current)
        .order_by(Indicator.position, Indicator.id)
    )
    if group_id is not None:
        statement = statement.where(Indicator.group_id == group_id)
    if indicator_id is not None:
        statement = statement.where(Indicator.id == indicator_id)
    found = session.execute(statement).all()
    measured = series_of(session, [indicator.id for indicator, _g, _p in found])
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
        for indicator, group, perspective in found
    ]


def indicator_by_public_id(session: Session, public_id: str) -> Indicator:
    """Raises NotFound."""
    found = session.scalar(select(Indicator).where(Indicator.public_id == public_id))
    if found is None:
        raise NotFound
    return found


def series_of(session: Session, indicator_ids: Sequence[int]) -> dict[int, list[Series]]:
    """Every series of the indicators, points in period order. One query."""
    rows = session.scalars(
        select(Measurement)
        .where(Measurement.indicator_id.in_(indicator_ids), Measurement.is_current)
        .order_by(
            Measurement.indicator_id,
            Measurement.reference_label,
            Measurement.municipality_code,
            Measurement.sex,
            Measurement.period,
            Measurement.id,
        )
    )
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
    counted = [(str(one), counter.count(session, one)) for one in years]
    known = [(period, count) for period, count in counted if count is not None]
    while known and known[0][1] == 0:
        known.pop(0)
    earlier = series[0].points if series else ()
    points = [
        Point(
            period=period,
            value=float(count),
            is_preliminary=period == str(year),
            has_break_before=bool(earlier) and number == 0,
        )
        for number, (period, count) in enumerate(known)
    ]
    return [Series("T", "", "", (*earlier, *points))]


def municipality_names(session: Session) -> dict[str, str]:
    """Names by code, for labels of series."""
    rows = session.execute(select(Municipality.code, Municipality.name))
    return {row[0]: row[1] for row in rows}
