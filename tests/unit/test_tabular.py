"""Tables in and out: any program's encoding, no formula, no swelling archive."""

import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from participation.foundation.tabular import (
    UnreadableTable,
    csv_bytes,
    read_table,
    reading,
    xlsx_bytes,
)
from participation.foundation.tabular.writing import FORMULA_STARTS

TABLE = "Namn;Ort\nTuva Åsund;Öland\n\nBo;Växjö\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16"])
def test_the_encoding_a_program_chose_does_not_matter(encoding: str) -> None:
    sheet = read_table(TABLE.encode(encoding))
    assert sheet.headings == ("Namn", "Ort")
    assert [(line.number, line.cells["Ort"]) for line in sheet.lines] == [
        (2, "Öland"),
        (4, "Växjö"),
    ]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    text = f'a{delimiter}b\n"x{delimiter}y"{delimiter}z'
    assert read_table(text.encode()).lines[0].cells == {"a": f"x{delimiter}y", "b": "z"}


def test_a_workbook_reads_as_it_is_shown() -> None:
    book = Workbook()
    book.active.append(["Namn", "Född", "Namn", None])
    book.active.append(["Tuva", 1951.0, date(2026, 1, 2), "utan rubrik"])
    target = io.BytesIO()
    book.save(target)
    line = read_table(target.getvalue()).lines[0]
    assert line.cells == {"Namn": "Tuva", "Född": "1951", "Namn (2)": "2026-01-02"}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\n\n;;\n", "empty"),
        (b"a;b\n\0\0", "zero_bytes"),
        (b"%PDF-1.7\n\0", "wrong_type"),
        (b"\xd0\xcf\x11\xe0\0\0", "wrong_type"),
        (b"PK\x03\x04 not really", "broken"),
        (b"\xff\xfea", "broken"),
        (b"a\n" + b"x" * 20_000, "too_big"),
    ],
)
def test_what_is_no_table_is_refused_with_a_reason(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableTable) as refused:
        read_table(content)
    assert refused.value.data["reason"] == reason


def test_an_archive_that_swells_is_refused_before_it_is_unpacked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reading, "MOST_UNPACKED_BYTES", 1024 * 1024)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"\0" * (2 * 1024 * 1024))
    assert len(target.getvalue()) < 10_000
    with pytest.raises(UnreadableTable) as refused:
        read_table(target.getvalue())
    assert refused.value.data["reason"] == "too_big"


WHOLE = xlsx_bytes([("Blad", ("Namn", "Ort"), [("Tuva", "Öland"), ("Nils", "Nybro")])])


@given(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=40))
def test_a_damaged_workbook_is_a_table_or_refused(place: int, damage: bytes) -> None:
    damaged = WHOLE[:place] + damage + WHOLE[place + len(damage) :]
    try:
        sheet = read_table(damaged)
    except UnreadableTable:
        return
    assert all(set(line.cells) <= set(sheet.headings) for line in sheet.lines)


@given(st.binary(max_size=300))
def test_any_bytes_are_a_table_or_refused(content: bytes) -> None:
    try:
        sheet = read_table(content)
    except UnreadableTable:
        return
    assert all(set(line.cells) <= set(sheet.headings) for line in sheet.lines)


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_a_cell_that_looks_like_a_formula_stays_text(start: str) -> None:
    typed = f"{start}HYPERLINK(1)"
    written = csv_bytes(["a"], [[typed]]).decode("utf-8-sig").split("\r\n", 1)[1]
    assert written.lstrip('"').startswith("'")
    book = load_workbook(io.BytesIO(xlsx_bytes([("Blad", ["a"], [[typed]])])))
    cell = book.active["A2"]
    assert cell.data_type == "s"
    assert str(cell.value).endswith("HYPERLINK(1)")


def test_numbers_and_days_keep_their_kind() -> None:
    row = ["Öland", 12, Decimal("1.5"), date(2026, 3, 29), None]
    assert csv_bytes(["a"] * 5, [row]).decode("utf-8-sig").endswith("Öland;12;1,5;2026-03-29;\r\n")
    book = load_workbook(io.BytesIO(xlsx_bytes([("A/B", list("abcde"), [row])])))
    assert [cell.value for cell in book.active[2]][1:3] == [12, 1.5]
    assert book.active.title == "A B"
