"""Opening a file of another program: archives that swell, XML with entities, trees without end.

Source: TRUST 30.
"""

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import TreeBuilder  # nothing is parsed with it

from defusedxml.ElementTree import DefusedXMLParser

from participation.foundation.errors import DomainError
from participation.foundation.tabular.reading import BROKEN, UnreadableTable, refuse_swelling

MOST_UNPACKED_BYTES = 60 * 1024 * 1024  # as the archive says; pictures and sound are not opened
MOST_XML_BYTES = 12 * 1024 * 1024
MOST_TEXT_BYTES = 16 * 1024 * 1024
MOST_ELEMENTS = 250_000
MOST_ATTRIBUTES = 600_000
MOST_FILES = 25_000
SOURCES = "sources/"
Node = Any  # an element of the tree


class UnreadableProject(DomainError):
    """The file is no project or codebook we can read.

    `data["reason"]`: empty, too_big, wrong_type, broken, unsafe, two_projects, no_project,
    locked, own_texts, nothing.
    """

    code = "unreadable_project"

    @property
    def reason(self) -> str:
        return str(self.data["reason"])


@dataclass(frozen=True)
class Package:
    """A project's XML, and its text files by where they lie among the sources."""

    xml: bytes
    files: "Files"


class Files:
    """Text files, each to be used once. A name that may mean several means none of them: better
    no text than the wrong one."""

    def __init__(self, found: Iterable[tuple[str, bytes]]) -> None:
        self._contents: list[bytes | None] = []
        self._by_name: tuple[dict[str, list[int]], ...] = ({}, {}, {})
        for number, (path, content) in enumerate(found):
            self._contents.append(content)
            for known, name in zip(self._by_name, _names_of(_among_sources(path)), strict=True):
                known.setdefault(name, []).append(number)

    def take(self, path: str) -> bytes | None:
        """The file that a project calls so: as it is written, else whatever the case of its
        letters, else wherever it lies."""
        for known, name in zip(self._by_name, _names_of(path), strict=True):
            numbers = known.get(name, ())
            if numbers:
                break
        else:
            return None
        if len(numbers) > 1:
            return None
        content, self._contents[numbers[0]] = self._contents[numbers[0]], None
        return content


def _names_of(path: str) -> tuple[str, str, str]:
    path = path.replace("\\", "/")
    return path, path.lower(), _name(path)


def _among_sources(path: str) -> str:
    """ "Projekt/Sources/a/1.txt" → "a/1.txt"."""
    path = path.replace("\\", "/")
    at = f"/{path.lower()}".rfind(f"/{SOURCES}")
    return path if at < 0 else path[at + len(SOURCES) :]


def unpacked(content: bytes) -> Package:
    """What lies in a QDPX. Nothing is written to disk. Raises UnreadableProject."""
    if not content.strip():
        raise UnreadableProject(reason="empty")
    if not content.startswith(b"PK"):
        raise UnreadableProject(reason="wrong_type")
    try:
        refuse_swelling(content, MOST_UNPACKED_BYTES)
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return _package(packed)
    except UnreadableTable as problem:
        raise UnreadableProject(reason=problem.data["reason"]) from problem
    except BROKEN as problem:
        raise UnreadableProject(reason="broken") from problem


def _package(packed: zipfile.ZipFile) -> Package:
    entries = [one for one in packed.infolist() if not one.is_dir()]
    if len(entries) > MOST_FILES:
        raise UnreadableProject(reason="too_big")
    if any(_is_unsafe(one.filename) for one in entries):
        raise UnreadableProject(reason="unsafe")
    if any(one.flag_bits & 1 for one in entries):
        raise UnreadableProject(reason="locked")
    projects = [one for one in entries if _name(one.filename).endswith(".qde")]
    if len(projects) != 1:
        raise UnreadableProject(reason="two_projects" if projects else "no_project")
    if projects[0].file_size > MOST_XML_BYTES:
        raise UnreadableProject(reason="too_big")
    texts = [one for one in entries if _name(one.filename).endswith(".txt")]
    if sum(one.file_size for one in texts) > MOST_TEXT_BYTES:
        raise UnreadableProject(reason="too_big")
    files = Files((one.filename, _content(packed, one)) for one in texts)
    return Package(_content(packed, projects[0]), files)


def _content(packed: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """No more than the archive said it holds. Raises UnreadableProject."""
    with packed.open(entry) as file:
        found = file.read(entry.file_size + 1)
    if len(found) > entry.file_size:
        raise UnreadableProject(reason="too_big")
    return found


def _is_unsafe(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or parts[0] == "" or ":" in parts[0]


def _name(path: str) -> str:
    return path.replace("\\", "/").rsplit("/", 1)[-1].lower()


class _Counting(TreeBuilder):
    """A tree of XML takes fifty times the room of the file it comes from: it is counted."""

    def __init__(self) -> None:
        super().__init__()
        self._elements, self._attributes = MOST_ELEMENTS, MOST_ATTRIBUTES

    def start(self, name: Any, attributes: Any, /) -> Any:
        self._elements -= 1
        self._attributes -= len(attributes)
        if self._elements < 0 or self._attributes < 0:
            raise UnreadableProject(reason="too_big")
        return super().start(name, attributes)


def parsed(content: bytes) -> Node:
    """The root of an XML file. Raises UnreadableProject: broken, or it declares entities."""
    if len(content) > MOST_XML_BYTES:
        raise UnreadableProject(reason="too_big")
    try:
        parser = DefusedXMLParser(target=_Counting(), forbid_dtd=True)
        parser.feed(content)
        return parser.close()
    except BROKEN as problem:
        raise UnreadableProject(reason="broken") from problem


def tag(node: Node) -> str:
    """An element's name without its namespace: programs write older ones too."""
    return str(node.tag).rsplit("}", 1)[-1]


def children(node: Node | None, *names: str) -> Iterator[Node]:
    """The elements right below that have one of the names."""
    for child in () if node is None else node:
        if tag(child) in names:
            yield child


def child(node: Node | None, name: str) -> Node | None:
    return next(children(node, name), None)


def words(node: Node | None, name: str) -> str:
    """The text of the first element of that name right below; empty when there is none."""
    found = child(node, name)
    return (found.text or "") if found is not None else ""
