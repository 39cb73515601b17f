"""What a reader sees in the markup of a .docx, told element by element. Pure; keeps no tree."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from participation.foundation.documents.problems import UnreadableDocument

DEEPEST = 400
MOST_PIECES = 200_000
MOST_ELEMENTS = 500_000  # some six hundred pages
MOST_LETTERS = 8_000_000  # footnotes count each time they are referred to
_NAMESPACES = frozenset(
    {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    }
)
_OLD_COPY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_LEFT_OUT = {
    "delText": "deleted",
    "commentReference": "comments",
    "drawing": "pictures",
    "pict": "pictures",
    "object": "pictures",
    "altChunk": "parts",
}
_NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}
_HEADINGS = ("heading", "rubrik", "title")


class PieceKind(StrEnum):
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    ROW = "row"


@dataclass(frozen=True)
class Piece:
    """A paragraph, or a table's row with a tab between its cells."""

    text: str
    kind: PieceKind = PieceKind.PARAGRAPH


class WordsTarget:
    """Takes what the parser meets. `notes` in: the texts of footnotes by (part, number)."""

    def __init__(self, notes: Mapping[tuple[str, str], str] | None = None) -> None:
        self.pieces: list[Piece] = []
        self.left_out: Counter[str] = Counter()
        self.notes: dict[str, str] = {}
        self._known_notes = notes or {}
        self._open: list[list[str]] = []  # paragraphs; a text box stands inside another one
        self._kinds: list[PieceKind] = []
        self._rows: list[list[list[str]]] = []  # rows, cells, paragraphs
        self._note: tuple[str, list[str]] | None = None
        self._depth = self._hidden = 0
        self._elements = self._letters = 0
        self._is_text = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._elements += 1
        if self._depth > DEEPEST:
            raise UnreadableDocument(reason="unsafe")
        if self._elements > MOST_ELEMENTS:
            raise UnreadableDocument(reason="too_big")
        name = _local(tag)
        if tag == _OLD_COPY or name == "moveFrom":
            self._hidden += 1
        if not name or self._hidden:
            return
        if name in _LEFT_OUT:
            self.left_out[_LEFT_OUT[name]] += 1
        elif name == "t":
            self._is_text = True
        elif self._open and name in _SIGNS:
            self._open[-1].append(_SIGNS[name])
        else:
            self._opened(name, {_local(key): value for key, value in attributes.items()})

    def _opened(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "p":
            self._open.append([])
            self._kinds.append(PieceKind.PARAGRAPH)
        elif name == "tr":
            self._rows.append([])
        elif name == "tc" and self._rows:
            self._rows[-1].append([])
        elif name == "pStyle" and self._kinds:
            if attributes.get("val", "").lower().startswith(_HEADINGS):
                self._kinds[-1] = PieceKind.HEADING
        elif name == "numPr" and self._kinds:
            self._kinds[-1] = PieceKind.ITEM
        elif name in _NOTES and self._open:
            note = self._known_notes.get((_NOTES[name], attributes.get("id", "")), "")
            self._write(f" ({note})" if note else "")
        elif name in {"footnote", "endnote"} and "type" not in attributes:
            self._note = (attributes.get("id", ""), [])

    def data(self, words: str) -> None:
        if self._is_text and self._open and not self._hidden:
            self._write(words)

    def _write(self, words: str) -> None:
        self._letters += len(words)
        if self._letters > MOST_LETTERS:
            raise UnreadableDocument(reason="too_big")
        self._open[-1].append(words)

    def end(self, tag: str) -> None:
        self._depth -= 1
        name = _local(tag)
        if tag == _OLD_COPY or name == "moveFrom":
            self._hidden -= 1
        elif self._hidden:
            return
        elif name == "t":
            self._is_text = False
        elif name == "p" and self._open:
            self._put("".join(self._open.pop()), self._kinds.pop())
        elif name == "tr" and self._rows:
            cells = self._rows.pop()
            joined = ("\n".join(cell).replace("\t", " ") for cell in cells)
            self._put("\t".join(joined), PieceKind.ROW)
        elif name in {"footnote", "endnote"} and self._note:
            number, lines = self._note
            self.notes[number], self._note = " ".join(lines).strip(), None

    def close(self) -> None:
        """Nothing is left to do when the markup ends."""

    def _put(self, text: str, kind: PieceKind) -> None:
        """Where a finished paragraph or row belongs: a note, a cell around it, or the text."""
        if self._note is not None:
            self._note[1].append(text)
        elif self._rows and self._rows[-1]:
            if text or self._rows[-1][-1]:
                self._rows[-1][-1].append(text)
        elif len(self.pieces) == MOST_PIECES:
            raise UnreadableDocument(reason="too_big")
        else:
            self.pieces.append(Piece(text, kind))


@lru_cache(maxsize=1_000)
def _local(tag: str) -> str:
    """The name of an element or attribute of the word processor's own; "" for any other."""
    namespace, _brace, name = tag[1:].rpartition("}")
    return name if namespace in _NAMESPACES else ""
