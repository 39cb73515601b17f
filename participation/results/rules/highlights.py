"""The clearest of a long release, for who has one minute: picked by a rule, told in numbers.

The rule: for each question the answer that most gave, where on a scale the upper steps count
together and so do the lower ones. The questions where that share is largest at the low end of its
uncertainty come first. Questions about who answers do not take part, nor does "don't know".
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from participation.disclosure.rules.suppression import joined_labels
from participation.disclosure.rules.tables import ShownCell, ShownTable, TableKind
from participation.foundation.i18n import ngettext
from participation.results.rules.uncertainty import wilson

LONG = 6  # questions that are shown, before a release gets a top
MOST = 3


@dataclass(frozen=True)
class Highlight:
    """`position`: of the question on the page, from 1. Percents are whole."""

    position: int
    question: str
    answer: str
    percent: int
    low: int
    high: int
    n: int

    @property
    def size(self) -> str:
        return ngettext("%(num)s answer", "%(num)s answers", self.n)


def highlights(tables: Sequence[ShownTable], background: Collection[str]) -> list[Highlight]:
    """Three of a release with many questions, none of a short one."""
    shown = [table for table in tables if not table.is_hidden]
    if len(shown) < LONG:
        return []
    found = [
        best
        for position, table in enumerate(tables, start=1)
        if table.key not in background and table.what == "" and (best := _clearest(position, table))
    ]
    return sorted(found, key=lambda one: (-one.low, -one.percent, one.position))[:MOST]


def _clearest(position: int, table: ShownTable) -> Highlight | None:
    n = table.n
    if not n:
        return None
    told = [
        (wilson(count, n), count, joined_labels([cell.label for cell in part]))
        for part in _parts(table)
        if (count := _together(part)) is not None
    ]
    if not told:
        return None
    interval, count, answer = max(told, key=lambda one: one[1])
    low, high = interval.percents
    return Highlight(position, table.title, answer, round(100 * count / n), low, high, n)


def _parts(table: ShownTable) -> Iterable[Sequence[ShownCell]]:
    """Answers that count together: the halves of a scale without its middle, else each alone."""
    cells = [cell for cell in table.cells if not cell.is_unsure]
    if table.kind is TableKind.SCALE and len(cells) > 2:
        half = len(cells) // 2
        return [cells[:half], cells[-half:]]
    return [[cell] for cell in cells]


def _together(part: Sequence[ShownCell]) -> int | None:
    counts = [cell.count for cell in part if cell.count is not None]
    return sum(counts) if counts and len(counts) == len(part) else None
