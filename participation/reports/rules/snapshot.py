"""What a report shows, as JSON: everything is rendered from it, and it never reads data again.

A snapshot has `about` and `parts`; a part has a key, a title and blocks. Block kinds: heading,
text, finding, table, chart. `refs` of a block or a table's row name what it rests on
("release:<id>", "commitment:<id>"): when that is withdrawn, the block goes.
"""

import hashlib
import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from participation.foundation.charts import StackedChart, StackedRow
from participation.foundation.i18n import gettext as _

Json = dict[str, Any]
Cell = str | int | float | None
SHORTEST_WORDS = 12  # own words that repeat as much of what was withdrawn go too


def heading(text: str) -> Json:
    return {"kind": "heading", "text": text}


def words(text: str, *refs: str, label: str = "") -> Json:
    return {"kind": "text", "text": text, "label": label, "refs": list(refs)}


def row(*cells: Cell, refs: Sequence[str] = ()) -> Json:
    return {"cells": list(cells), "refs": list(refs)}


def table(
    caption: str, columns: Sequence[str], rows: Sequence[Json], *refs: str, numbers: str = ""
) -> Json:
    """`numbers`: the columns that hold numbers, as places from 0 ("12")."""
    shown = [[label, str(place) in numbers] for place, label in enumerate(columns)]
    return {
        "kind": "table",
        "caption": caption,
        "columns": shown,
        "rows": list(rows),
        "refs": list(refs),
    }


def drawn(chart: StackedChart, source: str, *refs: str) -> Json:
    return {"kind": "chart", "chart": asdict(chart), "source": source, "refs": list(refs)}


def chart_of(block: Json) -> StackedChart:
    """The chart of a block, read back from JSON."""
    told = block["chart"]
    rows = tuple(
        StackedRow(one["label"], one["size"], tuple(one["shares"])) for one in told["rows"]
    )
    return StackedChart(
        title=told["title"],
        subtitle=told["subtitle"],
        steps=tuple(told["steps"]),
        rows=rows,
        kinds=tuple(told["kinds"]),
        note=told["note"],
    )


def digest(snapshot: Json) -> str:
    """The same content has the same digest."""
    text = json.dumps(snapshot, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def news(snapshot: Json) -> str:
    """What stands as the headline: the first finding that is left, else the report's title."""
    for block in blocks_of(snapshot):
        if block["kind"] == "finding":
            return str(block["title"])
    return str(snapshot["about"]["title"])


def blocks_of(snapshot: Json) -> Iterator[Json]:
    for part in snapshot["parts"]:
        yield from part["blocks"]


def refs_of(snapshot: Json) -> set[str]:
    """Everything that the snapshot rests on and that can be withdrawn."""
    found: set[str] = set()
    for block in blocks_of(snapshot):
        found.update(block.get("refs", ()))
        for one in block.get("rows", ()):
            found.update(one["refs"])
    return found


def without(snapshot: Json, gone: Collection[str]) -> Json:
    """The snapshot without what rests on anything in `gone`; as it was where nothing does.

    >>> shown = {"about": {"title": "A", "introduction": ""}, "parts": [
    ...     {"key": "x", "title": "X", "blocks": [words("borta", "release:1")]}]}
    >>> without(shown, {"release:1"})["parts"][0]["blocks"][0]["text"] != "borta"
    True
    """
    gone = set(gone)
    if not gone & refs_of(snapshot):
        return snapshot
    said = _words_gone(snapshot, gone)
    about = {
        key: "" if isinstance(value, str) and _repeats(value, said) else value
        for key, value in snapshot["about"].items()
    }
    about["title"] = about["title"] or about["name"]
    parts = [{**part, "blocks": _left(part["blocks"], gone)} for part in snapshot["parts"]]
    return {**snapshot, "about": {**about, "is_cut": True}, "parts": parts}


def _left(blocks: Sequence[Json], gone: set[str]) -> list[Json]:
    left: list[Json] = []
    for block in blocks:
        if gone & set(block.get("refs", ())):
            continue
        if block["kind"] != "table":
            left.append(block)
            continue
        rows = [one for one in block["rows"] if not gone & set(one["refs"])]
        if rows or not block["rows"]:
            left.append({**block, "rows": rows})
    told = [
        block
        for place, block in enumerate(left)
        if block["kind"] != "heading"
        or (place + 1 < len(left) and left[place + 1]["kind"] != "heading")
    ]
    return told or [words(_("What stood here has been withdrawn."))]


def _words_gone(snapshot: Json, gone: set[str]) -> list[str]:
    """Titles, quotes and cells of what goes: they may stand in somebody's own words too."""
    found: list[str] = []
    for block in blocks_of(snapshot):
        if gone & set(block.get("refs", ())):
            found += [block.get("title", ""), block.get("text", "")]
            found += [quote["text"] for quote in block.get("quotes", ())]
        for one in block.get("rows", ()):
            if gone & set(one["refs"]):
                found += [cell for cell in one["cells"] if isinstance(cell, str)]
    return [text for text in found if len(text) >= SHORTEST_WORDS]


def _repeats(text: str, said: Sequence[str]) -> bool:
    folded = " ".join(text.casefold().split())
    return any(" ".join(one.casefold().split()).rstrip(".") in folded for one in said)
