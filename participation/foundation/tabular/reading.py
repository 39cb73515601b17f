"""Reading CSV and XLSX that people saved in whatever program they have. Pure.

Source: TRUST 30 (archives that swell, XML entities) and 31 (BOM, semicolons, Latin-1, 10^5 rows).
"""

import csv
import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from defusedxml.common import DefusedXmlException
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from participation.foundation.errors import DomainError

MOST_ROWS = 200_000
MOST_COLUMNS = 200
MOST_UNPACKED_BYTES = 200 * 1024 * 1024
LONGEST_CELL = 10_000
DELIMITERS = ";,\t|"
# PDF, old Excel and Word, PNG, JPEG: what people choose by mistake.
OTHER_FILES = (b"%PDF", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff")
# As Swedish Excel saves: UTF-8 with a mark, Unicode text, or the old Windows code page.
ENCODINGS = ("utf-8-sig", "cp1252")
_SAMPLE = 20_000


class UnreadableTable(DomainError):
    """The file is no table we can read.

    `data["reason"]`: empty, too_big, wrong_type, zero_bytes, broken.
    """

    code = "unreadable_table"


# What the libraries raise on files that only look like workbooks.
BROKEN = (
    InvalidFileException,
    DefusedXmlException,
    LookupError,
    ValueError,
    SyntaxError,
    TypeError,
    AttributeError,
    ArithmeticError,
    EOFError,
    RuntimeError,
    OSError,
    AssertionError,
    zipfile.BadZipFile,
    zlib.error,
)


@dataclass(frozen=True)
class Line:
    """One row: its number as the sheet program shows it, and its cells by column heading."""

    number: int
    cells: dict[str, str]

    @property
    def is_blank(self) -> bool:
        return not any(self.cells.values())


@dataclass(frozen=True)
class Sheet:
    """A table with headings. `lines` leaves out rows without any text."""

    headings: tuple[str, ...]
    lines: tuple[Line, ...]


def read_table(content: bytes) -> Sheet:
    """The first sheet of an XLSX, or a CSV in UTF-8, UTF-16 or Windows-1252.

    A heading that is empty is left out; one that stands twice gets " (2)". A cell is trimmed text;
    dates are ISO, whole numbers have no decimals.

    Raises:
        UnreadableTable: nothing to read, too much of it, or no table at all.

    >>> read_table("namn;ort\\nTuva;Öland".encode("cp1252")).lines[0]
    Line(number=2, cells={'namn': 'Tuva', 'ort': 'Öland'})
    """
    if not content.strip():
        raise UnreadableTable(reason="empty")
    rows = _xlsx_rows(content) if content.startswith(b"PK") else _csv_rows(content)
    numbered = ((number, cells) for number, cells in rows if any(cells))
    first = next(numbered, None)
    if first is None:
        raise UnreadableTable(reason="empty")
    headings = unique_headings(first[1])
    lines: list[Line] = []
    for number, cells in numbered:
        if len(lines) == MOST_ROWS:
            raise UnreadableTable(reason="too_big")
        lines.append(Line(number, by_heading(headings, cells)))
    return Sheet(tuple(heading for heading in headings if heading), tuple(lines))


def by_heading(headings: list[str], cells: list[str]) -> dict[str, str]:
    """A line's cells by the heading above them; cells without a heading are left out."""
    padded = [*cells, *[""] * (len(headings) - len(cells))]
    return {heading: cell for heading, cell in zip(headings, padded, strict=False) if heading}


def unique_headings(headings: list[str]) -> list[str]:
    """The headings, where one that stands twice gets " (2)"."""
    seen: dict[str, int] = {}
    unique = []
    for heading in headings:
        seen[heading] = seen.get(heading, 0) + 1
        unique.append(
            heading if seen[heading] == 1 or not heading else f"{heading} ({seen[heading]})"
        )
    return unique


# ---------------------------------------------------------------- CSV


def _csv_rows(content: bytes) -> Iterator[tuple[int, list[str]]]:
    text = _decoded(content)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        for row in reader:
            yield reader.line_num, checked_cells([cell.strip() for cell in row])
    except csv.Error as problem:
        raise UnreadableTable(reason="broken") from problem


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded_as(content, "utf-16")
    if content.startswith(OTHER_FILES):
        raise UnreadableTable(reason="wrong_type")
    if b"\0" in content:
        raise UnreadableTable(reason="zero_bytes")
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")  # the five bytes Windows-1252 leaves undefined


def _decoded_as(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as problem:
        raise UnreadableTable(reason="broken") from problem


def _delimiter(text: str) -> str:
    """Whichever of ; , tab | stands most often in the first line."""
    first = text[:_SAMPLE].lstrip("\r\n").split("\n", 1)[0]
    return max(DELIMITERS, key=first.count)


# ---------------------------------------------------------------- XLSX


def _xlsx_rows(content: bytes) -> Iterator[tuple[int, list[str]]]:
    refuse_swelling(content, MOST_UNPACKED_BYTES)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        # A sheet may claim any size; what it holds is counted while it is read.
        sheet.reset_dimensions()
        for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
            yield number, checked_cells([as_text(value) for value in row])
    except BROKEN as problem:
        raise UnreadableTable(reason="broken") from problem


def refuse_swelling(content: bytes, most: int) -> None:
    """Raises UnreadableTable when an archive says it holds more than `most` bytes, or is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(item.file_size for item in packed.infolist()) > most:
                raise UnreadableTable(reason="too_big")
    except BROKEN as problem:
        raise UnreadableTable(reason="broken") from problem


def as_text(value: Any) -> str:
    """A cell's value as trimmed text: ISO dates, whole numbers without decimals."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return (
            value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat()
        )
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def checked_cells(cells: list[str]) -> list[str]:
    """The cells without NUL. Raises UnreadableTable for too many, or one that is too long."""
    if len(cells) > MOST_COLUMNS or any(len(cell) > LONGEST_CELL for cell in cells):
        raise UnreadableTable(reason="too_big")
    return [cell.replace("\0", "") for cell in cells]
