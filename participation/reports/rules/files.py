"""A report's files, from its snapshot and nothing else: the same snapshot, the same bytes. Pure."""

import base64
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from html import escape

from participation.foundation.chart_files import chart_svg, description
from participation.foundation.i18n import format_day, format_number
from participation.foundation.i18n import gettext as _
from participation.foundation.printing import PDF
from participation.foundation.tabular import XLSX, xlsx_bytes
from participation.reports.rules.snapshot import Cell, Json, blocks_of, chart_of, news

ZIP = "application/zip"
NAMES: Mapping[str, str] = {
    "report.pdf": PDF,
    "report.xlsx": XLSX,
    "report.html": "text/html",
    "report.zip": ZIP,
}
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_STYLE = """
.report td:first-child,.report th:first-child{width:auto}.report img{width:100%;margin-top:2mm}
.report .figure{float:inline-end;font-size:1.5em;font-weight:700;margin-inline-start:6mm}
.report blockquote{margin:1.5mm 0 0;padding-inline-start:4mm;border-inline-start:.6mm solid #8a2c5f;
font-family:"Noto Serif",Georgia,serif}.report blockquote .hint{font-family:"Inter Variable",
"Noto Sans",sans-serif;display:block}.report .part{break-before:page}.report .lead{font-size:1.1em}
.report table{break-inside:auto}.report tr{break-inside:avoid}.report thead{break-after:avoid}
.report .first{margin-top:6mm}.report .question{margin-top:4mm}.report ol.contents{padding:0 5mm}
.report .shown{break-inside:avoid}
""".strip()


def edition(snapshot: Json, version: int) -> str:
    """ "Version 2, 28 november 2026."."""
    return _(
        "Version %(number)s, with what was published on %(day)s.",
        number=version,
        day=format_day(date.fromisoformat(snapshot["about"]["made_on"])),
    )


def cell_text(cell: Cell) -> str:
    """A cell on a page and on paper; a sheet program gets the number itself."""
    if cell is None:
        return "–"
    return cell if isinstance(cell, str) else format_number(cell)


# ---------------------------------------------------------------- paper


def page_html(snapshot: Json, version: int, style: str) -> str:
    """The whole report as a page of its own; the PDF is made of it."""
    about = snapshot["about"]
    title = news(snapshot)
    return "\n".join(
        [
            f'<!DOCTYPE html>\n<html lang="{about["language"]}" dir="ltr">\n<head>',
            '<meta charset="utf-8">\n<meta name="viewport" content="width=device-width">',
            f'<meta name="robots" content="noindex">\n<title>{escape(about["title"])}</title>',
            f"<style>{style}{_STYLE}</style>\n</head>\n<body>\n<main>",
            '<section class="sheet results report">',
            f'<p class="mark">{escape(about["title"])} · {escape(about["period"])}</p>',
            f"<h1>{escape(title)}</h1>",
            *_opening(snapshot, version),
            *(line for place, part in enumerate(snapshot["parts"]) for line in _part(place, part)),
            "</section>\n</main>\n</body>\n</html>\n",
        ]
    )


def _opening(snapshot: Json, version: int) -> Iterator[str]:
    about = snapshot["about"]
    said = [edition(snapshot, version)]
    if about.get("is_cut"):
        said.append(_("Some of it has been withdrawn."))
    if about["is_fictional"]:
        said.append(_("invented example").capitalize() + ".")
    if about["introduction"]:
        yield f'<p class="lead">{escape(about["introduction"])}</p>'
    yield f'<p class="hint">{escape(" ".join(said))}</p>'


def _part(place: int, part: Json) -> Iterator[str]:
    css = "first" if place == 0 else "part"
    yield f'<h2 class="{css}">{escape(part["title"])}</h2>'
    for block in part["blocks"]:
        yield from _block(block)


def _block(block: Json) -> Iterator[str]:
    match block["kind"]:
        case "heading":
            yield f"<h3>{escape(block['text'])}</h3>"
        case "text":
            label = f"<strong>{escape(block['label'])}:</strong> " if block["label"] else ""
            yield f"<p>{label}{escape(block['text'])}</p>"
        case "finding":
            yield from _finding(block)
        case "table":
            yield _table(block)
        case "chart":
            chart = chart_of(block)
            picture = base64.b64encode(chart_svg(chart, source=block["source"]).encode()).decode()
            yield (
                f'<p class="shown"><img src="data:image/svg+xml;base64,{picture}" '
                f'alt="{escape(chart.title)} {escape(description(chart))}"></p>'
            )


