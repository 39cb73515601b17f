"""What the platform counts itself, as series."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from participation.disclosure.services import thresholds_in_force
from participation.foundation.i18n import gettext as _
from participation.foundation.providers import IndicatorCounter
from participation.indicators.rules.series import Point, Series

COUNTED_YEARS = 5


def with_counts(
    session: Session, series: Sequence[Series], counter: IndicatorCounter | None, year: int
) -> Sequence[Series]:
    """The measured series, continued with what the platform counts itself. One query.

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
