"""Which rows of a question by group are hidden, and which with them."""

from collections.abc import Collection, Sequence
from typing import Protocol

from participation.disclosure.rules.breakdowns.shapes import GroupRow
from participation.disclosure.rules.tables import Thresholds


def added(rows: Sequence[GroupRow], part: Sequence[int]) -> GroupRow:
    chosen = [rows[place] for place in part]
    return GroupRow(
        n=sum(row.n for row in chosen),
        counts=tuple(map(sum, zip(*(row.counts for row in chosen), strict=True))),
    )


class Telling(Protocol):
    """What the sizes of rows tell beside another question: of a row, and of several together."""

    def told(self) -> set[int]: ...
    def tells(self, places: Collection[int], /) -> bool: ...


class AskedOfAll:
    """Nothing: everybody was asked."""

    def told(self) -> set[int]:
        return set()

    def tells(self, _places: Collection[int], /) -> bool:
        return False


EVERYBODY = AskedOfAll()


def rows_without_n(
    sizes: Sequence[int], thresholds: Thresholds, telling: Telling = EVERYBODY
) -> set[int]:
    """Rows whose size is not told: the small ones, and what keeps them from being subtracted.

    Worked example: 40, 3, 9 → the 3 and the 9.
    """
    hidden = {place for place, n in enumerate(sizes) if thresholds.is_small(n)} | telling.told()
    others = sorted((n, place) for place, n in enumerate(sizes) if n and place not in hidden)
    while hidden and others:
        if _is_enough([sizes[p] for p in hidden], thresholds) and not telling.tells(hidden):
            break
        hidden.add(others.pop(0)[1])
    return hidden


def _is_enough(sizes: Sequence[int], thresholds: Thresholds) -> bool:
    return len(sizes) > 1 and sum(sizes) >= thresholds.minimum


def hidden_rows(
    rows: Sequence[GroupRow],
    thresholds: Thresholds,
    *,
    is_sensitive: bool = False,
    telling: Telling = EVERYBODY,
) -> set[int]:
    """Rows whose answers are not told. What all of them hold together could be shown.

    Worked example, yes and no: 20+20, 38+2, 9+8 → the second has two noes; alone it would be the
    total less the others, so the third goes with it: together they are 47+10.
    """
    hidden = {p for p, row in enumerate(rows) if row.n and _is_bad(row, thresholds, is_sensitive)}
    hidden |= rows_without_n([row.n for row in rows], thresholds, telling)
    others = sorted(
        (row.n, place) for place, row in enumerate(rows) if row.n and place not in hidden
    )
    while hidden and others:
        rest = added(rows, sorted(hidden))
        is_covered = len(hidden) > 1 and not _is_bad(rest, thresholds, is_sensitive)
        if is_covered and not telling.tells(hidden):
            break
        hidden.add(others.pop(0)[1])
    return hidden


def _is_bad(row: GroupRow, thresholds: Thresholds, is_sensitive: bool) -> bool:
    """A count or what it leaves of the row is small; or everybody gave a sensitive answer."""
    if thresholds.is_small(row.n):
        return True
    return any(
        thresholds.is_small(count)
        or thresholds.is_small(row.n - count)
        or (is_sensitive and count == row.n)
        for count in row.counts
    )
