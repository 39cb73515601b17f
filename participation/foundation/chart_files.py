"""A chart as an SVG file of its own, 1600 × 900: for slides, reports and newsletters.

Everything is inside: colours (the light ones of the look), fonts by general names, title and
description. The same chart gives the same bytes. Words are broken by estimated width, since a file
knows no fonts.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from xml.sax.saxutils import escape

from participation.foundation.charts import (
    Chart,
    Dot,
    StackedChart,
    StackedRow,
    TrendChart,
    bar_parts,
    dots,
    scale_of,
    shades,
    stretches,
)
from participation.foundation.i18n import format_number
from participation.foundation.i18n import gettext as _

WIDTH, HEIGHT = 1600, 900
EDGE = 80
INNER = WIDTH - 2 * EDGE
SVG_TYPE = "image/svg+xml"
LABEL_WIDTH = 380
LETTER = 0.54  # mean width of a letter, in its size
# The light colours of static/source/medskapa.css: a file stands alone, whatever shows it.
STYLE = """
text{font-family:Inter,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
text{font-size:26px;fill:#2d2b28}.v{paint-order:stroke;stroke:#fff;stroke-width:8px}
.h{font-size:46px;font-weight:700}.m{font-size:26px;fill:#605d56}.b{font-weight:600}
.mid{text-anchor:middle}.end{text-anchor:end}
.s1{fill:#0f4f5f}.s2{fill:#3d7280}.s3{fill:#94b8c0}.s4{fill:#c8dade}
.s5{fill:#e9f0f1;stroke:#94b8c0;stroke-width:1.5}
.s6{fill:#fff;stroke:#7b7973;stroke-width:2;stroke-dasharray:5 5}
.s7{fill:#f5f3ee;stroke:#7b7973;stroke-width:1.5}.s8{fill:url(#hidden);stroke:#7b7973;stroke-width:1.5}
.on1,.on2{fill:#fff}.on3,.on4,.on5{fill:#10262b}
.grid{stroke:#dcd8cf;stroke-width:1.5}.break{stroke:#605d56;stroke-width:3;stroke-dasharray:4 8}
.line{stroke:#0f4f5f;stroke-width:6;stroke-linecap:round}.dash{stroke-dasharray:2 14}
.target{stroke:#056d13;stroke-width:4;stroke-dasharray:24 8}
.dot{fill:#0f4f5f;stroke:#fff;stroke-width:4}.dot-2{fill:#fff;stroke:#0f4f5f;stroke-width:6}
""".strip()
STRIPES = (
    '<defs><pattern id="hidden" width="14" height="14" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><path d="M4 0V14" stroke="#7b7973" stroke-width="3"/>'
    "</pattern></defs>"
)


def chart_svg(chart: Chart, *, source: str = "") -> str:
    """The chart as an SVG document. `source`: a last line, such as where the numbers come from.

    Wider than high (1600 × 900); many rows make it higher.
    """
    head, y = _head(chart)
    drawn, y = _bars(chart, y) if isinstance(chart, StackedChart) else _line(chart, y)
    foot, y = _foot([chart.note, source], y)
    height = max(HEIGHT, y + EDGE // 2)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}"',
        f'viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="title desc" direction="ltr">',
        f'<title id="title">{escape(chart.title)}</title>',
        f'<desc id="desc">{escape(description(chart))}</desc>',
        f"<style>{STYLE}</style>{STRIPES}",
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
        *head,
        *drawn,
        *foot,
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def description(chart: Chart) -> str:
    """Every number in words: what somebody hears who does not see the picture."""
    if isinstance(chart, TrendChart):
        return " ".join(
            [chart.subtitle + ".", *(_said(dot, chart.decimals) for dot in dots(chart))]
        )
    return " ".join([_("Bars that add up to one hundred per cent."), *_rows_said(chart)])


def _said(dot: Dot, decimals: int | None) -> str:
    point = dot.point
    value = _("no value") if point.value is None else format_number(point.value, decimals)
    broken = _("Break in the series: %(reason)s.", reason=point.broken) if point.broken else ""
    preliminary = _("preliminary")
    remark = f" ({preliminary})" if point.is_preliminary else ""
    return f"{broken} {point.label}: {value}{remark}.".strip()


def _rows_said(chart: StackedChart) -> Iterator[str]:
    hidden = _("hidden")
    for row in chart.rows:
        shares = [
            f"{step} {hidden if share is None else share}"
            for step, share in zip(chart.steps, row.shares, strict=False)
        ]
        yield f"{row.label}: {', '.join(shares) or row.size}."


# ---------------------------------------------------------------- words


def broken_lines(text: str, size: float, width: float, most: int = 3) -> list[str]:
    """Words in lines that fit `width` at letters of `size`; the last one ends in "…" if cut.

    >>> broken_lines("en två tre", 10, 40)
    ['en två', 'tre']
    """
    room = max(int(width / (size * LETTER)), 4)
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1][: room - 1]}…"]
    return lines


def _text(x: float, y: float, words: str, css: str = "") -> str:
    kind = f' class="{css}"' if css else ""
    return f'<text x="{x:g}" y="{y:g}"{kind}>{escape(words)}</text>'


def _head(chart: Chart) -> tuple[list[str], int]:
    y, parts = EDGE + 20, []
    for line in broken_lines(chart.title, 46, INNER):
        parts.append(_text(EDGE, y, line, "h"))
        y += 56
    for line in broken_lines(chart.subtitle, 26, INNER):
        parts.append(_text(EDGE, y, line, "m"))
        y += 36
    return parts, y + 14


def _foot(texts: Iterable[str], y: int) -> tuple[list[str], int]:
    lines = [line for text in texts if text for line in broken_lines(text, 26, INNER)]
    y = max(y + 30, HEIGHT - EDGE // 2 - 36 * len(lines))
    return [
        _text(EDGE, y + 36 * place, line, "m") for place, line in enumerate(lines)
    ], y + 36 * len(lines)


# ---------------------------------------------------------------- bars


def _bars(chart: StackedChart, y: int) -> tuple[list[str], int]:
    css = shades(chart.kinds or [""] * len(chart.steps))
    named = list(zip(css, chart.steps, strict=True))
    if any(None in row.shares for row in chart.rows):
        named.append(("s8", _("hidden").capitalize()))
    parts, y = _legend(named, y)
    room = max(HEIGHT - y - 120, 0) // max(len(chart.rows), 1)
    step = min(max(room, 58), 120)
    for row in chart.rows:
        parts += _bar(row, css, y, step - 18)
        y += step
    return parts, y


def _legend(named: Sequence[tuple[str, str]], y: int) -> tuple[list[str], int]:
    parts, x = [], float(EDGE)
    for css, words in named:
        width = 60 + len(words) * 26 * LETTER
        if x > EDGE and x + width > WIDTH - EDGE:
            x, y = float(EDGE), y + 40
        parts.append(f'<rect class="{css}" x="{x:g}" y="{y - 22}" width="24" height="24"/>')
        parts.append(_text(x + 36, y, words))
        x += width + 24
    return parts, y + 40


def _bar(row: StackedRow, css: Sequence[str], y: int, height: int) -> list[str]:
    x, width = EDGE + LABEL_WIDTH, INNER - LABEL_WIDTH
    middle = y + height / 2 + 9
    # Who, over how many: both beside the bar, so that no number stands far from its name.
    label = " ".join(broken_lines(row.label, 26, LABEL_WIDTH - 20, most=1))
    parts = [_text(EDGE, middle - (15 if row.size else 0), label, "b")]
    if row.size:
        parts.append(_text(EDGE, middle + 17, row.size, "m"))
    for part in bar_parts(row.shares):
        tone = "s8" if part.step is None else css[part.step]
        left, wide = x + width * part.x / 100, width * part.width / 100
        parts.append(
            f'<rect class="{tone}" x="{left:.1f}" y="{y}" width="{wide:.1f}" height="{height}"/>'
        )
        if part.is_numbered:
            parts.append(
                _text(round(left + wide / 2, 1), middle, str(part.share), f"b mid on{tone[1:]}")
            )
    return parts


# ---------------------------------------------------------------- lines


def _line(chart: TrendChart, y: int) -> tuple[list[str], int]:
    drawn = scale_of(chart)
    top, bottom = y + 60, HEIGHT - 190
    places = dots(chart)

    def down(share: float) -> float:
        return round(bottom - (bottom - top) * share, 1)

    parts = [_level(value, down(drawn.share(value))) for value in drawn.lines]
    parts += _target(chart, drawn.share, down)
    parts += [_broken(dot, top, bottom) for dot in places if dot.point.broken]
    for one in stretches(chart.points):
        start, end = places[one.start], places[one.end]
        css = "line dash" if one.is_dashed else "line"
        way = f"M{_x(start.x)} {down(start.y or 0)}L{_x(end.x)} {down(end.y or 0)}"
        parts.append(f'<path class="{css}" d="{way}"/>')
    radius = 12 if len(places) <= 12 else 7
    for dot in places:
        parts += _dot(dot, down, bottom, radius)
        parts += _value(dot, down, chart.decimals)
    parts += _remarks(chart, bottom + 96)
    return parts, bottom + 110


def _x(percent: float) -> float:
    return round(EDGE + INNER * percent / 100, 1)


def _level(value: float, y: float) -> str:
    return f'<path class="grid" d="M{EDGE} {y}H{WIDTH - EDGE}"/>' + _text(
        EDGE, y - 8, format_number(value), "m"
    )


def _target(
    chart: TrendChart, share: Callable[[float], float], down: Callable[[float], float]
) -> list[str]:
    if chart.target is None:
        return []
    y = down(share(chart.target))
    words = _("Target: %(value)s", value=format_number(chart.target))
    return [
        f'<path class="target" d="M{EDGE} {y}H{WIDTH - EDGE}"/>',
        _text(WIDTH - EDGE, y - 12, words, "b v end"),
    ]


def _broken(dot: Dot, top: int, bottom: int) -> str:
    x = _x(dot.x_before)
    css = "m mid" if 20 < dot.x_before < 80 else "m end" if dot.x_before >= 80 else "m"
    return f'<path class="break" d="M{x} {top - 20}V{bottom}"/>' + _text(
        x, top - 32, dot.point.broken, css
    )


def _dot(dot: Dot, down: Callable[[float], float], bottom: int, radius: int) -> list[str]:
    parts = []
    x = _x(dot.x)
    if dot.y is not None:
        kind = "dot-2" if dot.point.is_preliminary else "dot"
        parts.append(f'<circle class="{kind}" cx="{x}" cy="{down(dot.y)}" r="{radius}"/>')
    if dot.is_named_wide:
        parts.append(_text(x, bottom + 44, dot.point.label, "m mid"))
    return parts


def _value(dot: Dot, down: Callable[[float], float], decimals: int | None) -> list[str]:
    if dot.y is None or not dot.number:
        return []
    words = format_number(dot.point.value or 0, decimals)
    return [_text(_x(dot.x), down(dot.y) - 26, words, f"b v {dot.number}")]


def _remarks(chart: TrendChart, y: int) -> list[str]:
    said = []
    if any(point.is_preliminary for point in chart.points):
        said.append(_("Hollow dot: preliminary."))
    if any(point.broken for point in chart.points):
        said.append(_("Do not compare across the upright line."))
    return [_text(EDGE, y, " ".join(said), "m")] if said else []
