"""A term, and who stays when the next one begins. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Renewal(StrEnum):
    """How many seats the next term empties. Which of them a council has is data of the term."""

    WHOLE = "whole"
    HALF = "half"


@dataclass(frozen=True, kw_only=True)
class Sitting:
    """Somebody in an ordinary seat, without break since `since`."""

    number: int
    since: date


def staying_seats(sittings: Iterable[Sitting], renewal: str) -> frozenset[int]:
    """The numbers of the seats whose holders go on into the next term.

    With half renewed, whoever has sat longest makes room; among those who took their seats on the
    same day odd numbers go first, then the lower number. An odd council empties the larger half.

    >>> sat = [Sitting(number=n, since=date(2026, 4, 1)) for n in (1, 2, 3, 4)]
    >>> sorted(staying_seats(sat, Renewal.HALF))
    [2, 4]
    """
    if renewal != Renewal.HALF:
        return frozenset()
    leaving_first = sorted(sittings, key=lambda one: (one.since, one.number % 2 == 0, one.number))
    leaving = (len(leaving_first) + 1) // 2
    return frozenset(one.number for one in leaving_first[leaving:])
