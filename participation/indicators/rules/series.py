"""Series of measurements as charts draw them: points in order, breaks where measuring changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Point:
    """One value of a series. `value` None: nothing measured, the line stops there."""

    period: str
    value: float | None
    count_behind: int | None = None
    is_preliminary: bool = False
    has_break_before: bool = False
    note: str = ""
    is_withheld: bool = False  # there is a value, and too few people behind it
    measurement_id: int | None = None  # None: counted here, not measured


@dataclass(frozen=True)
class Series:
    """Points of one municipality and sex; `label` names it ("Flickor", "Riket", "")."""

    sex: str
    municipality_code: str
    reference_label: str
    points: tuple[Point, ...]


def unbroken_runs(points: Iterable[Point]) -> list[list[Point]]:
    """The stretches a line may join: cut at breaks and at missing values.

    >>> runs = unbroken_runs([Point("2016", 1.0), Point("2017", 2.0, has_break_before=True)])
    >>> [[p.period for p in run] for run in runs]
    [['2016'], ['2017']]
    """
    runs: list[list[Point]] = []
    is_joined = False
    for point in points:
        if point.value is None:
            is_joined = False
            continue
        if not is_joined or point.has_break_before:
            runs.append([])
        runs[-1].append(point)
        is_joined = True
    return runs


def whole_percents(counts: Sequence[int]) -> list[int]:
    """Shares in whole percent that add up to 100 (largest remainders); all 0 for no counts.

    >>> whole_percents([1, 1, 1])
    [34, 33, 33]
    """
    total = sum(counts)
    if not total:
        return [0] * len(counts)
    exact = [100 * count / total for count in counts]
    shares = [int(share) for share in exact]
    by_remainder = sorted(range(len(counts)), key=lambda i: (shares[i] - exact[i], i))
    for position in by_remainder[: 100 - sum(shares)]:
        shares[position] += 1
    return shares


@dataclass(frozen=True)
class Spread:
    """The lowest and the highest newest value among places, and how many places there are."""

    low: float
    high: float
    places: int
    period: str


def spread_of(series: Iterable[Series]) -> Spread | None:
    """How the newest values of the municipalities differ; of the newest period only."""
    points = [one.points[-1] for one in series if one.municipality_code and one.points]
    shown = [(point.period, point.value) for point in points if point.value is not None]
    if not shown:
        return None
    period = max(period for period, _value in shown)
    values = [value for of, value in shown if of == period]
    return Spread(min(values), max(values), len(values), period)
