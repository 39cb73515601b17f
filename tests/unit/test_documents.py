"""Documents: hostile ones are refused, honest ones read whole, written ones open elsewhere."""

import io
import time
import zipfile
from collections.abc import Callable

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from participation.foundation.documents import (
    Block,
    Heading,
    Item,
    Paragraph,
    PieceKind,
    Table,
    UnreadableDocument,
    docx_bytes,
    html_bytes,
    read_document,
    read_docx,
    read_text,
)

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def packed(body: str, *, head: str = "", **parts: str) -> bytes:
    """A .docx with this markup; further parts by name, with "__" for "/"."""
    markup = f'{head}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", markup)
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return target.getvalue()


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def texts(content: bytes) -> list[str]:
    return [piece.text for piece in read_docx(content).pieces]


def renamed(content: bytes, name: str) -> bytes:
    return content.replace(b"word/document.xml", name.encode().ljust(17, b"_")[:17])


def _styles_on_each_other(count: int) -> str:
    each = (
        f'<w:style w:type="paragraph" w:styleId="s{n}"><w:name w:val="n{n}"/>'
        f'<w:basedOn w:val="s{n + 1}"/></w:style>'
        for n in range(count)
    )
    return f'<w:styles xmlns:w="{WORD}">{"".join(each)}</w:styles>'


ENTITY = '<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "swelling": (lambda: packed("<w:p/>" * 6_000_000), "too_big"),
    "entities": (lambda: packed(paragraph("&b;"), head=ENTITY), "unsafe"),
    "climbing": (lambda: packed(paragraph("a"), **{"..__..__etc__x": "b"}), "unsafe"),
    "macros": (
        lambda: packed(paragraph("a"), **{"word__vbaProject.bin": ""}),
        "macros",
    ),
    "renamed": (lambda: renamed(packed(paragraph("a")), "xl/workbook.xml"), "wrong_type"),
    "truncated": (lambda: packed(paragraph("a"))[:-30], "broken"),
    "damaged": (lambda: packed(paragraph("a") + "<w:p>"), "broken"),
    "behind a password": (lambda: b"\xd0\xcf\x11\xe0" + bytes(600), "protected"),
    "bottomless": (
        lambda: packed("<w:tbl><w:tr><w:tc>" * 300 + "</w:tc></w:tr></w:tbl>" * 300),
        "unsafe",
    ),
    "styles without end": (
        lambda: packed(
            paragraph("a"),
            **{"word__styles.xml": _styles_on_each_other(50_000)},
        ),
        "too_big",
    ),
    "without words": (lambda: packed("<w:p/>"), "empty"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_documents_are_refused_quickly(name: str) -> None:
    make, reason = HOSTILE[name]
    content = make()
    began = time.perf_counter()
    with pytest.raises(UnreadableDocument) as refused:
        read_docx(content)
    assert refused.value.data["reason"] == reason
    assert time.perf_counter() - began < 1


def test_a_hundred_thousand_paragraphs_are_read() -> None:
    assert len(texts(packed(paragraph("Hej") * 100_000))) == 100_000


def test_links_to_other_places_are_never_followed() -> None:
    relations = '<Relationship TargetMode="External" Target="https://example.org/x.dotm"/>'
    body = "<w:altChunk/>" + paragraph("Hej")
    found = read_docx(packed(body, **{"word___rels__document.xml.rels": relations}))
    assert [p.text for p in found.pieces] == ["Hej"]
    assert found.left_out == {"parts": 1}


def test_a_document_reads_as_it_stands_now() -> None:
    body = (
        '<w:p><w:pPr><w:pStyle w:val="Rubrik1"/></w:pPr><w:r><w:t>Möte</w:t></w:r></w:p>'
        "<w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>En</w:t><w:tab/><w:t>punkt</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>Kvar</w:t></w:r><w:del><w:r><w:delText>borta</w:delText></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>flyttat</w:t></w:r></w:moveFrom>"
        '<w:r><w:footnoteReference w:id="2"/><w:commentReference w:id="1"/></w:r></w:p>'
        f"<w:tbl><w:tr><w:tc>{paragraph('A')}{paragraph('B')}</w:tc><w:tc>{paragraph('C')}</w:tc></w:tr></w:tbl>"
    )
    note = f'<w:footnote w:id="2">{paragraph("noten")}</w:footnote>'
    notes = f'<w:footnotes xmlns:w="{WORD}">{note}</w:footnotes>'
    found = read_docx(packed(body, **{"word__footnotes.xml": notes, "word__header1.xml": "<x/>"}))
    assert [(p.kind, p.text) for p in found.pieces] == [
        (PieceKind.HEADING, "Möte"),
        (PieceKind.ITEM, "En\tpunkt"),
        (PieceKind.PARAGRAPH, "Kvar (noten)"),
        (PieceKind.ROW, "A\nB\tC"),
    ]
    assert found.left_out == {"deleted": 1, "comments": 1, "headers": 1}


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-32"]
)
def test_plain_text_is_read_however_it_was_saved(encoding: str) -> None:
    text = "Åsa från Öland säger: hej på er alla\noch så en rad till"
    assert read_text(text.replace("\n", "\r\n").encode(encoding)) == text


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7", b"{\\rtf1 hej}", b"\x89PNG\r\n", b"\0\1\2\3\4\5hej hej hej"]
)
def test_other_files_are_no_text(content: bytes) -> None:
    with pytest.raises(UnreadableDocument):
        read_text(content)


