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
MOST_STYLES = 5_000
MOST_STYLES_ABOVE = 12
MOST_COLUMNS = 63  # as Word
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
_TITLES = ("title", "rubrik")
_LISTS = ("listbullet", "listnumber", "punktlista", "numreradlista")
_OUTLINE = frozenset("123456780")  # 9 is text


class PieceKind(StrEnum):
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    ROW = "row"


@dataclass(frozen=True)
class Piece:
    """A paragraph, or a table's row with a tab between its cells.

    `level` of a heading: 1 and on; 0 for the title of the document, and for all that is none. A
    cell that goes over several columns is followed by empty ones, unless it is alone in its row.
    """

    text: str
    kind: PieceKind = PieceKind.PARAGRAPH
    level: int = 0


@dataclass(frozen=True)
class Style:
    """What a named style makes of a paragraph."""

    kind: PieceKind
    level: int = 0


class StylesTarget:
    """Takes the styles of a document: what their names and those they build on make of them.

    Word calls its own styles by English names whatever language their keys are in.
    """

    def __init__(self) -> None:
        self._elements = 0
        self._key = ""
        self._names: dict[str, str] = {}
        self._above: dict[str, str] = {}
        self._own: dict[str, Style] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._elements += 1
        if self._elements > MOST_ELEMENTS:
            raise UnreadableDocument(reason="too_big")
        told = {_local(key): value for key, value in attributes.items()}
        match _local(tag):
            case "style":
                if len(self._names) > MOST_STYLES:
                    raise UnreadableDocument(reason="too_big")
                self._key = told.get("styleId", "") if told.get("type") == "paragraph" else ""
            case "name" if self._key:
                self._names.setdefault(self._key, told.get("val", ""))
            case "basedOn" if self._key:
                self._above.setdefault(self._key, told.get("val", ""))
            case "outlineLvl" if self._key and told.get("val", "") in _OUTLINE:
                self._own[self._key] = Style(PieceKind.HEADING, int(told["val"]) + 1)
            case "numPr" if self._key:
                self._own.setdefault(self._key, Style(PieceKind.ITEM))

    def data(self, words: str) -> None:
        """Styles hold no words."""

    def end(self, tag: str) -> None:
        if _local(tag) == "style":
            self._key = ""

    def close(self) -> None:
        """Nothing is left to do when the markup ends."""

    def styles(self) -> dict[str, Style]:
        """Each key with what it makes of a paragraph, where it makes something of it."""
        found = {key: self._style(key) for key in self._names}
        return {key: style for key, style in found.items() if style is not None}

    def _style(self, key: str) -> Style | None:
        for _step in range(MOST_STYLES_ABOVE):  # hostile ones build on each other without end
            named = named_style(self._names.get(key, "")) or self._own.get(key)
            if named:
                return named
            key = self._above.get(key, "")
        return None


def named_style(name: str) -> Style | None:
    """What a style's name or key makes of a paragraph.

    >>> named_style("Rubrik2")
    Style(kind=<PieceKind.HEADING: 'heading'>, level=2)
    """
    lowered = name.lower().replace(" ", "")
    if lowered in _TITLES:
        return Style(PieceKind.HEADING)
    if lowered.startswith(_LISTS):
        return Style(PieceKind.ITEM)
    if not lowered.startswith(_HEADINGS):
        return None
    level = lowered.lstrip("abcdefghijklmnopqrstuvwxyz")[:1]
    return Style(PieceKind.HEADING, int(level) if level in _OUTLINE else 1)


_PLAIN = Style(PieceKind.PARAGRAPH)


class WordsTarget:
    """Takes what the parser meets. `notes` in: the texts of footnotes by (part, number); `styles`
    in: what the document's own styles make of a paragraph, by key.
    """

    def __init__(
        self,
        notes: Mapping[tuple[str, str], str] | None = None,
        styles: Mapping[str, Style] | None = None,
    ) -> None:
        self._styles = styles or {}
        self.pieces: list[Piece] = []
        self.left_out: Counter[str] = Counter()
        self.notes: dict[str, str] = {}
        self._known_notes = notes or {}
        self._open: list[list[str]] = []  # paragraphs; a text box stands inside another one
        self._kinds: list[Style] = []
        self._rows: list[list[list[str]]] = []  # rows, cells, paragraphs
        self._spans: list[list[int]] = []  # of each row, how many columns each cell goes over
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
            self._kinds.append(_PLAIN)
        elif name == "tr":
            self._rows.append([])
            self._spans.append([])
        elif name == "tc" and self._rows:
            self._rows[-1].append([])
            self._spans[-1].append(1)
        elif name == "gridSpan" and self._spans and self._spans[-1]:
            self._spans[-1][-1] = _span(attributes.get("val", ""))
        elif name == "pStyle" and self._kinds:
            key = attributes.get("val", "")
            self._kinds[-1] = self._styles.get(key) or named_style(key) or self._kinds[-1]
        elif name == "outlineLvl" and self._kinds and attributes.get("val", "") in _OUTLINE:
            self._kinds[-1] = Style(PieceKind.HEADING, int(attributes["val"]) + 1)
        elif name == "numPr" and self._kinds and self._kinds[-1].kind is not PieceKind.HEADING:
            self._kinds[-1] = Style(PieceKind.ITEM)
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
            self._put(_joined(self._rows.pop(), self._spans.pop()), Style(PieceKind.ROW))
        elif name in {"footnote", "endnote"} and self._note:
            number, lines = self._note
            self.notes[number], self._note = " ".join(lines).strip(), None

    def close(self) -> None:
        """Nothing is left to do when the markup ends."""

    def _put(self, text: str, style: Style) -> None:
        """Where a finished paragraph or row belongs: a note, a cell around it, or the text."""
        if self._note is not None:
            self._note[1].append(text)
        elif self._rows and self._rows[-1]:
            if text or self._rows[-1][-1]:
                self._rows[-1][-1].append(text)
        elif len(self.pieces) == MOST_PIECES:
            raise UnreadableDocument(reason="too_big")
        else:
            self.pieces.append(Piece(text, style.kind, style.level))


def _joined(cells: list[list[str]], spans: list[int]) -> str:
    words = ["\n".join(cell).replace("\t", " ") for cell in cells]
    if len(words) == 1:
        return words[0]
    return "\t".join(word + "\t" * (span - 1) for word, span in zip(words, spans, strict=True))


def _span(told: str) -> int:
    """How many columns a cell says it goes over, within what a table can have."""
    return min(max(int(told), 1), MOST_COLUMNS) if told.isdecimal() and len(told) < 4 else 1


@lru_cache(maxsize=1_000)
def _local(tag: str) -> str:
    """The name of an element or attribute of the word processor's own; "" for any other."""
    namespace, _brace, name = tag[1:].rpartition("}")
    return name if namespace in _NAMESPACES else ""
