"""Writing CSV and XLSX that no spreadsheet program runs. Pure.

Source: TRUST 6: a cell that begins like a formula is a text cell when the file is read again.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

import xlsxwriter

Cell = str | int | float | Decimal | date | None

# What spreadsheet programs take for the start of a formula, full-width signs included.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_LONGEST_SHEET_NAME = 31


def safe_text(text: str) -> str:
    """Text with an apostrophe before anything that would be run as a formula.

    >>> safe_text("=1+1"), safe_text("Öland")
    ("'=1+1", 'Öland')
    """
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def csv_bytes(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with a mark and semicolons, as Swedish Excel opens it; decimals with a comma."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerow([safe_text(heading) for heading in headings])
    for row in rows:
        writer.writerow([_csv_cell(cell) for cell in row])
    return target.getvalue().encode("utf-8-sig")


def _csv_cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return safe_text(cell)
    if isinstance(cell, float | Decimal):
        return str(cell).replace(".", ",")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def xlsx_bytes(sheets: Iterable[tuple[str, Sequence[str], Iterable[Sequence[Cell]]]]) -> bytes:
    """A workbook of (sheet name, headings, rows). Text is text: no formulas, no links."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(
        target,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    bold = book.add_format({"bold": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, headings, rows in sheets:
        sheet = book.add_worksheet(_sheet_name(name))
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, headings, bold)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(number, column, cell)
                elif isinstance(cell, date):
                    sheet.write_datetime(number, column, cell, day)
                elif cell is not None:
                    sheet.write_number(number, column, cell)
    book.close()
    return target.getvalue()


def _sheet_name(name: str) -> str:
    return "".join(" " if sign in r"[]:*?/\'" else sign for sign in name)[:_LONGEST_SHEET_NAME]
