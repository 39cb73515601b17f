"""What a project of another program holds, as far as we understand it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class LeftOut(StrEnum):
    """What a file holds that has no place here."""

    PICTURES = "pictures"
    PDFS = "pdfs"
    SOUND = "sound"
    MISSING_TEXTS = "missing_texts"
    EMPTY_TEXTS = "empty_texts"
    OUTSIDE = "outside"
    UNKNOWN_CODES = "unknown_codes"
    NOTES = "notes"
    LINKS = "links"
    GRAPHS = "graphs"
    OWN_TEXTS = "own_texts"


@dataclass(frozen=True, kw_only=True)
class QdaCode:
    """A code with those below it. `is_codable` false: a heading that gathers codes."""

    guid: str
    name: str
    description: str = ""
    color: str = ""
    is_codable: bool = True
    codes: tuple["QdaCode", ...] = ()

    def walk(self) -> Iterator["QdaCode"]:
        """Itself and all below, each before its own."""
        waiting = [self]
        while waiting:
            code = waiting.pop()
            yield code
            waiting.extend(reversed(code.codes))


@dataclass(frozen=True, kw_only=True)
class QdaSet:
    """Codes that somebody put together, beside the tree."""

    guid: str
    name: str
    description: str = ""
    members: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class QdaUser:
    guid: str
    name: str


@dataclass(frozen=True, kw_only=True, order=True)
class QdaCoding:
    """A code on a stretch of a text: Unicode code points, lines end with LF."""

    start: int
    end: int
    code: str
    user: str = ""


@dataclass(frozen=True, kw_only=True)
class QdaText:
    """One voice's words. `values`: what is known about the voice, variable by variable.

    `voice`: the case that several texts of one voice have in common; empty for a text alone.
    `question`: what the words answer, beside them.
    """

    guid: str
    name: str
    text: str
    codings: tuple[QdaCoding, ...] = ()
    values: tuple[tuple[str, str], ...] = ()
    voice: str = ""
    question: str = ""


@dataclass(frozen=True, kw_only=True)
class QdaProject:
    """A codebook alone has no texts. Codings are in order; each code they name exists."""

    title: str
    origin: str = ""
    memo: str = ""
    codes: tuple[QdaCode, ...] = ()
    sets: tuple[QdaSet, ...] = ()
    users: tuple[QdaUser, ...] = ()
    texts: tuple[QdaText, ...] = ()
    left_out: Mapping[LeftOut, int] = field(default_factory=dict)

    def all_codes(self) -> Iterator[QdaCode]:
        """Every code of the tree, as it is read from top to bottom."""
        for code in self.codes:
            yield from code.walk()

    @property
    def codings(self) -> int:
        return sum(len(text.codings) for text in self.texts)
