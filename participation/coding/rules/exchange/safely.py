"""Opening a file of another program: archives that swell, XML with entities, trees without end.

Source: TRUST 30.
"""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from defusedxml import ElementTree

from participation.foundation.errors import DomainError
from participation.foundation.tabular.reading import BROKEN, UnreadableTable, refuse_swelling

MOST_UNPACKED_BYTES = 60 * 1024 * 1024
MOST_XML_BYTES = 20 * 1024 * 1024
MOST_FILES = 25_000
PROJECT_FILE = "project.qde"
SOURCES = "sources"
Node = Any  # an element of the tree


class UnreadableProject(DomainError):
    """The file is no project or codebook we can read.

    `data["reason"]`: empty, too_big, wrong_type, broken, unsafe, two_projects, no_project,
    locked, nothing.
    """

    code = "unreadable_project"

    @property
    def reason(self) -> str:
        return str(self.data["reason"])


@dataclass(frozen=True)
class Package:
    """A project's XML and its text files by name, lower case, without folders."""

    xml: bytes
    files: dict[str, bytes]


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
    texts = {
        _name(one.filename): _content(packed, one)
        for one in entries
        if _name(one.filename).endswith(".txt")
    }
    return Package(_content(packed, projects[0]), texts)


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


def parsed(content: bytes) -> Node:
    """The root of an XML file. Raises UnreadableProject: broken, or it declares entities."""
    if len(content) > MOST_XML_BYTES:
        raise UnreadableProject(reason="too_big")
    try:
        return ElementTree.fromstring(content, forbid_dtd=True)
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
