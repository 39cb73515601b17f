"""Writing QDPX and QDC: valid against the published schema, the same bytes for the same project."""

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from itertools import groupby
from uuid import UUID, uuid5

from markupsafe import escape

from participation.coding.rules.exchange.positions import line_feeds, shifted
from participation.coding.rules.exchange.shapes import (
    QdaCode,
    QdaCoding,
    QdaProject,
    QdaSet,
    QdaText,
)

ORIGIN = "Medskapa"
CODEBOOK = "urn:QDA-XML:codebook:1.0"
PROJECT = "urn:QDA-XML:project:1.0"
_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
_NAME_LENGTH = 60  # of a passage: its first words
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NO_MOMENT = (1980, 1, 1, 0, 0, 0)
# Colour-blind safe on white; themes take them in turn.
COLORS = ("#0B5FA5", "#A23B00", "#1B6E3C", "#7A2A8C", "#8A6100", "#3D4F5C")


def write_codebook(project: QdaProject) -> bytes:
    """The codebook of a project as QDC."""
    parts = [
        _element("Codes", {}, *(_code(code) for code in project.codes)),
        _sets(project.sets, member_guid="guid"),
    ]
    root = _element("CodeBook", {"xmlns": CODEBOOK, "origin": ORIGIN}, *parts)
    return (_HEAD + root).encode()


def write_project(project: QdaProject) -> bytes:
    """A project as QDPX: an archive with project.qde and a text file for each text.

    No moment is in it: when somebody coded is nobody's business.
    """
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        _put(packed, "project.qde", _HEAD + _project(project))
        for text in project.texts:
            _put(packed, f"Sources/{text.guid}.txt", line_feeds(text.text))
    return target.getvalue()


def _put(packed: zipfile.ZipFile, name: str, content: str) -> None:
    entry = zipfile.ZipInfo(name, _NO_MOMENT)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    packed.writestr(entry, content.encode())


def _project(project: QdaProject) -> str:
    variables = dict.fromkeys(name for text in project.texts for name, _value in text.values)
    guids = {name: derived(project.texts[0].guid, "variable", name) for name in variables}
    return _element(
        "Project",
        {"xmlns": PROJECT, "name": project.title, "origin": ORIGIN},
        _group(
            "Users", (_element("User", {"guid": u.guid, "name": u.name}) for u in project.users)
        ),
        _group("CodeBook", [_group("Codes", (_code(code) for code in project.codes))]),
        _group("Variables", (_variable(name, guid) for name, guid in guids.items())),
        _group("Cases", (_case(texts, guids) for texts in _voices(project.texts))),
        _group("Sources", (_source(text) for text in project.texts)),
        _sets(project.sets, member_guid="targetGUID"),
        _described(project.memo),
    )


def _code(code: QdaCode) -> str:
    attributes = {
        "guid": code.guid,
        "name": code.name,
        "isCodable": "true" if code.is_codable else "false",
        "color": code.color,
    }
    return _element(
        "Code", attributes, _described(code.description), *(_code(below) for below in code.codes)
    )


def _sets(sets: Iterable[QdaSet], *, member_guid: str) -> str:
    return _group(
        "Sets",
        (
            _element(
                "Set",
                {"guid": one.guid, "name": one.name},
                _described(one.description),
                *(_element("MemberCode", {member_guid: member}) for member in one.members),
            )
            for one in sets
        ),
    )


def _variable(name: str, guid: str) -> str:
    return _element("Variable", {"guid": guid, "name": name, "typeOfVariable": "Text"})


def _voices(texts: Iterable[QdaText]) -> Iterable[list[QdaText]]:
    """The texts of each voice of which there is something to say."""
    found: dict[str, list[QdaText]] = {}
    for text in texts:
        if text.values or text.voice:
            found.setdefault(text.voice or derived(text.guid, "case"), []).append(text)
    return found.values()


def _case(texts: list[QdaText], variables: Mapping[str, str]) -> str:
    """A voice: what is known of all its texts, and which they are."""
    text = texts[0]
    known = [pair for pair in text.values if all(pair in one.values for one in texts)]
    values = (
        _element(
            "VariableValue",
            {},
            _element("VariableRef", {"targetGUID": variables[name]}),
            _element("TextValue", {}, _text(value)),
        )
        for name, value in known
    )
    sources = (_element("SourceRef", {"targetGUID": one.guid}) for one in texts)
    attributes = {"guid": text.voice or derived(text.guid, "case"), "name": text.name}
    return _element("Case", attributes, *values, *sources)


def _source(text: QdaText) -> str:
    words, place = line_feeds(text.text), shifted(text.text)
    codings = sorted(text.codings)
    selections = (
        _selection(text.guid, words, place(start), place(end), list(found))
        for (start, end), found in groupby(codings, key=lambda one: (one.start, one.end))
    )
    attributes = {
        "guid": text.guid,
        "name": text.name,
        "plainTextPath": f"internal://{text.guid}.txt",
    }
    return _element("TextSource", attributes, _described(text.question), *selections)


def _selection(guid: str, words: str, start: int, end: int, codings: list[QdaCoding]) -> str:
    own = derived(guid, str(start), str(end))
    inside = (
        _element(
            "Coding",
            {"guid": derived(own, one.code, one.user), "creatingUser": one.user},
            _element("CodeRef", {"targetGUID": one.code}),
        )
        for one in codings
    )
    attributes = {
        "guid": own,
        "name": " ".join(words[start:end].split())[:_NAME_LENGTH],
        "startPosition": str(start),
        "endPosition": str(end),
    }
    return _element("PlainTextSelection", attributes, *inside)


def derived(guid: str, *parts: str) -> str:
    """The same for the same parts, so that a second file matches the first."""
    return str(uuid5(UUID(guid), "\0".join(parts)))


def _described(text: str) -> str:
    return _element("Description", {}, _text(text)) if text else ""


def _group(name: str, parts: Iterable[str]) -> str:
    """An element around the parts; nothing where there are none: the schema has no empty groups."""
    inside = "".join(parts)
    return _element(name, {}, inside) if inside else ""


def _element(name: str, attributes: Mapping[str, str], *inside: str) -> str:
    """`inside` is markup already. An attribute without value is left out, a name never."""
    written = "".join(
        f' {key}="{_attribute(value)}"'
        for key, value in attributes.items()
        if value or key == "name"
    )
    content = "".join(inside)
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def _text(value: str) -> str:
    return str(escape(_UNWRITABLE.sub("", line_feeds(value))))


def _attribute(value: str) -> str:
    return _text(value).replace("\n", "&#10;").replace("\t", "&#9;")
