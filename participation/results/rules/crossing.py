"""Two questions against each other, for the workroom: one table for everybody and one per role."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from participation.disclosure.rules.breakdowns import GroupRow, hidden_rows
from participation.disclosure.rules.tables import Thresholds
from participation.questionnaires.queries.crossing import UNASKED
from participation.results.rules.uncertainty import whole_percents

Counts = Mapping[tuple[str, str, str], int]


@dataclass(frozen=True)
class CrossRow:
    """Those who gave one answer to the first question; `counts` None: hidden."""

    label: str
    n: int
    counts: tuple[int, ...] | None

    @property
    def percents(self) -> list[int]:
        return whole_percents(list(self.counts or ()))


@dataclass(frozen=True)
class CrossTable:
    """The table of one role, or of everybody (`role` ""). `n` answered both questions."""

    role: str
    n: int
    rows: tuple[CrossRow, ...]

    @property
    def shown(self) -> list[CrossRow]:
        return [row for row in self.rows if row.counts is not None]


def cross_tables(
    counts: Counts,
    first: Sequence[tuple[str, str]],
    second: Sequence[tuple[str, str]],
    limits: Thresholds | None,
    *,
    by_role: bool = True,
) -> tuple[CrossTable, ...]:
    """`first` and `second`: code and label of their answers, in order.

    `limits`: of an anonymous round, whose small groups nobody sees, not even here. Its roles are
    set apart only where no number is small, since each could be held against everybody's table.
    Who was not asked one of the questions counts as a row or a column of its own, which decides
    what is hidden and is not shown: how many they are tells what they answered before.
    """
    roles = sorted({role for role, _a, _b in counts})
    codes = [*(a for a, _label in first), UNASKED]
    answers = [*(b for b, _label in second), UNASKED]
    cells = {
        (role, a): tuple(counts.get((role, a, b), 0) for b in answers)
        for role in roles
        for a in codes
    }
    for a in codes:
        own = [cells[role, a] for role in roles]
        cells["", a] = tuple(map(sum, zip(*own, strict=True))) if own else (0,) * len(answers)
    hidden = _hidden([cells["", a] for a in codes], limits)
    are_apart = by_role and len(roles) > 1 and _are_clean(cells.values(), limits)
    tables = (_table(role, cells, first, hidden) for role in ("", *(roles if are_apart else ())))
    return tuple(table for table in tables if limits is None or _is_told(table, limits))


def in_one_order(keys: Iterable[str], first: str, second: str) -> tuple[str, str]:
    """The earlier question first: two tables of one pair, each with other rows hidden, would
    together show what either hides.
    """
    places = {key: place for place, key in enumerate(keys)}
    return (first, second) if places[first] <= places[second] else (second, first)


def _table(
    role: str,
    cells: Mapping[tuple[str, str], tuple[int, ...]],
    first: Sequence[tuple[str, str]],
    hidden: set[int],
) -> CrossTable:
    rows = [(label, cells[role, a][:-1]) for a, label in first]
    return CrossTable(
        role,
        sum(sum(counts) for _label, counts in rows),
        tuple(
            CrossRow(label, sum(counts), None if place in hidden else counts)
            for place, (label, counts) in enumerate(rows)
            if sum(counts)
        ),
    )


def _is_told(table: CrossTable, limits: Thresholds) -> bool:
    """Where every row is hidden, how many answered both is not told either."""
    return bool(table.shown) and not limits.is_small(table.n)


def _hidden(rows: Sequence[tuple[int, ...]], limits: Thresholds | None) -> set[int]:
    """Places of the rows of everybody's table that are not shown."""
    return (
        hidden_rows([GroupRow(n=sum(row), counts=row) for row in rows], limits) if limits else set()
    )


def _are_clean(rows: Iterable[tuple[int, ...]], limits: Thresholds | None) -> bool:
    """Whether no number is small, of everybody and of each role: then no difference is either."""
    return limits is None or not any(limits.is_small(count) for row in rows for count in row)
