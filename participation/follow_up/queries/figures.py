"""The first indicators of each perspective, with their series for the county.

However many indicators a group has, a page reads as many as it shows.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from participation.county.models import Perspective
from participation.follow_up.queries.subjects import Subject
from participation.follow_up.rules.standing import Standing, Target, standing
from participation.foundation.providers import IndicatorCounter
from participation.indicators.models import Indicator, indicator_areas
from participation.indicators.queries.counted import with_counts
from participation.indicators.queries.series import plain_series
from participation.indicators.rules.definitions import TargetKind
from participation.indicators.rules.series import Series


@dataclass(frozen=True)
class FigureLine:
    """One line of an indicator: everybody, or one sex where the two are told apart only."""

    indicator: Indicator
    perspective_id: int
    series: Series | None
    standing: Standing | None
    target: Target | None
    is_of_one_sex: bool

    @property
    def has_line(self) -> bool:
        """Whether there is something to draw over time."""
        points = self.series.points if self.series else ()
        return sum(1 for point in points if point.value is not None) > 1


@dataclass(frozen=True)
class Figures:
    """Lines in the county's order, and how many indicators each perspective has in all."""

    lines: Sequence[FigureLine]
    totals: dict[int, int]

    def of(self, perspective_id: int) -> list[FigureLine]:
        return [line for line in self.lines if line.perspective_id == perspective_id]

    def more_than_shown(self, perspective_id: int) -> int:
        """How many indicators of a perspective have no line here."""
        shown = {line.indicator.id for line in self.of(perspective_id)}
        return self.totals.get(perspective_id, 0) - len(shown)


def figures(
    session: Session,
    counters: Iterable[IndicatorCounter],
    year: int,
    about: Subject,
    *,
    most: int,
    perspective: str = "",
) -> Figures:
    """At most `most` indicators a perspective, or of one of them.

    Two queries, and one for each shown indicator that the platform counts itself.
    """
    rows = session.execute(_first(about, most, perspective)).all()
    ids = [indicator.id for indicator, _total in rows]
    series = plain_series(session, select(Indicator.id).where(Indicator.id.in_(ids)))
    own = {counter.key: counter for counter in counters}
    lines: list[FigureLine] = []
    for indicator, _total in rows:
        counter = own.get(indicator.counter_key or "")
        told = with_counts(session, series.get(indicator.id, []), counter, year)
        lines += _lines(indicator, told)
    return Figures(lines, {indicator.perspective_id: total for indicator, total in rows})


def _first(about: Subject, most: int, perspective: str) -> Select[Indicator, int]:
    """The first of each perspective, with how many there are."""
    place = func.row_number().over(
        partition_by=Indicator.perspective_id, order_by=(Indicator.position, Indicator.id)
    )
    total = func.count().over(partition_by=Indicator.perspective_id)
    numbered = (
        select(Indicator.id, place.label("place"), total.label("total"))
        .join(Perspective, Perspective.id == Indicator.perspective_id)
        .where(Indicator.is_current, _is_of(about), _is(perspective))
        .subquery()
    )
    return (
        select(Indicator, numbered.c.total)
        .join(numbered, numbered.c.id == Indicator.id)
        .where(numbered.c.place <= most)
        .order_by(Indicator.position, Indicator.id)
    )


def _is_of(about: Subject) -> ColumnElement[bool]:
    """Of the group; or of the area itself and of the groups that work with it."""
    is_of_groups = Indicator.group_id.in_(about.group_ids)
    if about.area is None:
        return is_of_groups
    own = indicator_areas.c.indicator_id
    return is_of_groups | Indicator.id.in_(
        select(own).where(indicator_areas.c.area_id == about.area.id)
    )


def _is(perspective: str) -> ColumnElement[bool]:
    return Perspective.key == perspective if perspective else Perspective.is_current.is_(True)


def _lines(indicator: Indicator, told: Sequence[Series]) -> list[FigureLine]:
    shown: Sequence[Series | None] = told or [None]
    target = target_of(indicator)
    return [
        FigureLine(
            indicator=indicator,
            perspective_id=indicator.perspective_id,
            series=one,
            standing=standing(one.points, indicator.better, target, indicator.decimals)
            if one
            else None,
            target=target,
            is_of_one_sex=one is not None and one.sex != "T",
        )
        for one in shown
    ]


def target_of(indicator: Indicator) -> Target | None:
    """The number that an indicator is to reach."""
    if indicator.target_value is None:
        return None
    kind = indicator.target_kind or TargetKind.AT_LEAST
    return Target(indicator.target_value, kind, indicator.target_by)