BLOCKS: list[Block] = [
    Heading("Tema ett"),
    Paragraph('Ord <b> & "tecken"\nny rad'),
    Paragraph("Så sa någon.", is_quote=True),
    Item("En punkt"),
    Table(["Kod", "Antal"], [["Väntan", "12"], ["Bemötande", "dolt"]]),
]


def test_what_we_write_opens_in_another_library() -> None:
    opened = docx.Document(io.BytesIO(docx_bytes(BLOCKS, title="Utdrag")))
    assert [(p.style.name if p.style else "", p.text) for p in opened.paragraphs[:5]] == [
        ("Title", "Utdrag"),
        ("Heading 1", "Tema ett"),
        ("Normal", 'Ord <b> & "tecken"\nny rad'),
        ("Quote", "Så sa någon."),
        ("List Paragraph", "En punkt"),
    ]
    assert [cell.text for row in opened.tables[0].rows for cell in row.cells][:4] == [
        "Kod",
        "Antal",
        "Väntan",
        "12",
    ]
    assert opened.core_properties.title == "Utdrag"
    assert opened.core_properties.author == ""


def test_the_same_blocks_give_the_same_bytes() -> None:
    assert docx_bytes(BLOCKS, title="A") == docx_bytes(BLOCKS, title="A")


_LINES = st.text(
    st.characters(
        codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"
    ),
    min_size=1,
)


@settings(max_examples=40)
@given(st.lists(_LINES.filter(str.strip), min_size=1, max_size=5))
def test_any_text_comes_back_as_it_was_written(lines: list[str]) -> None:
    content = docx_bytes([Paragraph(line) for line in lines])
    assert [p.text for p in read_document(content).pieces] == lines


def test_labels_links_and_cells_with_several_paragraphs_open_in_another_library() -> None:
    blocks = [
        Paragraph("Många börjar om.", label="Syfte"),
        Paragraph("Hälften", label="Lärdom", address="https://example.org/a?b=1&c=2"),
        Table(["Mål"], [["Ett\nTvå"]], title="Målen"),
    ]
    content = docx_bytes(blocks, title="Plan", is_wide=True)
    opened = docx.Document(io.BytesIO(content))
    assert opened.paragraphs[1].text == "Syfte: Många börjar om."
    assert [run.bold for run in opened.paragraphs[1].runs] == [True, None]
    assert [p.text for p in opened.tables[0].rows[1].cells[0].paragraphs] == ["Ett", "Två"]
    assert 'w:instr=" HYPERLINK &quot;https://example.org/a?b=1&amp;c=2&quot; "' in str(
        zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml"), "utf-8"
    )
    assert [piece.text for piece in read_docx(content).pieces][:3] == [
        "Plan",
        "Syfte: Många börjar om.",
        "Lärdom: Hälften https://example.org/a?b=1&c=2",
    ]
    page = html_bytes(blocks, title="Plan", contents="Innehåll").decode()
    assert '<a href="https://example.org/a?b=1&amp;c=2">' in page
    assert "<caption>Målen</caption>" in page


def test_headings_are_told_by_what_a_documents_own_styles_build_on() -> None:
    styles = (
        f'<w:styles xmlns:w="{WORD}">'
        '<w:style w:type="paragraph" w:styleId="Rubrik2"><w:name w:val="heading 2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Egen"><w:basedOn w:val="Rubrik2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Mellan"><w:name w:val="Mellan"/>'
        '<w:basedOn w:val="Rubrik2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Djup"><w:name w:val="Djup"/><w:pPr>'
        '<w:outlineLvl w:val="3"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Runt"><w:name w:val="Runt"/>'
        '<w:basedOn w:val="Runt"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Punkter"><w:name w:val="List Bullet 2"/></w:style>'
        "</w:styles>"
    )
    body = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{key}"/></w:pPr><w:r><w:t>{key}</w:t></w:r></w:p>'
        for key in ("Rubrik", "Rubrik2", "Mellan", "Djup", "Runt", "Punkter", "Okänd")
    )
    found = read_docx(packed(body, **{"word__styles.xml": styles}))
    assert [(p.kind, p.level) for p in found.pieces] == [
        (PieceKind.HEADING, 0),
        (PieceKind.HEADING, 2),
        (PieceKind.HEADING, 2),
        (PieceKind.HEADING, 4),
        (PieceKind.PARAGRAPH, 0),
        (PieceKind.ITEM, 0),
        (PieceKind.PARAGRAPH, 0),
    ]


def test_a_cell_over_several_columns_keeps_the_others_in_their_place() -> None:
    wide = f'<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{paragraph("A")}</w:tc>'
    narrow = f"<w:tc>{paragraph('B')}</w:tc>"
    body = f"<w:tbl><w:tr>{wide}{narrow}</w:tr><w:tr>{wide}</w:tr></w:tbl>"
    assert texts(packed(body)) == ["A\t\tB", "A"]
    endless = wide.replace('"2"', '"99999999"') + narrow
    assert texts(packed(f"<w:tbl><w:tr>{endless}</w:tr></w:tbl>")) == ["A\tB"]
