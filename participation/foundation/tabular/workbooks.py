"""Reading several named sheets of one workbook, with the limits of a form. Pure.

Source: TRUST 30. A form has a few hundred rows; what claims to have more is no form.
"""

import io
import re
import zipfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from openpyxl import load_workbook

from participation.foundation.tabular.reading import (
    BROKEN,
    Line,
    Sheet,
    UnreadableTable,
    as_text,
    by_heading,
    checked_cells,
    refuse_swelling,
    unique_headings,
)

MOST_FORM_ROWS = 5_000
MOST_SHEET_ROWS = 1_048_576  # as Excel: a sheet may be formatted to its end, and empty
MOST_FORM_BYTES = 40 * 1024 * 1024
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >]")


@dataclass(frozen=True)
class Workbook:
    """The wanted sheets that were found, by their name in small letters."""

    sheets: Mapping[str, Sheet]
    has_formulas: bool


def read_workbook(content: bytes, wanted: Collection[str]) -> Workbook:
    """The sheets called `wanted`; empty ones are left out. Formulas count as their last value.

    Raises:
        UnreadableTable: empty, too_big, wrong_type or broken.
    """
    if not content.strip():
        raise UnreadableTable(reason="empty")
    if not content.startswith(b"PK"):
        raise UnreadableTable(reason="wrong_type")
    try:
        refuse_swelling(content, MOST_FORM_BYTES)
        return _read(content, wanted)
    except BROKEN as problem:
        raise UnreadableTable(reason="broken") from problem


def _read(content: bytes, wanted: Collection[str]) -> Workbook:
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    named = ((found.title.strip().lower(), found) for found in book.worksheets)
    sheets = {name: _sheet(found) for name, found in named if name in wanted}
    return Workbook({name: one for name, one in sheets.items() if one}, _has_formulas(content))


def _has_formulas(content: bytes) -> bool:
    """Whether any sheet has one. Reading a workbook a second time for it would take as long."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        names = [name for name in packed.namelist() if name.startswith("xl/worksheets/")]
        return any(_FORMULA.search(packed.read(name)) for name in names)


def _sheet(found: Any) -> Sheet | None:
    """The sheet's rows with anything in them; None when it has none."""
    found.reset_dimensions()
    headings: list[str] | None = None
    lines: list[Line] = []
    for number, row in enumerate(found.iter_rows(values_only=True), start=1):
        if len(lines) > MOST_FORM_ROWS or number > MOST_SHEET_ROWS:
            raise UnreadableTable(reason="too_big")
        if row.count(None) == len(row):
            continue
        cells = checked_cells(_without_tail([as_text(value) for value in row]))
        if not any(cells):
            continue
        if headings is None:
            headings = unique_headings(cells)
        else:
            lines.append(Line(number, by_heading(headings, cells)))
    return Sheet(tuple(h for h in headings if h), tuple(lines)) if headings else None


def _without_tail(cells: list[str]) -> list[str]:
    """A row may be padded to any width with empty cells."""
    while cells and not cells[-1]:
        cells.pop()
    return cells
