"""Reading QDPX and QDC of whatever program, as far as there is a place for it here."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from participation.coding.rules.exchange.positions import (
    Counting,
    Marked,
    best_counting,
    line_feeds,
    places,
    shifting_signs,
)
from participation.coding.rules.exchange.safely import (
    Node,
    Package,
    UnreadableProject,
    child,
    children,
    parsed,
    tag,
    unpacked,
    words,
)
from participation.coding.rules.exchange.shapes import (
    LeftOut,
    QdaCode,
    QdaCoding,
    QdaProject,
    QdaSet,
    QdaText,
    QdaUser,
)

MOST_CODES = 20_000
MOST_TEXTS = 20_000
MOST_CODINGS = 60_000
MOST_LETTERS = 8_000_000
MOST_SHIFTS = 500_000  # line ends and signs that other programs count otherwise
MOST_VALUES = 500_000
MOST_OF_A_VOICE = 20  # a case with more texts is a place or a group, and nobody's voice
DEEPEST = 12
INTERNAL = "internal://"
_NO_PLACE = {
    "PictureSource": LeftOut.PICTURES,
    "AudioSource": LeftOut.SOUND,
    "VideoSource": LeftOut.SOUND,
}
_SOURCES = ("TextSource", "PDFSource", *_NO_PLACE)
_COLOR = re.compile(r"#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3})")
_VALUES = (
    *("TextValue", "BooleanValue", "IntegerValue", "FloatValue", "DateValue", "DateTimeValue"),
)


def read_codebook(content: bytes) -> QdaProject:
    """A QDC file. Raises UnreadableProject."""
    if not content.strip():
        raise UnreadableProject(reason="empty")
    root = parsed(content)
    if tag(root) not in {"CodeBook", "Codebook"}:
        raise UnreadableProject(reason="wrong_type")
    codes = _codes(root)
    if not codes:
        raise UnreadableProject(reason="nothing")
    return QdaProject(title="", origin=root.get("origin", ""), codes=codes, sets=_sets(root))


def read_project(content: bytes) -> QdaProject:
    """A QDPX file: its codebook, texts and codings, and what was left out.

    Raises:
        UnreadableProject: broken, hostile, too much of it, or nothing in it for us.
    """
    package = unpacked(content)
    root = parsed(package.xml)
    if tag(root) != "Project":
        raise UnreadableProject(reason="wrong_type")
    codes = _codes(child(root, "CodeBook"))
    reader = _Sources(package, frozenset(one.guid for top in codes for one in top.walk()))
    texts = reader.texts(root)
    if not codes and not texts:
        raise UnreadableProject(reason="nothing")
    for name, kind in (
        ("Notes", LeftOut.NOTES),
        ("Links", LeftOut.LINKS),
        ("Graphs", LeftOut.GRAPHS),
    ):
        found = child(root, name)
        reader.left_out[kind] += 0 if found is None else len(found)
    return QdaProject(
        title=root.get("name", ""),
        origin=root.get("origin", ""),
        memo=words(root, "Description"),
        codes=codes,
        sets=_sets(root),
        users=_users(root),
        texts=texts,
        left_out={kind: count for kind, count in sorted(reader.left_out.items()) if count},
    )


def guid(value: str | None) -> str:
    """As we write them: lower case, no braces. Empty when it is none."""
    try:
        return str(UUID((value or "").strip()))
    except ValueError:
        return ""


# ---------------------------------------------------------------- codes


def _codes(book: Node | None) -> tuple[QdaCode, ...]:
    seen: Counter[str] = Counter()
    return tuple(_code(node, 1, seen) for node in _named(child(book, "Codes"), "Code"))


def _named(node: Node | None, name: str) -> Iterator[Node]:
    return (one for one in children(node, name) if guid(one.get("guid")))


def _code(node: Node, depth: int, seen: Counter[str]) -> QdaCode:
    seen["codes"] += 1
    if depth > DEEPEST or seen["codes"] > MOST_CODES:
        raise UnreadableProject(reason="too_big")
    color = node.get("color", "")
    return QdaCode(
        guid=guid(node.get("guid")),
        name=node.get("name", ""),
        description=words(node, "Description"),
        color=color if _COLOR.fullmatch(color) else "",
        is_codable=node.get("isCodable", "true").strip().lower() not in {"false", "0"},
        codes=tuple(_code(below, depth + 1, seen) for below in _named(node, "Code")),
    )


def _sets(root: Node) -> tuple[QdaSet, ...]:
    found = (
        QdaSet(
            guid=guid(node.get("guid")),
            name=node.get("name", ""),
            description=words(node, "Description"),
            members=tuple(
                member
                for one in children(node, "MemberCode")
                if (member := guid(one.get("targetGUID") or one.get("guid")))
            ),
        )
        for node in _named(child(root, "Sets"), "Set")
    )
    return tuple(one for one in found if one.members)


def _users(root: Node) -> tuple[QdaUser, ...]:
    return tuple(
        QdaUser(guid=guid(node.get("guid")), name=node.get("name", ""))
        for node in _named(child(root, "Users"), "User")
    )


# ---------------------------------------------------------------- texts


@dataclass(frozen=True)
class _Raw:
    """A text with its passages as the file gives them."""

    node: Node
    text: str
    marked: tuple[tuple[Marked, Node], ...]


@dataclass
class _Sources:
    """Reads the sources of a project and counts what is left out."""

    package: Package
    codes: frozenset[str]
    left_out: Counter[LeftOut] = field(default_factory=Counter)
    codings: int = 0
    letters: int = 0
    shifts: int = 0

    def texts(self, root: Node) -> tuple[QdaText, ...]:
        raw = list(self._raw(root))
        counting = best_counting([(one.text, [m for m, _node in one.marked]) for one in raw])
        values, voices = _values_by_source(root), _voices_by_source(root)
        return tuple(self._text(one, counting, values, voices) for one in raw)

    def _raw(self, root: Node) -> Iterator[_Raw]:
        for number, (node, guids) in enumerate(self._text_nodes(root), start=1):
            if number > MOST_TEXTS:
                raise UnreadableProject(reason="too_big")
            text = self._words(node)
            if text is None:
                self.left_out[LeftOut.MISSING_TEXTS] += 1
            elif not text.strip():
                self.left_out[LeftOut.EMPTY_TEXTS] += 1
            elif guid(guids.get("guid")):
                self._count(text)
                yield _Raw(node, text, tuple(self._marked(node)))

    def _text_nodes(self, root: Node) -> Iterator[tuple[Node, Node]]:
        """Each text, and the source it belongs to: a PDF's is its plain text."""
        for source in children(child(root, "Sources"), *_SOURCES):
            kind = tag(source)
            if kind == "TextSource":
                yield source, source
            elif kind == "PDFSource" and child(source, "Representation") is not None:
                yield child(source, "Representation"), source
            elif kind == "PDFSource":
                self.left_out[LeftOut.PDFS] += 1
            else:
                self.left_out[_NO_PLACE[kind]] += 1

    def _words(self, node: Node) -> str | None:
        inline = child(node, "PlainTextContent")
        if inline is not None:
            return inline.text or ""
        path = node.get("plainTextPath", "").replace("\\", "/")
        if not path.startswith(INTERNAL):
            return None
        content = self.package.files.take(path.removeprefix(INTERNAL))
        return None if content is None else _decoded(content)

    def _count(self, text: str) -> None:
        """Raises UnreadableProject: more than one person ever reads through."""
        self.letters += len(text)
        self.shifts += shifting_signs(text)
        if self.letters > MOST_LETTERS or self.shifts > MOST_SHIFTS:
            raise UnreadableProject(reason="too_big")

    def _marked(self, node: Node) -> Iterator[tuple[Marked, Node]]:
        for one in children(node, "PlainTextSelection"):
            self.codings += 1
            if self.codings > MOST_CODINGS:
                raise UnreadableProject(reason="too_big")
            try:
                start, end = int(one.get("startPosition", "")), int(one.get("endPosition", ""))
            except ValueError:
                start = end = -1
            yield Marked(start=start, end=end, name=one.get("name", "")), one

    def _text(
        self,
        raw: _Raw,
        counting: Counting,
        values: Mapping[str, dict[str, str]],
        voices: Mapping[str, str],
    ) -> QdaText:
        text, place = line_feeds(raw.text), places(raw.text, counting)
        found = [
            *self._whole(raw.node, len(text)),
            *(
                coding
                for marked, node in raw.marked
                for coding in self._in(node, place(marked.start), place(marked.end), len(text))
            ),
        ]
        own = guid(raw.node.get("guid"))
        known = {**values.get(own, {}), **_values(raw.node, _variables(None))}
        return QdaText(
            guid=own,
            name=raw.node.get("name", ""),
            text=text,
            codings=tuple(sorted(set(found), key=_order)),
            values=tuple(known.items()),
            voice=voices.get(own, ""),
            question=words(raw.node, "Description"),
        )

    def _whole(self, node: Node, length: int) -> Iterator[QdaCoding]:
        """Codes on a text as a whole."""
        for coding in children(node, "Coding"):
            yield from self._coding(coding, node, 0, length)

    def _in(self, node: Node, start: int, end: int, length: int) -> Iterator[QdaCoding]:
        if not 0 <= start < end <= length:
            self.left_out[LeftOut.OUTSIDE] += 1
            return
        for coding in children(node, "Coding"):
            yield from self._coding(coding, node, start, end)

    def _coding(self, coding: Node, around: Node, start: int, end: int) -> Iterator[QdaCoding]:
        self.codings += 1
        if self.codings > MOST_CODINGS:
            raise UnreadableProject(reason="too_big")
        reference = child(coding, "CodeRef")
        code = guid(reference.get("targetGUID")) if reference is not None else ""
        if code not in self.codes:
            self.left_out[LeftOut.UNKNOWN_CODES] += 1
            return
        user = guid(coding.get("creatingUser")) or guid(around.get("creatingUser"))
        yield QdaCoding(start=start, end=end, code=code, user=user)


