"""What two releases give away side by side, and the chain that shows a missing or changed one.

Differences only, for whole-round totals: an attacker who solves all equations of all releases
together comes with breakdowns (docs/decisions/0002). Until then the rule is strict: over one
source, a second release must be shaped like the first and differ by nobody or by enough people.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from itertools import combinations
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


def voices_clash(
    earlier: Iterable[Mapping[str, Any] | None], later: VoiceCount, thresholds: Thresholds
) -> bool:
    """True when the later count could show a group of 1–4 beside those that were shown before.

    Counts over materials that overlap without being the same are never shown both. Over the same
    materials the sets of codes that touch each other must lie one within the next, like Russian
    dolls: then all that can be worked out are the steps between them, and no step is small.

    Worked example: 20 voices say a, 18 say b; with 36 for "a or b", 20 + 18 - 36 = 2 say both.
    Nothing is small between two of the three, but b does not lie within a.
    """
    told = [
        one
        for one in earlier
        if one is not None
        and (one["count"] is not None or one["n"] is not None)
        and later.materials & set(one["materials"])
    ]
    if any(later.materials != set(one["materials"]) for one in told):
        return True
    if any(thresholds.is_small(later.n - one["n"]) for one in told if one["n"] is not None):
        return True
    counts = [
        (frozenset(one["codes"]), int(one["count"])) for one in told if one["count"] is not None
    ]
    touching = _touching(later.codes, {codes for codes, _count in counts})
    if any(not (one <= other or other <= one) for one, other in combinations(touching, 2)):
        return True
    return any(
        thresholds.is_small(later.count - count) for codes, count in counts if codes in touching
    )


def _touching(codes: frozenset[str], others: Iterable[frozenset[str]]) -> set[frozenset[str]]:
    """`codes`, the sets that share a code with it, those that share one with them, and so on."""
    found, left = {codes}, set(others) - {codes}
    while near := {one for one in left if any(one & other for other in found)}:
        found |= near
        left -= near
    return found


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
