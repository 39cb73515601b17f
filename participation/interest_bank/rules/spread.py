"""The table bank against county, with small counts hidden."""

from collections.abc import Iterable
from dataclasses import dataclass

# Counts below this are not shown in the table of who is in the bank.
SMALLEST_SHOWN_COUNT = 5


@dataclass(frozen=True)
class Band:
    """One row of the table bank against county: `count` None means "fewer than five"."""

    label: str
    count: int | None
    share: float | None
    county_share: float


def shown_count(count: int) -> int | None:
    """A small count is hidden, but "nobody" may be said."""
    return None if 0 < count < SMALLEST_SHOWN_COUNT else count


def bands(counted: Iterable[tuple[str, int, int]]) -> list[Band]:
    """(label, people in the bank, residents) as shares of both; small counts hidden.

    >>> [(b.count, b.share, b.county_share) for b in bands([("A", 30, 60), ("B", 2, 40)])]
    [(30, 0.9375, 0.6), (None, None, 0.4)]
    """
    rows = list(counted)
    in_bank = sum(count for _label, count, _residents in rows) or 1
    in_county = sum(residents for _label, _count, residents in rows) or 1
    return [
        Band(
            label,
            shown_count(count),
            None if shown_count(count) is None else count / in_bank,
            residents / in_county,
        )
        for label, count, residents in rows
    ]
