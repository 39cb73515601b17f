"""The top of a long release, for who has one minute: picked by a rule, told in numbers.

The rule, for questions answered on a scale: where the largest share stands on its upper steps,
where the smallest does, and where that share changed most since the last round, if the change is
more than chance. Shares are ranked by the careful end of their uncertainty. Questions about who
answers do not take part, nor do lists to choose from: whom support comes from is no agreement.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from participation.disclosure.rules.suppression import joined_labels
from participation.disclosure.rules.tables import ShownTable, TableKind
from participation.foundation.i18n import ngettext
from participation.results.rules.trends import asks_alike
from participation.results.rules.uncertainty import difference, wilson

LONG = 6  # questions that are shown, before a release gets a top


class Pick(StrEnum):
    """Why a question stands at the top."""

    MOST = "most"
    FEWEST = "fewest"
    CHANGED = "changed"


@dataclass(frozen=True)
class Highlight:
    """`position`: of the question on the page, from 1. Percents are whole; `before`: last time."""

    pick: Pick
    position: int
    question: str
    answer: str
    percent: int
    low: int
    high: int
    n: int
    before: int | None = None

    @property
    def size(self) -> str:
        return ngettext("%(num)s answer", "%(num)s answers", self.n)


@dataclass(frozen=True)
class _Share:
    """How many stand on the upper steps of a scale."""

    position: int
    table: ShownTable
    answer: str
    count: int
    n: int


def highlights(
    tables: Sequence[ShownTable],
    background: Collection[str],
    last_round: Sequence[ShownTable] = (),
) -> list[Highlight]:
    """Up to three of a release with many questions, none of a short one; no question twice."""
    if len([table for table in tables if not table.is_hidden]) < LONG:
        return []
    shares = [
        share
        for position, table in enumerate(tables, start=1)
        if table.key not in background and (share := _upper(position, table))
    ]
    found = _changed(shares, last_round)
    taken = {one.position for one in found}
    left = [one for one in shares if one.position not in taken]
    if left:
        most = max(left, key=lambda one: (wilson(one.count, one.n).low, -one.position))
        left.remove(most)
        found.insert(0, _told(Pick.MOST, most))
    if left:
        fewest = min(left, key=lambda one: (wilson(one.count, one.n).high, one.position))
        found.insert(1, _told(Pick.FEWEST, fewest))
    return found


def _upper(position: int, table: ShownTable) -> _Share | None:
    cells = [cell for cell in table.cells if not cell.is_unsure]
    if table.kind is not TableKind.SCALE or table.what or not table.n or len(cells) < 2:
        return None
    part = cells[: len(cells) // 2]
    counts = [cell.count for cell in part if cell.count is not None]
    if len(counts) < len(part):
        return None
    answer = joined_labels([cell.label for cell in part])
    return _Share(position, table, answer, sum(counts), table.n)


def _changed(shares: Sequence[_Share], last_round: Sequence[ShownTable]) -> list[Highlight]:
    """The change whose interval lies furthest from nothing."""
    old = {table.key: table for table in last_round}
    sure: list[tuple[float, _Share, _Share]] = []
    for now in shares:
        table = old.get(now.table.key)
        before = _upper(0, table) if table and asks_alike(table, now.table) else None
        if before:
            low, high = difference((now.count, now.n), (before.count, before.n))
            if low > 0 or high < 0:
                sure.append((min(abs(low), abs(high)), now, before))
    if not sure:
        return []
    _size, now, before = max(sure, key=lambda one: (one[0], -one[1].position))
    return [_told(Pick.CHANGED, now, round(100 * before.count / before.n))]


def _told(pick: Pick, share: _Share, before: int | None = None) -> Highlight:
    low, high = wilson(share.count, share.n).percents
    percent = round(100 * share.count / share.n)
    title = share.table.title
    return Highlight(pick, share.position, title, share.answer, percent, low, high, share.n, before)
