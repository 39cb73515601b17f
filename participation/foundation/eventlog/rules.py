"""The chain's arithmetic: each line's hash covers its content and the line before it."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Protocol

GENESIS = "0" * 64


class Line(Protocol):
    """What a stored line offers for checking."""

    @property
    def at(self) -> datetime: ...
    @property
    def actor(self) -> str: ...
    @property
    def actor_role(self) -> str: ...
    @property
    def action(self) -> str: ...
    @property
    def object_kind(self) -> str: ...
    @property
    def object_id(self) -> str: ...
    @property
    def subject(self) -> str | None: ...
    @property
    def reason(self) -> str: ...
    @property
    def data(self) -> dict[str, Any]: ...
    @property
    def previous_hash(self) -> str: ...
    @property
    def hash(self) -> str: ...


CONTENT = (
    "actor",
    "actor_role",
    "action",
    "object_kind",
    "object_id",
    "subject",
    "reason",
    "data",
)


def line_hash(previous_hash: str, at: datetime, content: Mapping[str, Any]) -> str:
    """SHA-256 over the previous hash, the UTC time in microseconds and the content as JSON."""
    body = json.dumps(
        {"at": at.astimezone(UTC).isoformat(timespec="microseconds"), **content},
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return hashlib.sha256(f"{previous_hash}\n{body}".encode()).hexdigest()


def first_broken_line(lines: Iterable[Line]) -> int | None:
    """The position (from 0) of the first line that does not fit the chain, or None."""
    previous = GENESIS
    for position, line in enumerate(lines):
        content = {name: getattr(line, name) for name in CONTENT}
        expected = line_hash(previous, line.at, content)
        if line.previous_hash != previous or line.hash != expected:
            return position
        previous = line.hash
    return None
