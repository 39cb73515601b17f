"""Charts as data, and where their parts stand: the same rules for pages and for picture files.

Percents arrive rounded and through the gate; nothing is calculated from answers here. None of a
share is hidden, none of a value is missing. `chart_files.chart_svg` draws one as a file of its own,
`components/charts.html` on a page.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import floor, log10

ANSWER, UNSURE, MIXED = "", "unsure", "mixed"  # what a step is: see `shades`
FIRST_NUMBERED = 4  # per cent: a smaller share has no number in its bar, the table has it
NICE = (1.0, 2.0, 2.5, 5.0, 10.0)
MOST_LINES = 4
NARROW, WIDE = 24, 48  # letters under a line that have room on a telephone, and on wider screens
MOST_NUMBERED = 8  # as many values stand beside their dots


@dataclass(frozen=True)
class StackedRow:
    """Who, how many ("412 answers"), and whole per cent of each step; None is hidden."""

    label: str
    size: str
    shares: tuple[int | None, ...]


@dataclass(frozen=True, kw_only=True)
class StackedChart:
    """A 100 % bar for each row. `title` says the news, `subtitle` what is measured."""

    title: str
    subtitle: str = ""
    steps: tuple[str, ...]
    rows: tuple[StackedRow, ...]
    kinds: tuple[str, ...] = ()  # of each step; none: all are answers
    note: str = ""


@dataclass(frozen=True)
class TrendPoint:
    """One period. `broken`: why it cannot be compared with the period before, "" when it can."""

    label: str
    value: float | None
    is_preliminary: bool = False
    broken: str = ""


@dataclass(frozen=True, kw_only=True)
class TrendChart:
    """A line over time, with the target where there is one."""

    title: str
    subtitle: str = ""
    points: tuple[TrendPoint, ...]
    target: float | None = None
    decimals: int | None = None  # of the values; none: as many as they have
    note: str = ""


Chart = StackedChart | TrendChart


# ---------------------------------------------------------------- 100 % bars


def shades(kinds: Sequence[str]) -> list[str]:
    """The class of each step: five shades spread over the answers, darkest first.

    UNSURE (don't know, does not apply) is dashed and MIXED (a rest that holds both) grey: neither
    is a step of the scale. Three answers use the middle.

    >>> shades(["", "", "", "unsure"])
    ['s2', 's3', 's4', 's6']
    """
    worded = sum(1 for kind in kinds if kind == ANSWER)
    spread = {1: (2,), 2: (2, 4), 3: (2, 3, 4), 4: (1, 2, 4, 5)}.get(worded, (1, 2, 3, 4, 5))
    found, place = [], 0
    for kind in kinds:
        if kind == ANSWER:
            found.append(f"s{spread[min(place, len(spread) - 1)]}")
            place += 1
        else:
            found.append("s6" if kind == UNSURE else "s7")
    return found


@dataclass(frozen=True)
class Part:
    """A piece of a bar, in per cent of its width. `step` None: what is hidden, put together."""

    x: float
    width: float
    share: int | None
    step: int | None

    @property
    def is_numbered(self) -> bool:
        return self.share is not None and self.share >= FIRST_NUMBERED


def bar_parts(shares: Sequence[int | None]) -> list[Part]:
    """The pieces from left to right; all hidden ones are one piece at the end.

    >>> [(part.x, part.width) for part in bar_parts([60, None, 30])]
    [(0.0, 60.0), (60.0, 30.0), (90.0, 10.0)]
    """
    told = sum(share for share in shares if share is not None)
    rest = max(100 - told, 0) if None in shares else 0
    whole = max(told + rest, 1)
    found, x = [], 0.0
    for step, share in enumerate(shares):
        if share:
            width = 100.0 * share / whole
            found.append(Part(round(x, 2), round(width, 2), share, step))
            x += width
    if rest:
        found.append(Part(round(x, 2), round(100.0 * rest / whole, 2), None, None))
    return found


# ---------------------------------------------------------------- lines


@dataclass(frozen=True)
class Scale:
    """From `low` to `high` in equal steps; `lines` are the numbers beside it."""

    low: float
    high: float
    lines: tuple[float, ...]

    def share(self, value: float) -> float:
        """Where a value lies: 0 at the bottom, 1 at the top."""
        return (value - self.low) / (self.high - self.low)


def scale(values: Iterable[float | None], *, target: float | None = None) -> Scale:
    """From zero, so that a small change looks small; below it only where values are. Counts get
    no lines between whole numbers.

    >>> scale([21, 26]).lines
    (0.0, 10.0, 20.0, 30.0)
    >>> scale([0.3], target=0.5).high
    0.6
    >>> scale([1, 2]).lines
    (0.0, 1.0, 2.0)
    """
    known = [value for value in (*values, target) if value is not None]
    top, bottom = max([0.0, *known]), min([0.0, *known])
    if top == bottom:
        top = 1.0
    is_whole = all(float(value).is_integer() for value in known)
    step = _nice((top - bottom) / MOST_LINES, is_whole=is_whole)
    first, last = floor(bottom / step), -floor(-top / step)
    lines = tuple(round(number * step, 10) for number in range(first, last + 1))
    return Scale(lines[0], lines[-1], lines)


def scale_of(chart: TrendChart) -> Scale:
    """The scale that holds every value of a chart and its target."""
    return scale((point.value for point in chart.points), target=chart.target)


def _nice(width: float, *, is_whole: bool) -> float:
    """The next of 1, 2, 2.5, 5, 10 times a power of ten; a whole number where that is wanted."""
    size = 10.0 ** floor(log10(width))
    steps = [step * size for step in NICE if step * size >= width * (1 - 1e-9)]
    return next((step for step in steps if not is_whole or step.is_integer()), 1.0)


@dataclass(frozen=True)
class Stretch:
    """A line between two neighbours, by their places; dashed where it leads to a preliminary."""

    start: int
    end: int
    is_dashed: bool


def stretches(points: Sequence[TrendPoint]) -> list[Stretch]:
    """What may be joined: never across a break, nor across a period without a value.

    >>> stretches([TrendPoint("1", 2), TrendPoint("2", 3, True), TrendPoint("3", 1, broken="x")])
    [Stretch(start=0, end=1, is_dashed=True)]
    """
    return [
        Stretch(place, place + 1, new.is_preliminary or old.is_preliminary)
        for place, (old, new) in enumerate(pairwise(points))
        if old.value is not None and new.value is not None and not new.broken
    ]


def named_places(labels: Sequence[str]) -> tuple[set[int], set[int]]:
    """Which periods are named under a line: always, and where there is room. The newest always is.

    >>> named_places(["2016/17", "2017/18", "2018/19", "2019/20", "2020/21"])
    ({0, 2, 4}, {0, 1, 2, 3, 4})
    """
    longest = max((len(label) for label in labels), default=1) or 1
    last = len(labels) - 1
    step = -(-len(labels) // max(WIDE // longest, 2)) or 1
    often = set(range(last, -1, -step))
    step *= -(-len(often) // max(NARROW // longest, 2)) or 1
    return set(range(last, -1, -step)), often


def numbered_places(points: Sequence[TrendPoint]) -> dict[int, str]:
    """Which values stand beside their dots, and how: all of a short line, over their dots; of a
    long one the first and last of each unbroken stretch, leaning away from its break.
    """
    told = [place for place, point in enumerate(points) if point.value is not None]
    if len(points) <= MOST_NUMBERED:
        return dict.fromkeys(told, "mid")
    leads_on = {one.start for one in stretches(points)}
    led_to = {one.end for one in stretches(points)}
    ends = [place for place in told if place not in leads_on or place not in led_to]
    return {
        place: "mid" if place in (told[0], told[-1]) else "end" if place in led_to else "start"
        for place in ends
    }


@dataclass(frozen=True)
class Dot:
    """Where a period stands: `x` in per cent of the width, `y` from 0 (bottom) to 1, None without
    a value. `number` is how its value stands beside it: "mid", "end", "start", or "" not at all.
    """

    x: float
    y: float | None
    point: TrendPoint
    number: str
    is_named: bool
    is_named_wide: bool
    x_before: float  # half-way to the period before: where a break is drawn


LEFT = 7.0  # per cent of the width: the numbers of the scale stand there


def dots(chart: TrendChart) -> list[Dot]:
    """Every period of a line at its place."""
    drawn = scale_of(chart)
    slot = (100.0 - LEFT - 1) / max(len(chart.points), 1)
    always, wide = named_places([point.label for point in chart.points])
    numbered = numbered_places(chart.points)
    return [
        Dot(
            x=round(LEFT + slot * (place + 0.5), 2),
            y=None if point.value is None else round(drawn.share(point.value), 4),
            point=point,
            number=numbered.get(place, ""),
            is_named=place in always,
            is_named_wide=place in wide,
            x_before=round(LEFT + slot * place, 2),
        )
        for place, point in enumerate(chart.points)
    ]


def trend_of(
    title: str,
    subtitle: str | None,
    points: Iterable[tuple[str, float | None, bool, str | None]],
    target: float | None = None,
) -> TrendChart:
    """A chart of the plain rows a template holds: label, value, preliminary, break."""
    return TrendChart(
        title=title,
        subtitle=subtitle or "",
        points=tuple(
            TrendPoint(str(label), value, is_preliminary, broken or "")
            for label, value, is_preliminary, broken in points
        ),
        target=target,
    )


SMALL_WIDTH, SMALL_TOP, SMALL_BOTTOM = 144.0, 5.0, 36.0


@dataclass(frozen=True)
class SmallTrend:
    """A line without words, 144 × 40: paths of what is sure and of what is preliminary, where it
    breaks, the newest dot, and the height of the target.
    """

    line: str
    dashed: str
    breaks: tuple[float, ...]
    newest: tuple[float, float, bool] | None  # x, y, preliminary
    target: float | None
    first_told: TrendPoint | None
    last_told: TrendPoint | None


def small_trend(chart: TrendChart) -> SmallTrend:
    """Where the parts of a small line stand."""
    drawn = scale_of(chart)
    slot = (SMALL_WIDTH - 8) / max(len(chart.points) - 1, 1)
    spots = [
        (round(4 + slot * place, 1), None if one.value is None else _down(drawn, one.value))
        for place, one in enumerate(chart.points)
    ]
    told = [place for place, one in enumerate(chart.points) if one.value is not None]
    last = told[-1] if told else None
    return SmallTrend(
        line=_path(spots, [one for one in stretches(chart.points) if not one.is_dashed]),
        dashed=_path(spots, [one for one in stretches(chart.points) if one.is_dashed]),
        breaks=tuple(
            round(spots[place][0] - slot / 2, 1)
            for place, one in enumerate(chart.points)
            if one.broken and place
        ),
        newest=None
        if last is None
        else (spots[last][0], spots[last][1] or 0, chart.points[last].is_preliminary),
        target=None if chart.target is None else _down(drawn, chart.target),
        first_told=chart.points[told[0]] if told else None,
        last_told=chart.points[told[-1]] if told else None,
    )


def _down(drawn: Scale, value: float) -> float:
    return round(SMALL_BOTTOM - (SMALL_BOTTOM - SMALL_TOP) * drawn.share(value), 1)


def _path(spots: Sequence[tuple[float, float | None]], joined: Sequence[Stretch]) -> str:
    """One path: neighbours that follow on each other are one line.

    >>> _path([(4, 9.0), (8, 7.0), (12, 5.0)], [Stretch(0, 1, False), Stretch(1, 2, False)])
    'M4 9.0L8 7.0L12 5.0'
    """
    parts: list[str] = []
    before = -1
    for one in joined:
        if one.start != before:
            parts.append(f"M{spots[one.start][0]} {spots[one.start][1]}")
        parts.append(f"L{spots[one.end][0]} {spots[one.end][1]}")
        before = one.end
    return "".join(parts)
