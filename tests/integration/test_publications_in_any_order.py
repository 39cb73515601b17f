"""Publish, withdraw, publish again, while answers come and go: no hidden number becomes narrow.

The reader here has nothing of the product's attack but the solver: it writes down one equation for
each number that stands in any page of the ledger, and what follows from answers that only came, or
only left, between two pages.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy.orm import Session

from participation.disclosure.models import Release
from participation.disclosure.rules.attack.bounds import CLOSE, Bounds
from participation.disclosure.rules.attack.equations import Contradiction, Equations
from participation.disclosure.rules.drafts import ReleaseDraft, ReleaseKind
from participation.disclosure.rules.tables import TableKind
from participation.disclosure.services import (
    DisclosureRefused,
    publish_release,
    thresholds_in_force,
    withdraw_release,
)
from participation.foundation.permissions import SYSTEM
from tests.unit.test_breakdowns import CODES, by, table

GROUPS, ANSWERS = 3, 3
Counts = list[list[int]]
people = st.sampled_from([0, 1, 2, 3, 4, 6, 9, 14, 22])
cell = st.tuples(st.integers(0, GROUPS - 1), st.integers(0, ANSWERS - 1))
changes = st.lists(st.tuples(cell, st.sampled_from([1, 2, 5, 6, 9])), min_size=1, max_size=4)
Changes = list[tuple[tuple[int, int], int]]


def draft_of(counts: Counts) -> ReleaseDraft:
    return ReleaseDraft(
        kind=ReleaseKind.ROUND_TOTALS,
        source_kind="round",
        source_public_id="k7f3xk7f3xk7",
        title="Enkät",
        respondents=sum(map(sum, counts)),
        tables=(table(counts, TableKind.CHOICE),),
        breakdowns=(by("role", counts),),
    )


class Reader:
    """What follows from the pages that were seen; pages that contradict each other apart."""

    def __init__(self, pages: Sequence[dict[str, Any]]) -> None:
        self._equations = Equations()
        self.cells = [self._read(number, page) for number, page in enumerate(pages)]
        for number, (before, after) in enumerate(pairwise(pages)):
            self._link(number, before["respondents"], after["respondents"])
        self.bounds = Bounds(self._equations.solved())

    def _read(self, number: int, page: dict[str, Any]) -> list[list[int]]:
        cells = [
            [self._equations.unknown(f"{number}/{g}/{code}") for code in CODES[:ANSWERS]]
            for g in range(GROUPS)
        ]
        everywhere = range(GROUPS)
        if page["respondents"] is not None:
            self._tell(cells, everywhere, range(ANSWERS), page["respondents"])
        for one in page["tables"]:
            for cell in one["cells"]:
                self._tell(cells, everywhere, _codes(cell), cell["count"])
        for breakdown in page["breakdowns"]:
            for grouped in breakdown["tables"]:
                for group, row in zip(breakdown["groups"], grouped["rows"], strict=True):
                    own = [int(code.removeprefix("g")) for code in group["codes"]]
                    self._tell(cells, own, range(ANSWERS), row["n"])
                    for column, count in zip(grouped["columns"], row["counts"] or (), strict=False):
                        self._tell(cells, own, _codes(column), count)
        return cells

    def _tell(
        self, cells: Counts, groups: Sequence[int], codes: Sequence[int], count: int | None
    ) -> None:
        if count is not None:
            self._equations.tell([cells[g][c] for g in groups for c in codes], count)

    def _link(self, number: int, before: int | None, after: int | None) -> None:
        """Answers only came, where there are more, or only left."""
        came = before is None or after is None or after >= before
        earlier, later = self.cells[number], self.cells[number + 1]
        fewer, more = (earlier, later) if came else (later, earlier)
        for g in range(GROUPS):
            for c in range(ANSWERS):
                change = self._equations.unknown(f"{number}>{g}/{c}")
                self._equations.tell([more[g][c]], 0, [fewer[g][c], change])


def _codes(cell: dict[str, Any]) -> list[int]:
    return [CODES.index(code) for code in cell["codes"]]


def readers(pages: Sequence[dict[str, Any]]) -> Iterator[tuple[int, Reader]]:
    """One over all pages with the number of its first; where that cannot be, one for each."""
    try:
        yield 0, Reader(pages)
    except Contradiction:
        for number, page in enumerate(pages):
            yield number, Reader([page])


def few(counts: Counts) -> Iterator[list[tuple[int, int]]]:
    """The cells of every number of one to four people: answers of groups, of all, and groups."""
    rows = [[(g, c) for c in range(ANSWERS)] for g in range(GROUPS)]
    columns = [[(g, c) for g in range(GROUPS)] for c in range(ANSWERS)]
    alone = [[cell] for row in rows for cell in row]
    for places in (*alone, *rows, *columns):
        if thresholds_in_force().is_small(sum(counts[g][c] for g, c in places)):
            yield places


class Ledger(RuleBasedStateMachine):
    """One source, and everything of it that anybody ever saw."""

    session: ClassVar[Session]

    def __init__(self) -> None:
        super().__init__()
        self._kept = self.session.begin_nested()
        self.counts: Counts = []
        self.seen: list[tuple[Release, Counts]] = []

    @initialize(counts=st.lists(st.lists(people, min_size=3, max_size=3), min_size=3, max_size=3))
    def begin(self, counts: Counts) -> None:
        self.counts = counts

    @rule(some=changes)
    def some_answer(self, some: Changes) -> None:
        for (g, c), number in some:
            self.counts[g][c] += number

    @rule(some=changes)
    def some_take_their_answers_back(self, some: Changes) -> None:
        for (g, c), number in some:
            self.counts[g][c] = max(0, self.counts[g][c] - number)

    @rule()
    def publish(self) -> None:
        try:
            release = publish_release(self.session, SYSTEM, draft_of(self.counts))
        except DisclosureRefused:
            return
        self.seen.append((release, [list(row) for row in self.counts]))
        self._attack()

    @precondition(lambda self: any(not one.is_withdrawn for one, _counts in self.seen))
    @rule()
    def withdraw(self) -> None:
        standing = [one for one, _counts in self.seen if not one.is_withdrawn]
        withdraw_release(self.session, SYSTEM, standing[-1], "Fel")

    def _attack(self) -> None:
        smallest = thresholds_in_force().minimum
        for first, reader in readers([one.payload for one, _counts in self.seen]):
            for cells, (_one, counts) in zip(reader.cells, self.seen[first:], strict=False):
                for places in few(counts):
                    low, high = reader.bounds.interval([cells[g][c] for g, c in places], smallest)
                    assert high - low > smallest - CLOSE, (places, low, high)

    def teardown(self) -> None:
        self._kept.rollback()


@pytest.mark.usefixtures("county")
def test_publishing_and_withdrawing_in_any_order_leaves_every_few_open(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Ledger, "session", session, raising=False)
    run_state_machine_as_test(
        Ledger,
        settings=settings(
            max_examples=20,
            stateful_step_count=8,
            deadline=None,
            phases=(Phase.explicit, Phase.generate),
            suppress_health_check=list(HealthCheck),
        ),
    )
