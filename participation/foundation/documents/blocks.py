"""What a document is made of when we write one."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Heading:
    """`level` 1 to 3; the title of the document is none of them."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """A line break in `text` stays one. `is_quote`: somebody's own words, set off.

    `language`: a BCP 47 tag, where the words may be in another than the document's.
    `label` stands before the words, in bold and with a colon; `address` after them, as a link.
    """

    text: str
    is_quote: bool = False
    language: str = ""
    label: str = ""
    address: str = ""


@dataclass(frozen=True)
class Item:
    """One point of a list with dots."""

    text: str


@dataclass(frozen=True)
class Table:
    """Its first row is repeated on each page and told as headings to screen readers.

    A line break in a cell begins a paragraph. `title`: what the table is called for who listens.
    """

    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    title: str = ""


Block = Heading | Paragraph | Item | Table
