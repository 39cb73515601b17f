"""Two questions against each other, for the workroom: one table for everybody and one per role."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from participation.disclosure.rules.breakdowns import GroupRow, hidden_rows
from participation.disclosure.rules.tables import Thresholds
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
    """The table of one role, or of everybody (`role` "")."""

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
) -> tuple[CrossTable, ...]:
    """`first` and `second`: code and label of their answers, in order.

    `limits`: of an anonymous round, whose small groups nobody sees, not even here.
    """
    roles = sorted({role for role, _a, _b in counts})
    cells = {
        (role, a): tuple(counts.get((role, a, b), 0) for b, _label in second)
        for role in roles
        for a, _label in first
    }
    for a, _label in first:
        own = [cells[role, a] for role in roles]
        cells["", a] = tuple(map(sum, zip(*own, strict=True))) if own else ()
    hidden = _hidden(cells, [a for a, _label in first], roles, limits) if limits else set()
    return tuple(
        CrossTable(
            role,
            sum(sum(cells[role, a]) for a, _label in first),
            tuple(
                CrossRow(
                    label, sum(cells[role, a]), None if (role, a) in hidden else cells[role, a]
                )
                for a, label in first
                if sum(cells[role, a])
            ),
        )
        for role in (["", *roles] if len(roles) > 1 else [""])
    )


def _hidden(
    cells: Mapping[tuple[str, str], tuple[int, ...]],
    answers: Sequence[str],
    roles: Sequence[str],
    limits: Thresholds,
) -> set[tuple[str, str]]:
    """Rows not to be shown: of everybody, and of each role against everybody."""
    whole = [_row(cells["", a]) for a in answers]
    gone = {answers[place] for place in hidden_rows(whole, limits)}
    hidden = {(role, a) for role in ("", *roles) for a in gone}
    for a in answers:
        if a not in gone:
            rows = [_row(cells[role, a]) for role in roles]
            hidden |= {(roles[place], a) for place in hidden_rows(rows, limits)}
    return hidden


def _row(counts: tuple[int, ...]) -> GroupRow:
    return GroupRow(n=sum(counts), counts=counts)