def _order(one: QdaCoding) -> tuple[int, int, str, str]:
    return one.start, one.end, one.code, one.user


def _decoded(content: bytes) -> str:
    """UTF-8 with or without a mark, UTF-16 with one, else the old Windows code page."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


# ---------------------------------------------------------------- variables


def _variables(root: Node | None) -> dict[str, str]:
    return {
        guid(node.get("guid")): node.get("name", "")
        for node in _named(child(root, "Variables"), "Variable")
    }


def _values_by_source(root: Node) -> dict[str, dict[str, str]]:
    """What the cases say about each source, by the source's guid."""
    names = _variables(root)
    found: dict[str, dict[str, str]] = {}
    left = MOST_VALUES
    for node in _case_nodes(root):
        values = _values(node, names)
        for source in children(node, "SourceRef"):
            left -= len(values)
            if left < 0:
                raise UnreadableProject(reason="too_big")
            found.setdefault(guid(source.get("targetGUID")), {}).update(values)
    for node in children(child(root, "Sources"), "TextSource"):
        found.setdefault(guid(node.get("guid")), {}).update(_values(node, names))
    return found


def _voices_by_source(root: Node) -> dict[str, str]:
    """The case that a text shares with a few others, by the source's guid."""
    found: dict[str, str] = {}
    for node in _case_nodes(root):
        sources = {guid(one.get("targetGUID")) for one in children(node, "SourceRef")}
        if 1 < len(sources) <= MOST_OF_A_VOICE:
            for source in sources:
                found.setdefault(source, guid(node.get("guid")))
    return found


def _case_nodes(root: Node) -> Sequence[Node]:
    return list(children(child(root, "Cases"), "Case"))


def _values(node: Node, names: Mapping[str, str]) -> dict[str, str]:
    values: dict[str, str] = {}
    for one in children(node, "VariableValue"):
        reference = child(one, "VariableRef")
        name = names.get(guid(reference.get("targetGUID")), "") if reference is not None else ""
        value = next((words(one, kind) for kind in _VALUES if child(one, kind) is not None), "")
        if name and value:
            values[name] = value
    return values
