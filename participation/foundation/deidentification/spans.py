"""What is found: a stretch of text, of what kind, and how sure."""

from bisect import bisect_left
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
    kept: list[Span] = []  # by start, and so by end
    for span in sorted(spans, key=lambda s: (-s.certainty, s.start - s.end, s.start)):
        place = bisect_left(kept, span.end, key=lambda other: other.start)
        if place == 0 or kept[place - 1].end <= span.start:
            kept.insert(place, span)
    return kept