def _finding(block: Json) -> Iterator[str]:
    figure = f'<span class="figure">{escape(block["figure"])}</span>' if block["figure"] else ""
    yield f'<div class="question">{figure}<h4>{escape(block["title"])}</h4>'
    yield f"<p>{escape(block['text'])}</p>" if block["text"] else ""
    yield f'<p class="hint">{escape(block["strength"])}</p>' if block["strength"] else ""
    for quote in block["quotes"]:
        tongue = f' lang="{quote["language"]}" dir="{quote["dir"]}"'
        by = f'<span class="hint">{escape(quote["by"])}</span>'
        yield f"<blockquote><p{tongue}>{escape(quote['text'])}</p>{by}</blockquote>"
    yield "</div>"


def _table(block: Json) -> str:
    head = "".join(
        f'<th scope="col"{_num(is_number)}>{escape(label)}</th>'
        for label, is_number in block["columns"]
    )
    rows = "".join(f"<tr>{_cells(block, one['cells'])}</tr>" for one in block["rows"])
    return (
        f"<table><caption>{escape(block['caption'])}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{rows}</tbody></table>"
    )


def _cells(block: Json, cells: Sequence[Cell]) -> str:
    return "".join(
        f'<th scope="row">{escape(cell_text(cell))}</th>'
        if place == 0
        else f"<td{_num(block['columns'][place][1])}>{escape(cell_text(cell))}</td>"
        for place, cell in enumerate(cells)
    )


def _num(is_number: bool) -> str:
    return ' class="num"' if is_number else ""


# ---------------------------------------------------------------- sheets


def workbook(snapshot: Json, version: int) -> bytes:
    """Every table a sheet, as the page shows it; findings and charts as rows."""
    about = snapshot["about"]
    made = datetime.combine(date.fromisoformat(about["made_on"]), datetime.min.time(), tzinfo=UTC)
    sheets = list(_sheets(snapshot))
    told = [
        (_("Title"), about["title"]),
        (_("For"), about["reader"]),
        (_("Period"), about["period"]),
        (_("Edition"), edition(snapshot, version)),
    ]
    numbered = [
        (f"{place} {name}", heads, rows) for place, (name, heads, rows) in enumerate(sheets, 1)
    ]
    first = (_("About the file"), (_("About the file"), ""), told)
    return xlsx_bytes([first, *numbered], made_at=made)


def _sheets(snapshot: Json) -> Iterator[tuple[str, Sequence[str], list[Sequence[Cell]]]]:
    findings = [block for block in blocks_of(snapshot) if block["kind"] == "finding"]
    if findings:
        heads = (_("Finding"), _("Figure"), _("How sure"), _("Quote"), _("Who says it"))
        yield _("Findings"), heads, _finding_rows(findings)
    for block in blocks_of(snapshot):
        if block["kind"] == "table":
            heads = tuple(label for label, _number in block["columns"])
            yield block["caption"], heads, [one["cells"] for one in block["rows"]]
        elif block["kind"] == "chart":
            steps = (_("Who"), _("Number who answered"), _("Answer"), _("Share, per cent"))
            yield block["chart"]["title"], steps, _chart_rows(block)


def _finding_rows(findings: Sequence[Json]) -> list[Sequence[Cell]]:
    told: dict[tuple[str, str], Sequence[Cell]] = {}
    for one in findings:
        for quote in one["quotes"] or ({"text": "", "by": ""},):
            cells = (one["title"], one["figure"], one["strength"], quote["text"], quote["by"])
            told.setdefault((one["title"], quote["text"]), cells)
    return list(told.values())


def _chart_rows(block: Json) -> list[Sequence[Cell]]:
    chart = chart_of(block)
    return [
        (line.label, line.size, step, share if share is not None else _("hidden"))
        for line in chart.rows
        for step, share in zip(chart.steps, line.shares, strict=True)
    ]


# ---------------------------------------------------------------- pictures, and all in one


def pictures(snapshot: Json) -> dict[str, bytes]:
    """The charts as pictures for slides (SVG, 1600 × 900), by the file's name."""
    charts = [block for block in blocks_of(snapshot) if block["kind"] == "chart"]
    return {
        f"bild-{place:02d}.svg": chart_svg(chart_of(block), source=block["source"]).encode()
        for place, block in enumerate(charts, 1)
    }


def packed(files: Mapping[str, bytes]) -> bytes:
    """All files in one, in order of their names and without the time of packing."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as together:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            together.writestr(entry, content)
    return target.getvalue()
