"""A project as it was read, kept until somebody says yes: a file from outside is opened once."""

import json
from collections.abc import Mapping
from typing import Any

from participation.coding.rules.exchange.shapes import (
    LeftOut,
    QdaCode,
    QdaCoding,
    QdaProject,
    QdaSet,
    QdaText,
    QdaUser,
)


def kept(project: QdaProject) -> bytes:
    """The project as JSON; the same project is always the same bytes."""
    told = {
        "title": project.title,
        "origin": project.origin,
        "memo": project.memo,
        "codes": [_code(one) for one in project.codes],
        "sets": [vars(one) for one in project.sets],
        "users": [vars(one) for one in project.users],
        "texts": [
            {**vars(one), "codings": [[c.start, c.end, c.code, c.user] for c in one.codings]}
            for one in project.texts
        ],
        "left_out": project.left_out,
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )


def _code(code: QdaCode) -> dict[str, Any]:
    return {**vars(code), "codes": [_code(below) for below in code.codes]}


def opened(content: bytes) -> QdaProject:
    """What `kept` made."""
    told = json.loads(content.decode("utf-8", "surrogatepass"))
    return QdaProject(
        title=told["title"],
        origin=told["origin"],
        memo=told["memo"],
        codes=tuple(_read_code(one) for one in told["codes"]),
        sets=tuple(QdaSet(**{**one, "members": tuple(one["members"])}) for one in told["sets"]),
        users=tuple(QdaUser(**one) for one in told["users"]),
        texts=tuple(_read_text(one) for one in told["texts"]),
        left_out={LeftOut(kind): count for kind, count in told["left_out"].items()},
    )


def _read_code(told: Mapping[str, Any]) -> QdaCode:
    return QdaCode(**{**told, "codes": tuple(_read_code(below) for below in told["codes"])})


def _read_text(told: Mapping[str, Any]) -> QdaText:
    codings = tuple(
        QdaCoding(start=start, end=end, code=code, user=user)
        for start, end, code, user in told["codings"]
    )
    values = tuple((name, value) for name, value in told["values"])
    return QdaText(**{**told, "codings": codings, "values": values})
