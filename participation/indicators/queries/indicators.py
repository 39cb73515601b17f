"""Indicators with their series, and the model's own counts."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from participation.county.models import Group, Municipality, Perspective
from participation.foundation.errors import NotFound
from participation.foundation.providers import IndicatorCounter
from participation.indicators.models import Indicator
from participation.indicators.queries.counted import with_counts
from participation.indicators.queries.series import (
    SeriesByIndicator,
    county_series,
    every_series,
    newest_series,
)
from participation.indicators.rules.series import Point, Series

Counters = Iterable[IndicatorCounter]


@dataclass(frozen=True)
class IndicatorLine:
    """An indicator in a list, with its series for the whole county: everybody first."""

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
    session: Session, counters: Counters, year: int, *, group_id: int | None = None
) -> list[IndicatorLine]:
    """Every current indicator with the county's series, for charts.

    Two queries, and one per own counter shown. Values of municipalities are not read.
    """
    return _lines(session, counters, year, group_id, county_series)


def newest_lines(
    session: Session, counters: Counters, year: int, *, group_id: int | None = None
) -> list[IndicatorLine]:
    """As `indicator_lines`, with the newest value of each series only, for tables."""
    return _lines(session, counters, year, group_id, newest_series)


def whole_line(session: Session, counters: Counters, year: int, public_id: str) -> IndicatorLine:
    """One current indicator with all its series. Raises NotFound."""
    row = session.execute(_indicators().where(Indicator.public_id == public_id)).one_or_none()
    if row is None:
        raise NotFound
    indicator, group, perspective = row
    series = every_series(session, indicator.id)
    counter = _by_key(counters).get(indicator.counter_key or "")
    return IndicatorLine(indicator, group, perspective, with_counts(session, series, counter, year))


def _lines(
    session: Session,
    counters: Counters,
    year: int,
    group_id: int | None,
    read: Callable[[Session, Select[int]], SeriesByIndicator],
) -> list[IndicatorLine]:
    rows, wanted = _indicators(), select(Indicator.id).where(Indicator.is_current)
    if group_id is not None:
        is_wanted = Indicator.group_id == group_id
        rows, wanted = rows.where(is_wanted), wanted.where(is_wanted)
    own = _by_key(counters)
    series = read(session, wanted)
    return [
        IndicatorLine(
            indicator,
            group,
            perspective,
            with_counts(
                session, series.get(indicator.id, []), own.get(indicator.counter_key or ""), year
            ),
        )
        for indicator, group, perspective in session.execute(rows)
    ]


def _by_key(counters: Counters) -> dict[str, IndicatorCounter]:
    return {counter.key: counter for counter in counters}


def _indicators() -> Select[Indicator, Group, Perspective]:
    return (
        select(Indicator, Group, Perspective)
        .outerjoin(Group, Group.id == Indicator.group_id)
        .join(Perspective, Perspective.id == Indicator.perspective_id)
        .where(Indicator.is_current)
        .order_by(Indicator.position, Indicator.id)
    )


def municipality_names(session: Session) -> dict[str, str]:
    """Names by code, for labels of series."""
    rows = session.execute(select(Municipality.code, Municipality.name))
    return {row[0]: row[1] for row in rows}
