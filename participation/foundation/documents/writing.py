"""Writing .docx: real headings, lists and tables, no author, the same bytes each time. Pure.

Source: ECMA-376 part 1; the six parts that Word, LibreOffice and Pages open without repair.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from html import escape

from participation.foundation.documents.blocks import Block, Heading, Item, Paragraph, Table
from participation.foundation.documents.text import one_line_ending
from participation.foundation.i18n import text_direction

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

# A4; twentieths of a point.
_STANDING, _LYING, _MARGIN = (11_906, 16_838), (16_838, 11_906), 1_134
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # zip knows no earlier one
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def docx_bytes(
    blocks: Iterable[Block], *, title: str = "", language: str = "sv", is_wide: bool = False
) -> bytes:
    """A document that begins with `title`, then `blocks` in order. `language`: a BCP 47 tag.

    `is_wide`: the paper lies down, for tables with many columns.
    """
    parts = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": _RELATIONS,
        "docProps/core.xml": _core(title, language),
        "word/_rels/document.xml.rels": _DOCUMENT_RELATIONS,
        "word/document.xml": _document(blocks, title, _LYING if is_wide else _STANDING),
        "word/numbering.xml": _NUMBERING,
        "word/styles.xml": _styles(language),
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        for name, markup in parts.items():
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, (_HEAD + markup).encode())
    return target.getvalue()


def _document(blocks: Iterable[Block], title: str, paper: tuple[int, int]) -> str:
    head = [_paragraph(title, "Title")] if title else []
    wide, high = paper
    body = "".join([*head, *(_block(block, wide - 2 * _MARGIN) for block in blocks)])
    turned = ' w:orient="landscape"' if wide > high else ""
    page = (
        f'<w:sectPr><w:pgSz w:w="{wide}" w:h="{high}"{turned}/>'
        f'<w:pgMar w:top="{_MARGIN}" w:right="{_MARGIN}" w:bottom="{_MARGIN}" w:left="{_MARGIN}"'
        ' w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
    )
    return f'<w:document xmlns:w="{_WORD}"><w:body>{body}{page}</w:body></w:document>'


def _block(block: Block, room: int) -> str:
    match block:
        case Heading(text, level):
            return _paragraph(text, f"Heading{min(max(level, 1), 3)}")
        case Paragraph(text, is_quote, language, label, address):
            style = "Quote" if is_quote else ""
            led = _run(f"{label}: ", "<w:b/>") if label else ""
            return _paragraph(
                text, style, language=language, before=led, after=_link(address, bool(text))
            )
        case Item(text):
            return _paragraph(text, "ListParagraph")
        case Table(headings, rows, title):
            return _table(headings, rows, title, room)


def _paragraph(
    text: str,
    style: str = "",
    *,
    is_bold: bool = False,
    language: str = "",
    before: str = "",
    after: str = "",
) -> str:
    """Words that run from right to left do so here too, and their language is told."""
    is_rtl = bool(language) and text_direction(language) == "rtl"
    shape = f'<w:pStyle w:val="{style}"/>' if style else ""
    shape += "<w:bidi/>" if is_rtl else ""
    named = f"<w:pPr>{shape}</w:pPr>" if shape else ""
    letters = "<w:b/>" if is_bold else ""
    letters += "<w:rtl/>" if is_rtl else ""
    if language:
        which = "bidi" if is_rtl else "val"
        letters += f'<w:lang w:{which}="{_safe(language)}"/>'
    return f"<w:p>{named}{before}{_run(text, letters)}{after}</w:p>"


def _link(address: str, is_after_words: bool) -> str:
    """The address itself, to press and to read on paper. A field needs no part of its own."""
    if not address:
        return ""
    told = _safe(f' HYPERLINK "{address}" ')
    words = _run(address, '<w:rStyle w:val="Hyperlink"/>')
    space = _run(" ", "") if is_after_words else ""
    return f'{space}<w:fldSimple w:instr="{told}">{words}</w:fldSimple>'


def _run(text: str, letters: str) -> str:
    if not text:
        return ""
    lines = (_with_tabs(line) for line in one_line_ending(text).split("\n"))
    told = f"<w:rPr>{letters}</w:rPr>" if letters else ""
    return f"<w:r>{told}{'<w:br/>'.join(lines)}</w:r>"


def _with_tabs(line: str) -> str:
    words = (f'<w:t xml:space="preserve">{_safe(part)}</w:t>' for part in line.split("\t"))
    return "<w:tab/>".join(words)


def _safe(text: str) -> str:
    """Text as it may stand in XML 1.0: without the signs that XML cannot hold at all."""
    return escape(_NO_XML.sub("", text), quote=True)


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]], title: str, room: int) -> str:
    width = room // max(len(headings), 1)
    grid = f'<w:gridCol w:w="{width}"/>' * len(headings)
    head = _row(headings, width, is_head=True)
    body = "".join(_row(row, width) for row in rows)
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    named = f'<w:tblCaption w:val="{_safe(title)}"/>' if title else ""
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{borders}</w:tblBorders>'
        f'<w:tblLook w:firstRow="1"/>{named}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{head}{body}'
        "</w:tbl><w:p/>"  # Word joins two tables that touch
    )


def _row(cells: Sequence[str], width: int, *, is_head: bool = False) -> str:
    repeated = "<w:trPr><w:tblHeader/></w:trPr>" if is_head else ""
    inside = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{_cell(cell, is_head)}</w:tc>'
        for cell in cells
    )
    return f"<w:tr>{repeated}{inside}</w:tr>"


def _cell(text: str, is_head: bool) -> str:
    lines = one_line_ending(text).split("\n")
    return "".join(_paragraph(line, is_bold=is_head) for line in lines)


def _core(title: str, language: str) -> str:
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{_safe(title)}</dc:title><dc:language>{_safe(language)}</dc:language>"
        "</cp:coreProperties>"
    )


def _styles(language: str) -> str:
    return (
        f'<w:styles xmlns:w="{_WORD}"><w:docDefaults><w:rPrDefault><w:rPr>'
        '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/><w:sz w:val="22"/>'
        f'<w:lang w:val="{_safe(language)}"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="288" w:lineRule="auto"/></w:pPr>'
        "</w:pPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        "</w:style>"
        + _style("Title", "Title", '<w:keepNext/><w:spacing w:after="240"/>', _letters(40))
        + _style("Heading1", "heading 1", _heading(0), _letters(32))
        + _style("Heading2", "heading 2", _heading(1), _letters(26))
        + _style("Heading3", "heading 3", _heading(2), _letters(22))
        + _style("Quote", "Quote", '<w:ind w:left="567"/>', "<w:i/>")
        + _style(
            "ListParagraph",
            "List Paragraph",
            '<w:numPr><w:numId w:val="1"/></w:numPr><w:ind w:left="720" w:hanging="360"/>',
            "",
        )
        + '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:rPr>'
        '<w:color w:val="0F4F5F"/><w:u w:val="single"/></w:rPr></w:style></w:styles>'
    )


def _style(key: str, name: str, paragraph: str, letters: str) -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{letters}</w:rPr></w:style>"
    )


def _heading(outline: int) -> str:
    return f'<w:keepNext/><w:spacing w:before="240"/><w:outlineLvl w:val="{outline}"/>'


def _letters(half_points: int) -> str:
    return f'<w:b/><w:sz w:val="{half_points}"/>'


_CONTENT_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD_TYPE}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_WORD_TYPE}.styles+xml"/>'
    f'<Override PartName="/word/numbering.xml" ContentType="{_WORD_TYPE}.numbering+xml"/>'
    '<Override PartName="/docProps/core.xml"'
    ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
    "</Types>"
)
_RELATIONS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties"'
    ' Target="docProps/core.xml"/></Relationships>'
)
_DOCUMENT_RELATIONS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/numbering" Target="numbering.xml"/>'
    "</Relationships>"
)
_NUMBERING = (
    f'<w:numbering xmlns:w="{_WORD}"><w:abstractNum w:abstractNumId="0">'
    '<w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/>'
    '<w:pPr><w:ind w:left="720" w:hanging="360"/></w:pPr></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)
