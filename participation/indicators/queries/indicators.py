"""Indicators with their series, and the model's own counts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from participation.county.models import Group, Municipality, Perspective
from participation.foundation.errors import NotFound
from participation.foundation.providers import IndicatorCounter
from participation.indicators.models import Indicator
from participation.indicators.queries.counted import with_counts
from participation.indicators.queries.series import (
    SeriesByIndicator,
    every_series,
    newest_series,
)
from participation.indicators.rules.series import Point, Series, Spread, spread_of

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
        """The newest value of the county, of everybody where that is known."""
        own = [one for one in self.series if not (one.municipality_code or one.reference_label)]
        return own[0].points[-1] if own and own[0].points else None

    @property
    def newest_sex(self) -> str:
        """Whom the newest value is of."""
        return self.series[0].sex if self.series else "T"

    @property
    def spread(self) -> Spread | None:
        """Where the municipalities stand, when their values are at hand."""
        return spread_of(self.series)


def whole_line(session: Session, counters: Counters, year: int, public_id: str) -> IndicatorLine:
    """One indicator with all its series, followed or retired. Raises NotFound."""
    row = session.execute(
        _indicators().where(
            Indicator.public_id == public_id,
            Indicator.is_current | Indicator.retired_on.is_not(None),
        )
    ).one_or_none()
    if row is None:
        raise NotFound
    found = {row[0].id: every_series(session, row[0].id)}
    return _line(session, row, found, _by_key(counters), year)


def lines_of(
    session: Session, counters: Counters, year: int, ids: Sequence[int]
) -> list[IndicatorLine]:
    """The indicators of one page of the register, in the order of `ids`, retired ones too.

    With the newest value of the county and of each municipality.
    """
    wanted = select(Indicator.id).where(Indicator.id.in_(ids))
    series = newest_series(session, wanted)
    rows = session.execute(_indicators().where(Indicator.id.in_(ids)))
    own = _by_key(counters)
    lines = {row[0].id: _line(session, row, series, own, year) for row in rows}
    return [lines[one] for one in ids]


def _line(
    session: Session,
    row: Any,
    series: SeriesByIndicator,
    own: Mapping[str, IndicatorCounter],
    year: int,
) -> IndicatorLine:
    indicator, group, perspective = row
    counter = own.get(indicator.counter_key or "")
    measured = series.get(indicator.id, [])
    return IndicatorLine(
        indicator, group, perspective, with_counts(session, measured, counter, year)
    )


def _by_key(counters: Counters) -> dict[str, IndicatorCounter]:
    return {counter.key: counter for counter in counters}


def _indicators() -> Select[Indicator, Group, Perspective]:
    return (
        select(Indicator, Group, Perspective)
        .outerjoin(Group, Group.id == Indicator.group_id)
        .join(Perspective, Perspective.id == Indicator.perspective_id)
        .order_by(Indicator.position, Indicator.id)
    )


def municipality_names(session: Session) -> dict[str, str]:
    """Names by code, for labels of series."""
    rows = session.execute(select(Municipality.code, Municipality.name))
    return {row[0]: row[1] for row in rows}
