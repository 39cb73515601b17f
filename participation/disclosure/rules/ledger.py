"""What two releases give away side by side, and the chain that shows a missing or changed one.

Differences only, for whole-round totals: an attacker who solves all equations of all releases
together comes with breakdowns (docs/decisions/0002). Until then the rule is strict: over one
source, a second release must be shaped like the first and differ by nobody or by enough people.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Protocol

from participation.disclosure.rules.drafts import VoiceCount
from participation.disclosure.rules.tables import ShownTable, Thresholds

GENESIS = "0" * 64


def table_clashes(earlier: ShownTable, later: ShownTable, thresholds: Thresholds) -> bool:
    """True when the two together show a group of 1–4, or let a hidden cell be worked out.

    Worked example: 40 answers, 12 "often"; then 42 answers, 13 "often": of two newcomers one said
    often. Shapes must agree, since a merged step minus its shown parts is a hidden part.
    """
    if earlier.n is None or later.n is None:
        return False  # a reader of the hidden one knows no number to subtract
    if earlier.shape != later.shape or thresholds.is_small(later.n - earlier.n):
        return True
    grown = later.n - earlier.n
    changes = [
        new.count - old.count
        for old, new in zip(earlier.cells, later.cells, strict=True)
        if old.count is not None and new.count is not None
    ]
    if any(thresholds.is_small(one) or thresholds.is_small(grown - one) for one in changes):
        return True
    return not later.kind.is_many and thresholds.is_small(grown - sum(changes))  # the hidden ones


def voice_clash(
    earlier: Mapping[str, Any] | None, later: VoiceCount, thresholds: Thresholds
) -> bool:
    """True when two counts over the same material, one set of codes within the other, differ by
    1–4: those few people said the one thing and not the other.
    """
    if earlier is None or not later.materials & set(earlier["materials"]):
        return False
    if later.materials != set(earlier["materials"]):
        return False
    if earlier["n"] is not None and thresholds.is_small(later.n - earlier["n"]):
        return True
    codes = set(earlier["codes"])
    is_nested = codes <= later.codes or later.codes <= codes
    return (
        is_nested
        and earlier["count"] is not None
        and thresholds.is_small(later.count - earlier["count"])
    )


class LedgerLine(Protocol):
    """What a stored release offers for checking."""

    @property
    def number(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def source_kind(self) -> str: ...
    @property
    def source_public_id(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def payload(self) -> dict[str, Any]: ...
    @property
    def published_at(self) -> datetime: ...
    @property
    def previous_hash(self) -> str: ...
    @property
    def hash(self) -> str: ...


def release_hash(previous_hash: str, line: LedgerLine) -> str:
    """SHA-256 over the previous hash and everything that was published, as canonical JSON."""
    body = json.dumps(
        {
            "number": line.number,
            "kind": line.kind,
            "source_kind": line.source_kind,
            "source_public_id": line.source_public_id,
            "title": line.title,
            "payload": line.payload,
            "published_at": line.published_at.astimezone(UTC).isoformat(timespec="microseconds"),
        },
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return hashlib.sha256(f"{previous_hash}\n{body}".encode()).hexdigest()


def first_broken_release(lines: Iterable[LedgerLine]) -> int | None:
    """The number of the first release that does not fit the chain, or None."""
    previous, expected_number = GENESIS, 1
    for line in lines:
        fits = line.number == expected_number and line.previous_hash == previous
        if not fits or line.hash != release_hash(previous, line):
            return line.number
        previous, expected_number = line.hash, expected_number + 1
    return None
