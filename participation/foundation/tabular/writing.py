"""Writing CSV and XLSX that no spreadsheet program runs. Pure.

Source: TRUST 6: a cell that begins like a formula is a text cell when the file is read again.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import chain
from typing import IO, Any

import xlsxwriter

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"  # the media type

Cell = str | int | float | Decimal | date | None

# What spreadsheet programs take for the start of a formula, full-width signs included.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_LONGEST_SHEET_NAME = 31
_SHORT = 60
_MOST_REMEMBERED = 10_000


def safe_text(text: str) -> str:
    """Text with an apostrophe before anything that would be run as a formula.

    >>> safe_text("=1+1"), safe_text("Öland")
    ("'=1+1", 'Öland')
    """
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


class _SafeCells(dict[Any, str]):
    """Cells as a CSV file holds them; short texts come again and again and are remembered."""

    def __missing__(self, cell: Cell) -> str:
        written = _csv_cell(cell)
        if isinstance(cell, str) and len(cell) <= _SHORT and len(self) < _MOST_REMEMBERED:
            self[cell] = written
        return written


def csv_pieces(
    headings: Sequence[str], batches: Iterable[Iterable[Sequence[Cell]]]
) -> Iterator[bytes]:
    """A CSV file piece by piece, one for each batch of rows: memory stays flat.

    UTF-8 with a mark and semicolons, as Swedish Excel opens it; decimals with a comma.
    """
    safe = _SafeCells()
    encoding = "utf-8-sig"
    for batch in chain([[headings]], batches):
        target = io.StringIO(newline="")
        writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
        writer.writerows([*map(safe.__getitem__, row)] for row in batch)
        yield target.getvalue().encode(encoding)
        encoding = "utf-8"


def csv_bytes(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A whole CSV file; see `csv_pieces`."""
    return b"".join(csv_pieces(headings, [rows]))


def _csv_cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return safe_text(cell)
    if isinstance(cell, float | Decimal):
        return str(cell).replace(".", ",")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def xlsx_bytes(
    sheets: Iterable[tuple[str, Sequence[str], Iterable[Sequence[Cell]]]],
    *,
    made_at: datetime | None = None,
) -> bytes:
    """A workbook of (sheet name, headings, rows). Text is text: no formulas, no links.

    With `made_at`, the same sheets are the same bytes whenever they are written.
    """
    target = io.BytesIO()
    write_xlsx(target, sheets, {"in_memory": True}, made_at=made_at)
    return target.getvalue()


def write_xlsx(
    target: IO[bytes],
    sheets: Iterable[tuple[str, Sequence[str], Iterable[Sequence[Cell]]]],
    options: Mapping[str, Any],
    *,
    made_at: datetime | None = None,
) -> None:
    """As `xlsx_bytes`, into an open file; with "constant_memory" however many rows there are."""
    book = xlsxwriter.Workbook(
        target,
        {
            **options,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    if made_at is not None:
        book.set_properties({"created": made_at})
    bold = book.add_format({"bold": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, headings, rows in sheets:
        sheet = book.add_worksheet(_sheet_name(name))
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, headings, bold)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    if cell:
                        sheet.write_string(number, column, cell)
                elif isinstance(cell, date):
                    sheet.write_datetime(number, column, cell, day)
                elif cell is not None:
                    sheet.write_number(number, column, cell)
    book.close()


def _sheet_name(name: str) -> str:
    return "".join(" " if sign in r"[]:*?/\'" else sign for sign in name)[:_LONGEST_SHEET_NAME]
