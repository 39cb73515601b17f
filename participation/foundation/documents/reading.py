"""Reading .docx without trust: nothing is unpacked to disk, followed, run or expanded. Pure.

Source: TRUST 30 (archives that swell, XML entities); ECMA-376 part 1, chapter 17.
"""

import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError

from participation.foundation.documents.problems import UnreadableDocument
from participation.foundation.documents.text import MOST_BYTES, read_text
from participation.foundation.documents.words import Piece, PieceKind, StylesTarget, WordsTarget

__all__ = ["Document", "Piece", "PieceKind", "read_document", "read_docx"]

MOST_PART_BYTES = 30 * 1024 * 1024
MOST_PARTS = 3_000
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"  # .doc, and .docx behind a password
_MAIN_PART = re.compile(r"word/document\d*\.xml")
_STYLES = "word/styles.xml"
Target = TypeVar("Target", WordsTarget, StylesTarget)
_ABOVE_AND_BELOW = re.compile(r"word/(?:header|footer)\d*\.xml")
_IS_ENCRYPTED = 0x1
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, LookupError)


@dataclass(frozen=True)
class Document:
    """The pieces of a document in order; what was left out, by kind, and how often.

    `left_out` counts deleted (tracked changes), comments, pictures, headers and parts.
    """

    pieces: tuple[Piece, ...]
    left_out: Mapping[str, int] = field(default_factory=dict)


def read_document(content: bytes) -> Document:
    """A .docx, or plain text of which every line is a paragraph; told by the content.

    Raises:
        UnreadableDocument: see `data["reason"]`.
    """
    if content.startswith((b"PK", _OLD_OFFICE)):
        return read_docx(content)
    return Document(tuple(Piece(line) for line in read_text(content).split("\n")))


def read_docx(content: bytes) -> Document:
    """Paragraphs, list items, table rows and footnotes of a .docx as they read now.

    Tracked deletions, comments, pictures, headers and footers are left out and counted.

    Raises:
        UnreadableDocument: see `data["reason"]`.
    """
    _refuse_at_sight(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return _read(packed)
    except _BROKEN as problem:
        raise UnreadableDocument(reason="broken") from problem


def _refuse_at_sight(content: bytes) -> None:
    if not content:
        raise UnreadableDocument(reason="empty")
    if len(content) > MOST_BYTES:
        raise UnreadableDocument(reason="too_big")
    if content.startswith(_OLD_OFFICE):
        raise UnreadableDocument(reason="protected")
    if not content.startswith(b"PK"):
        raise UnreadableDocument(reason="wrong_type")


def _read(packed: zipfile.ZipFile) -> Document:
    names = _checked_names(packed)
    main = next((name for name in sorted(names) if _MAIN_PART.fullmatch(name)), None)
    if main is None:
        raise UnreadableDocument(reason="wrong_type")
    notes: dict[tuple[str, str], str] = {}
    for part in ("footnotes", "endnotes"):
        if f"word/{part}.xml" in names:
            target = _parsed(packed, f"word/{part}.xml", WordsTarget())
            notes |= {(part, number): text for number, text in target.notes.items()}
    styles = StylesTarget()
    if _STYLES in names:
        styles = _parsed(packed, _STYLES, styles)
    words = _parsed(packed, main, WordsTarget(notes, styles.styles()))
    left_out = Counter(words.left_out)
    left_out["headers"] = sum(1 for name in names if _ABOVE_AND_BELOW.fullmatch(name))
    pieces = tuple(words.pieces)
    if not any(piece.text.strip() for piece in pieces):
        raise UnreadableDocument(reason="empty")
    return Document(pieces, {kind: count for kind, count in left_out.items() if count})


def _checked_names(packed: zipfile.ZipFile) -> set[str]:
    """The names of the parts. Raises UnreadableDocument for what no word processor writes."""
    parts = packed.infolist()
    names = {part.filename for part in parts}
    if len(parts) > MOST_PARTS or sum(p.file_size for p in parts) > 10 * MOST_PART_BYTES:
        raise UnreadableDocument(reason="too_big")
    if any(part.flag_bits & _IS_ENCRYPTED for part in parts):
        raise UnreadableDocument(reason="protected")
    is_climbing = any(name.startswith("/") or ".." in re.split(r"[/\\]", name) for name in names)
    if is_climbing or len(names) < len(parts):
        raise UnreadableDocument(reason="unsafe")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise UnreadableDocument(reason="macros")
    return names


def _parsed(packed: zipfile.ZipFile, name: str, target: Target) -> Target:
    with packed.open(name) as part:  # what the archive says of its sizes is not believed
        markup = part.read(MOST_PART_BYTES + 1)
    if len(markup) > MOST_PART_BYTES:
        raise UnreadableDocument(reason="too_big")
    parser = DefusedXMLParser(target=target, forbid_dtd=True)
    try:
        parser.feed(markup)
        parser.close()
    except DefusedXmlException as problem:
        raise UnreadableDocument(reason="unsafe") from problem
    except ParseError as problem:
        raise UnreadableDocument(reason="broken") from problem
    return target
