"""Documents from word processors and plain text files: read without trust, written small."""

from participation.foundation.documents.blocks import Block, Heading, Item, Paragraph, Table
from participation.foundation.documents.pages import HTML, html_bytes
from participation.foundation.documents.problems import UnreadableDocument
from participation.foundation.documents.reading import (
    Document,
    Piece,
    PieceKind,
    read_document,
    read_docx,
)
from participation.foundation.documents.text import read_text
from participation.foundation.documents.writing import DOCX, docx_bytes

__all__ = [
    "DOCX",
    "HTML",
    "Block",
    "Document",
    "Heading",
    "Item",
    "Paragraph",
    "Piece",
    "PieceKind",
    "Table",
    "UnreadableDocument",
    "docx_bytes",
    "html_bytes",
    "read_document",
    "read_docx",
    "read_text",
]
