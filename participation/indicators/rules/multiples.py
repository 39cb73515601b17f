"""Several series beside or over each other on one scale, and where their parts stand. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor

from participation.foundation.charts import Scale, TrendPoint, named_places, scale, stretches
from participation.indicators.rules.series import Point, Series

_NEAR = 0.4  # of the highest value: a smaller span would fill less than half of the chart
_ROOM = 1.2  # around the values
LEFT, RIGHT = 4.0, 96.0  # per cent of the width: dots at the edges are whole


@dataclass(frozen=True)
class Stroke:
    """A piece of a line: from and to, `x` in per cent, `y` from 0 (bottom) to 1."""

    x1: float
    y1: float
    x2: float
    y2: float
    is_dashed: bool


@dataclass(frozen=True)
class Mark:
    """One value at its place."""

    x: float
    y: float
    period: str
    value: float
    is_preliminary: bool


@dataclass(frozen=True)
class Drawn:
    """One series, drawn: `newest` is its last value, `breaks` where measuring changed."""

    key: str
    label: str
    marks: tuple[Mark, ...]
    strokes: tuple[Stroke, ...]
    breaks: tuple[float, ...]
    points: tuple[Point, ...]  # one a period; without a value where there is none

    @property
    def newest(self) -> Mark | None:
        return self.marks[-1] if self.marks else None


@dataclass(frozen=True)
class Multiples:
    """Series on the same scale and over the same periods."""

    scale: Scale
    periods: tuple[str, ...]
    named: tuple[tuple[float, str], ...]
    drawn: tuple[Drawn, ...]

    @property
    def begins_above_zero(self) -> bool:
        return self.scale.low > 0

    @property
    def has_breaks(self) -> bool:
        return any(one.breaks for one in self.drawn)

    @property
    def has_preliminary(self) -> bool:
        return any(mark.is_preliminary for one in self.drawn for mark in one.marks)


def multiples(
    series: Sequence[tuple[str, str, Series]], *, target: float | None = None, left: float = LEFT
) -> Multiples:
    """(key, label, series) drawn on one scale, in the order given, from `left` per cent on."""
    periods = tuple(sorted({p.period for _k, _l, one in series for p in one.points}))
    values = [p.value for _key, _label, one in series for p in one.points if p.value is not None]
    near = scale_near if len(series) > 1 else scale
    drawn_on = near(values if target is None else [*values, target])
    places = {period: _x(number, len(periods), left) for number, period in enumerate(periods)}
    always, _wide = named_places(periods)
    return Multiples(
        drawn_on,
        periods,
        tuple((places[periods[number]], periods[number]) for number in sorted(always)),
        tuple(_drawn(key, label, one, drawn_on, places) for key, label, one in series),
    )


def scale_near(values: Sequence[float]) -> Scale:
    """From zero; near the values where they lie so close that lines would fall on each other.

    >>> scale_near([12, 40]).low, scale_near([78, 84]).lines
    (0.0, (76.0, 78.0, 80.0, 82.0, 84.0))
    """
    low, high = min(values, default=0.0), max(values, default=0.0)
    span = high - low
    if low <= 0 or not span or span > high * _NEAR:
        return scale(values)
    step = scale([span * _ROOM]).lines[1]
    first, last = floor((low - step / 2) / step), ceil(high / step)
    lines = tuple(round(number * step, 10) for number in range(first, last + 1))
    return Scale(lines[0], lines[-1], lines)


def _x(number: int, count: int, left: float) -> float:
    return round(left + (RIGHT - left) * (number / (count - 1) if count > 1 else 0.5), 2)


def _drawn(
    key: str, label: str, series: Series, drawn_on: Scale, places: Mapping[str, float]
) -> Drawn:
    told = {point.period: point for point in series.points}
    points = tuple(told.get(period, Point(period, None)) for period in places)
    xs = tuple(places.values())
    ys = [None if p.value is None else round(drawn_on.share(p.value), 4) for p in points]
    joined = stretches(
        [
            TrendPoint(p.period, p.value, p.is_preliminary, "x" if p.has_break_before else "")
            for p in points
        ]
    )
    return Drawn(
        key,
        label,
        tuple(
            Mark(x, y, p.period, p.value, p.is_preliminary)
            for x, y, p in zip(xs, ys, points, strict=True)
            if y is not None and p.value is not None
        ),
        tuple(
            Stroke(xs[s.start], ys[s.start] or 0.0, xs[s.end], ys[s.end] or 0.0, s.is_dashed)
            for s in joined
        ),
        tuple(
            round((xs[number - 1] + xs[number]) / 2, 2)
            for number, point in enumerate(points)
            if point.has_break_before and number
        ),
        points,
    )


def best_first(
    series: Sequence[tuple[str, str, Series]], better: str
) -> list[tuple[str, str, Series]]:
    """By newest value, best first; by name where neither way is better. Without values last."""

    def place(one: tuple[str, str, Series]) -> tuple[bool, float, str]:
        told = [point.value for point in one[2].points if point.value is not None]
        if not told or better == "none":
            return not told, 0.0, one[1]
        return False, -told[-1] if better == "higher" else told[-1], one[1]

    return sorted(series, key=place)
