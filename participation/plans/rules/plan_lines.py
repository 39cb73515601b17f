"""The lines of a document as a plan's reader takes them: what kind of line, and its cells."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from participation.foundation.documents import Document, PieceKind, UnreadableDocument
from participation.plans.rules.plan_vocabulary import cleaned, label_of

MOST_LINES = 800  # each becomes a row with a choice on the page
LONGEST_HEADING = 90


class Shape(StrEnum):
    TEXT = "text"
    HEADING = "heading"
    ITEM = "item"
    ROW = "row"


@dataclass(frozen=True)
class SourceLine:
    """One line that holds something. `number` counts lines (of a document: paragraphs, rows).

    `sign`: the number or dot before it. `level` of a heading: 0 the title, 9 told by its shape
    alone. `after_blank`: an empty line stands before it. `also`: further lines that are part of it.
    """

    number: int
    text: str
    shape: Shape = Shape.TEXT
    level: int = 0
    cells: tuple[str, ...] = ()
    sign: str = ""
    after_blank: bool = False
    also: tuple[int, ...] = ()

    @property
    def whole(self) -> str:
        """The words with the number before them, where it turned out to be part of them."""
        return f"{self.sign} {self.text}".strip()


BY_SHAPE = 9
_DOTS = re.compile(r"^\s*(?:[•●▪■◦‣⁃∙·*✓✔➢►❖§\uf0b7\uf0a7-]|[–—]|o(?=\t|\s{2})|[a-zåäö]\))\s+")
_NUMBERED = re.compile(
    r"^\s*(\d{1,2}(?:\.\d{1,2}){1,3}[.)]?|\d{1,2}[.)]|\d{1,2}(?=\s+[A-ZÅÄÖ]))\s+(?=\S)"
)
_HASHES = re.compile(r"^\s*(#{1,6})\s+(?=\S)")
_ENDS_SENTENCE = (".", ",", ";", ":", "!", "?")


def lines_of_text(text: str) -> list[SourceLine]:
    """The lines of plain text, pasted or out of a file; what lay in a table stands in cells."""
    return _limited(_rows_joined(_typed(cleaned(text).split("\n"))))


def lines_of_document(document: Document) -> list[SourceLine]:
    """The lines of a document from a word processor."""
    return _limited(_pieces(document))


def _limited(lines: Iterable[SourceLine]) -> list[SourceLine]:
    """Raises UnreadableDocument: no plan has that many lines."""
    found = []
    for line in lines:
        found.append(line)
        if len(found) > MOST_LINES:
            raise UnreadableDocument(reason="too_long")
    if not found:
        raise UnreadableDocument(reason="empty")
    return found


def _pieces(document: Document) -> Iterator[SourceLine]:
    was_blank = True
    for number, piece in enumerate(document.pieces, 1):
        text = cleaned(piece.text)
        if not text.strip():
            was_blank = True
            continue
        if piece.kind is PieceKind.ROW:
            yield row_of(number, text.split("\t"))
        elif piece.kind is PieceKind.HEADING:
            yield SourceLine(number, one_line(text), Shape.HEADING, piece.level)
        elif piece.kind is PieceKind.ITEM:
            yield _of_item(number, one_line(text))
        else:
            for part in text.split("\n"):
                if part.strip():
                    yield replace(typed_line(number, one_line(part)), after_blank=was_blank)
        was_blank = False


def _of_item(number: int, text: str) -> SourceLine:
    found = typed_line(number, text)
    return found if found.shape is Shape.ITEM else SourceLine(number, text, Shape.ITEM)


def row_of(number: int, cells: Sequence[str]) -> SourceLine:
    """A table's row; a row of one cell is a line."""
    kept = tuple("\n".join(filter(None, map(one_line, cell.split("\n")))) for cell in cells)
    if sum(1 for cell in kept if cell) == 1 and len(kept) == 1:
        text = one_line(kept[0])
        shape = Shape.HEADING if is_short(text) else Shape.TEXT
        return SourceLine(number, text, shape, BY_SHAPE, cells=(text,))
    return SourceLine(number, " · ".join(filter(None, kept)), Shape.ROW, cells=kept)


def _typed(lines: Sequence[str]) -> Iterator[SourceLine]:
    was_blank = True
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield replace(typed_line(number, line), after_blank=was_blank)
        was_blank = not line.strip()


def typed_line(number: int, line: str) -> SourceLine:
    """What somebody typed: its signs tell what it is.

    >>> typed_line(3, "•\\tGöra studiebesök").text
    'Göra studiebesök'
    """
    hashes = _HASHES.match(line)
    if hashes:
        text = one_line(line[hashes.end() :])
        return SourceLine(number, text, Shape.HEADING, len(hashes[1]), sign=hashes[1])
    dot = _DOTS.match(line)
    if dot and line[dot.end() :].strip():
        sign = dot[0].strip()
        return SourceLine(number, one_line(line[dot.end() :]), Shape.ITEM, sign=sign)
    numbered = _NUMBERED.match(line)
    if numbered and "\t" not in line[numbered.end() :]:
        text = one_line(line[numbered.end() :])
        level = numbered[1].rstrip(".)").count(".") + 1
        return SourceLine(number, text, Shape.TEXT, level, sign=numbered[0].strip())
    if "\t" in line.strip("\t \n"):
        return row_of(number, line.split("\t"))
    return SourceLine(number, one_line(line))


def is_short(text: str) -> bool:
    """Whether a line looks like a heading."""
    return (
        len(text) <= LONGEST_HEADING
        and not text.endswith(_ENDS_SENTENCE)
        and text[:1] == text[:1].upper()
    )


def is_header(line: SourceLine) -> bool:
    """Whether a row names columns: at least two cells say what stands below them."""
    return sum(1 for cell in line.cells if label_of(cell)) >= 2


def _rows_joined(lines: Iterable[SourceLine]) -> Iterator[SourceLine]:
    """Rows of a pasted table whose cells held several paragraphs are one row again.

    Between the columns stand tabs, between the paragraphs line ends: a row is whole when it has as
    many cells as its heading.
    """
    columns, held = 0, None
    for line in lines:
        if line.shape is Shape.ROW and is_header(line):
            if held:
                yield held
            columns, held = len(line.cells), None
            yield line
        elif held and 1 < len(held.cells) + len(_cells(line)) - 1 <= columns:
            if len(held.cells) == columns:
                yield held
                held = None
                yield line
            else:
                held = _continued(held, line)
        elif columns and line.shape is Shape.ROW and len(line.cells) < columns:
            if held:
                yield held
            held = line
        else:
            if held:
                yield held
            held = None
            columns = columns if line.shape is Shape.ROW else 0
            yield line
    if held:
        yield held


def _cells(line: SourceLine) -> tuple[str, ...]:
    return line.cells or (line.whole,)


def _continued(held: SourceLine, line: SourceLine) -> SourceLine:
    first, *rest = _cells(line)
    cells = (*held.cells[:-1], f"{held.cells[-1]}\n{first}", *rest)
    text = " · ".join(filter(None, cells))
    return replace(held, text=text, cells=cells, also=(*held.also, line.number))


def one_line(text: str) -> str:
    return " ".join(text.split())
