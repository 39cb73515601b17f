"""Reading several named sheets of one workbook, with the limits of a form. Pure.

Source: TRUST 30. A form has a few hundred rows; what claims to have more is no form.
"""

import io
from collections.abc import Collection, Iterator, Mapping
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
MOST_FORM_BYTES = 40 * 1024 * 1024


@dataclass(frozen=True)
class Workbook:
    """The wanted sheets that were found, by their name in small letters."""

    sheets: Mapping[str, Sheet]
    with_formulas: frozenset[str]


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
    values = dict(_sheets(content, wanted, data_only=True))
    formulas = {
        name
        for name, sheet in _sheets(content, wanted, data_only=False)
        if any(cell.startswith("=") for line in sheet.lines for cell in line.cells.values())
    }
    return Workbook(values, frozenset(formulas))


def _sheets(
    content: bytes, wanted: Collection[str], *, data_only: bool
) -> Iterator[tuple[str, Sheet]]:
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=data_only)
    for found in book.worksheets:
        name = found.title.strip().lower()
        if name not in wanted:
            continue
        found.reset_dimensions()
        sheet = _sheet(found)
        if sheet is not None:
            yield name, sheet


def _sheet(found: Any) -> Sheet | None:
    headings: list[str] | None = None
    lines: list[Line] = []
    for number, row in enumerate(found.iter_rows(values_only=True), start=1):
        if number > MOST_FORM_ROWS:
            raise UnreadableTable(reason="too_big")
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
