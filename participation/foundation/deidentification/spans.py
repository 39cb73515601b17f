"""What is found: a stretch of text, of what kind, and how sure."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum


class SpanKind(StrEnum):
    PERSONAL_NUMBER = "personal_number"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    NAME = "name"
    CARE_UNIT = "care_unit"


class Certainty(IntEnum):
    """POSSIBLE is worth a look; LIKELY and SURE are masked unless somebody keeps them."""

    POSSIBLE = 1
    LIKELY = 2
    SURE = 3


@dataclass(frozen=True, kw_only=True)
class Span:
    """`start` to `end` in Unicode code points."""

    start: int
    end: int
    kind: SpanKind
    certainty: Certainty


def without_overlaps(spans: Iterable[Span]) -> list[Span]:
    """In order; where two overlap the surer one stays, then the longer one."""
    surest_first = sorted(spans, key=lambda s: (-s.certainty, s.start - s.end, s.start))
    taken = bytearray(max((span.end for span in surest_first), default=0))
    kept = []
    for span in surest_first:
        if taken.find(1, span.start, span.end) < 0:
            taken[span.start : span.end] = b"\x01" * (span.end - span.start)
            kept.append(span)
    return sorted(kept, key=lambda span: span.start)
