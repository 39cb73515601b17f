"""The attacker who reads all numbers at once: what it finds, and what becomes of a draft then."""

import random
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from participation.disclosure.rules.attack import Attack, attacked, decide_proven, proven
from participation.disclosure.rules.attack.bounds import Bounds
from participation.disclosure.rules.attack.equations import Contradiction, Equations
from participation.disclosure.rules.attack.unions import is_union_known
from participation.disclosure.rules.breakdowns import (
    Breakdown,
    GroupRow,
    ShownBreakdown,
    ShownGroup,
    ShownGrouped,
    ShownRow,
)
from participation.disclosure.rules.drafts import (
    Decision,
    EarlierRelease,
    ReleaseDraft,
    ReleaseKind,
)
from participation.disclosure.rules.gate import decide, decide_beside
from participation.disclosure.rules.suppression import shown_table
from participation.disclosure.rules.tables import (
    AskedIf,
    Cell,
    ShownCell,
    ShownTable,
    Table,
    TableKind,
)
from tests.unit.test_breakdowns import CODES, LIMITS, by, counties, published, table

Counts = Sequence[Sequence[int]]
Hidden = Sequence[Sequence[int]]  # groups and answers whose numbers are left out


def draft_of(tables: Sequence[Table], breakdowns: Sequence[Breakdown] = ()) -> ReleaseDraft:
    return ReleaseDraft(
        kind=ReleaseKind.ROUND_TOTALS,
        source_kind="round",
        source_public_id="k7f3xk7f3xk7",
        title="Enkät",
        respondents=max(one.n for one in tables),
        tables=tuple(tables),
        breakdowns=tuple(breakdowns),
    )


def page(
    counts: Counts,
    hidden: Hidden = (),
    kind: TableKind = TableKind.CHOICE,
    attribute: str = "role",
) -> tuple[ReleaseDraft, Decision]:
    """A question by group as somebody careless would publish it: all but `hidden` is shown."""
    asked = table(counts, kind)
    whole = asked.n, [cell.count for cell in asked.cells]
    total = ShownTable(
        key="q1",
        title="Stöd",
        kind=kind,
        n=whole[0],
        cells=tuple(
            ShownCell(codes=(code,), label=code, count=count)
            for code, count in zip(CODES, whole[1], strict=False)
        ),
    )
    rows = tuple(
        ShownRow(
            n=sum(row),
            counts=tuple(None if [g, c] in hidden else count for c, count in enumerate(row)),
        )
        for g, row in enumerate(counts)
    )
    shown = ShownBreakdown(
        attribute=attribute,
        title=attribute,
        subject=attribute,
        groups=tuple(ShownGroup(codes=(f"g{g}",), label=str(g)) for g in range(len(counts))),
        tables=(ShownGrouped(key="q1", columns=total.cells, rows=rows),),
    )
    payload = {
        "respondents": whole[0],
        "tables": [total.as_json()],
        "breakdowns": [shown.as_json()],
    }
    return draft_of([asked], [by(attribute, counts)]), Decision(payload=payload)


def attack(draft: ReleaseDraft, decision: Decision, *earlier: EarlierRelease) -> Attack:
    return attacked(draft, decision, earlier, LIMITS)


# ---------------------------------------------------------------- what it finds


def test_a_hidden_number_alone_in_its_row_is_worked_out() -> None:
    found = attack(*page([[20, 20], [38, 2], [30, 25]], [[1, 1]]))
    assert found.narrow == {("role", "q1")}
    assert not found.is_held


def test_four_hidden_numbers_in_a_square_stay_open() -> None:
    """The known optimum of ANALYSIS.md: 8, 22, 17 and 12 hidden keep the 22 open by five."""
    counts = [[20, 50, 10], [8, 19, 22], [17, 32, 12]]
    assert attack(*page(counts, [[1, 0], [1, 2], [2, 0], [2, 2]])).is_held
    assert not attack(*page(counts, [[1, 0], [1, 2], [2, 0]])).is_held


def test_hidden_numbers_that_are_a_few_together_are_found() -> None:
    """The first and the third answer of the second group are anything from nobody to three, and
    three people together.
    """
    equations = Equations()
    cells = {(g, c): equations.unknown(str(g), str(c)) for g in range(2) for c in range(4)}
    for c, column in enumerate((30, 30, 30, 30)):
        equations.tell([cells[g, c] for g in range(2)], column)
    equations.tell([cells[1, 0], cells[1, 2]], 3)
    equations.tell([cells[1, c] for c in range(4)], 40)
    bounds = Bounds(equations.solved())
    row = [[cells[1, c]] for c in range(4)]
    assert bounds.interval(row[1]) == pytest.approx((7, 30))
    assert is_union_known(bounds, row, LIMITS.minimum)
    assert not is_union_known(bounds, row[1:], LIMITS.minimum)


@pytest.mark.parametrize("few", [1, 2, 3, 4])
@pytest.mark.parametrize("came", [True, False])
def test_a_few_who_came_or_left_between_two_publications_are_found(few: int, came: bool) -> None:
    some, more = [[40, 30], [40, 30]], [[40 + few, 30], [49, 30]]
    pages = [page(some), page(more)]
    if not came:
        pages.reverse()
    (_draft, first), (draft, second) = pages
    assert attack(draft, second, published(first)).waves == {("role", "q1")}
    assert attack(draft, second).is_held


def test_enough_who_came_are_no_finding_nor_is_the_same_page_again() -> None:
    first, later = page([[40, 30], [40, 30]]), page([[46, 38], [45, 30]])
    assert attack(*later, published(first[1])).is_held
    assert attack(*later, published(later[1])).tried == attack(*later).tried


def test_a_page_with_other_answers_is_read_by_itself() -> None:
    """Classes of numbers follow the numbers: two publications need not have the same."""
    (_draft, first), (draft, second) = page([[40, 30], [40, 30]]), page([[60, 50], [60, 50]])
    earlier = published(first)
    other = replace(
        earlier.tables[0],
        cells=tuple(replace(one, codes=(f"{one.codes[0]}-",)) for one in earlier.tables[0].cells),
    )
    assert attack(draft, second, replace(earlier, tables=(other,), breakdowns=())).is_held


def test_pages_between_which_some_came_and_others_left_are_read_apart() -> None:
    first, later = page([[40, 30], [40, 30]]), page([[60, 20], [40, 30]])
    assert attack(*later, published(first[1])).is_held


def test_what_all_must_answer_tells_who_skipped_another_question() -> None:
    asked = replace(table([[40, 30], [40, 30]], TableKind.CHOICE), is_required=True)
    skipped = replace(table([[40, 28], [40, 30]], TableKind.CHOICE), key="q2")
    draft = draft_of([asked, skipped])
    tables = [shown_table(one, LIMITS).as_json() for one in draft.tables]
    naive = Decision(payload={"respondents": None, "tables": tables, "breakdowns": []})
    assert attack(draft, naive).narrow == {("", "q2")}
    assert attack(draft, decide(draft, (), LIMITS)).is_held


def test_the_size_of_a_follow_up_question_is_read_too() -> None:
    hurt = table([[200, 1], [197, 2]], TableKind.CHOICE)
    told = replace(
        table([[200, 197]], TableKind.CHOICE),
        key="told",
        is_required=True,
        asked_if=AskedIf(key="q1", codes=frozenset({"always"})),
    )
    draft = draft_of([hurt, told])
    tables = [shown_table(one, LIMITS).as_json() for one in draft.tables]
    naive = Decision(payload={"respondents": 400, "tables": tables, "breakdowns": []})
    assert attack(draft, naive).narrow == {("", "q1")}


def test_a_few_are_found_in_however_many_parts() -> None:
    """Five of fourteen municipalities are four people together; nothing is told of any alone."""
    equations = Equations()
    towns = [equations.unknown(str(number)) for number in range(14)]
    equations.tell(towns, 200)
    equations.tell(towns[2:7], 4)
    bounds = Bounds(equations.solved())
    parts = [[town] for town in towns]
    assert is_union_known(bounds, parts, LIMITS.minimum)
    assert not is_union_known(bounds, parts[3:], LIMITS.minimum)


def test_more_parts_that_are_few_than_can_be_tried_count_as_found() -> None:
    equations = Equations()
    pairs = [(equations.unknown(str(n), "a"), equations.unknown(str(n), "b")) for n in range(14)]
    for pair in pairs:
        equations.tell(pair, 4)
    parts = [[place] for pair in pairs for place in pair]
    assert is_union_known(Bounds(equations.solved()), parts, LIMITS.minimum)


def test_an_option_that_may_be_ticked_is_attacked_by_itself() -> None:
    """Of 30 in each group 20 and 29 ticked the first option, 20 and 2 the second."""
    ticked = {"g0": (20, 20), "g1": (29, 2)}
    cells = tuple(
        Cell(code=code, label=code, count=count)
        for code, count in zip(CODES, map(sum, zip(*ticked.values(), strict=True)), strict=False)
    )
    asked = Table(key="q1", title="Stöd", kind=TableKind.MANY, n=60, cells=cells)
    role = replace(
        by("role", [[30], [30]]),
        rows={"q1": tuple(GroupRow(n=30, counts=counts) for counts in ticked.values())},
    )
    draft = draft_of([asked], [role])
    decision = decide(draft, (), LIMITS)
    assert attack(draft, decision).is_held
    rows = decision.payload["breakdowns"][0]["tables"][0]["rows"]
    assert [row["counts"] for row in rows] == [[None, None], [None, None]]
    rows[0]["counts"] = [20, 20]
    assert attack(draft, decision).narrow == {("role", "q1")}


# ---------------------------------------------------------------- how it works out


small_tables = st.lists(st.lists(st.integers(0, 3), min_size=3, max_size=3), min_size=2, max_size=3)


@settings(max_examples=40, deadline=None)
@given(small_tables, st.randoms(use_true_random=False))
def test_it_bounds_each_number_as_trying_all_tables_does(
    counts: list[list[int]], chance: random.Random
) -> None:
    """In tables of rows and columns the corners are whole numbers: nothing is lost by solving."""
    hidden = {(g, c) for g in range(len(counts)) for c in range(3) if chance.random() < 0.6}
    equations = Equations()
    places = {
        (g, c): equations.unknown(str(g), str(c)) for g in range(len(counts)) for c in range(3)
    }
    for g, row in enumerate(counts):
        equations.tell([places[g, c] for c in range(3)], sum(row))
    for c, column in enumerate(zip(*counts, strict=True)):
        equations.tell([places[g, c] for g in range(len(counts))], sum(column))
    for g, c in set(places) - hidden:
        equations.tell([places[g, c]], counts[g][c])
    bounds = Bounds(equations.solved())
    possible = _all_tables(counts, hidden)
    for cell, place in places.items():
        values = [found[cell] for found in possible]
        assert bounds.interval([place]) == pytest.approx((min(values), max(values)), abs=1e-6)
    for g in range(len(counts)):
        is_told = is_union_known(bounds, [[places[g, c]] for c in range(3)], LIMITS.minimum)
        is_known = _is_some_union_known(possible, g)
        assert is_told or not is_known
        # A number that can be but one is narrow by itself; a sum with it may be told too.
        is_one_fixed = any(len({one[g, c] for one in possible}) == 1 for c in range(3))
        assert is_told is is_known or is_one_fixed


small_or_not = st.sampled_from([0, 1, 3, 4, 6, 8, 10])


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(small_or_not, min_size=3, max_size=3), min_size=3, max_size=3),
    st.sets(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=2, max_size=8),
)
def test_where_no_small_number_is_narrow_no_few_are_known_in_any_union_of_any_rows(
    counts: list[list[int]], hidden: set[tuple[int, int]]
) -> None:
    """Why sums over several rows and columns need no search of their own (0014)."""
    small = {(g, c) for g, row in enumerate(counts) for c, count in enumerate(row) if 0 < count < 5}
    hidden = hidden | small
    found = attack(*page(counts, [list(cell) for cell in hidden]))
    possible = _all_tables(counts, hidden)
    values = np.array([[one[cell] for cell in sorted(hidden)] for one in possible])
    numbers = np.arange(1, 2 ** len(hidden))
    unions = (numbers[:, None] >> np.arange(len(hidden))) & 1
    sums = values @ unions.T
    is_few = (sums.min(axis=0) == sums.max(axis=0)) & np.isin(sums[0], (1, 2, 3, 4))
    assert found.narrow or not is_few.any()


def _all_tables(counts: Counts, hidden: set[tuple[int, int]]) -> list[dict[tuple[int, int], int]]:
    rows = []
    for g, row in enumerate(counts):
        ways = product(
            *(range(sum(row) + 1) if (g, c) in hidden else (count,) for c, count in enumerate(row))
        )
        rows.append([way for way in ways if sum(way) == sum(row)])
    columns = [sum(column) for column in zip(*counts, strict=True)]
    return [
        {(g, c): count for g, row in enumerate(way) for c, count in enumerate(row)}
        for way in product(*rows)
        if [sum(column) for column in zip(*way, strict=True)] == columns
    ]


def _is_some_union_known(possible: list[dict[tuple[int, int], int]], group: int) -> bool:
    """Of the numbers of a row that are not known by themselves."""
    unsure = [c for c in range(3) if len({one[group, c] for one in possible}) > 1]
    for chosen in product((False, True), repeat=len(unsure)):
        some = [c for c, is_in in zip(unsure, chosen, strict=True) if is_in]
        sums = {sum(one[group, c] for c in some) for one in possible}
        if len(some) > 1 and len(sums) == 1 and LIMITS.is_small(sums.pop()):
            return True
    return False


def test_what_cannot_all_be_true_is_said() -> None:
    equations = Equations()
    first, second = equations.unknown("a"), equations.unknown("b")
    equations.tell([first, second], 3)
    equations.tell([first], 4)
    with pytest.raises(Contradiction):
        equations.solved()


# ---------------------------------------------------------------- what becomes of a draft


def test_a_question_that_tells_of_a_few_is_left_out_of_its_breakdown() -> None:
    draft, shown = page([[20, 20], [38, 2], [30, 25]], [[1, 1]])

    def gate(asked: ReleaseDraft) -> Decision:
        return decide(asked, (), LIMITS) if asked.withheld else shown

    proof = proven(draft, gate, (), LIMITS)
    assert proof.withheld == {("role", "q1")}
    assert proof.attack.is_held
    assert proof.decision.payload["breakdowns"][0]["tables"] == []
    assert proof.decision.payload["tables"][0]["n"] == 135


def test_what_is_still_found_after_it_was_left_out_is_not_let_out() -> None:
    draft, shown = page([[20, 20], [38, 2], [30, 25]], [[1, 1]])
    proof = proven(draft, lambda _asked: shown, (), LIMITS)
    assert not proof.attack.is_held


def test_too_little_time_is_a_refusal_in_words() -> None:
    counts = [[20, 20], [30, 25]]
    draft = draft_of([table(counts)], [by("role", counts)])
    assert decide_proven(draft, (), (), LIMITS).is_allowed
    late = decide_proven(draft, (), (), LIMITS, is_late=lambda: True)
    assert len(late.refusals) == 1


def test_the_clock_is_asked_within_a_question_too() -> None:
    draft, _decision = page([[40, 30, 2], [40, 3, 20], [4, 30, 20]], [(0, 2), (1, 1), (2, 0)])
    asked: list[None] = []

    def is_late() -> bool:
        asked.append(None)
        return len(asked) > 6

    late = decide_proven(draft, (), (), LIMITS, is_late=is_late)
    assert len(asked) == 7
    assert not late.is_allowed


def test_it_never_lets_out_more_than_the_rules_before_it() -> None:
    for asked, breakdowns in counties(60):
        draft = draft_of([asked], breakdowns)
        before = decide_beside(draft, (), (), LIMITS)
        after = decide_proven(draft, (), (), LIMITS)
        assert set(before.refusals) <= set(after.refusals)
        assert _numbers(after) <= _numbers(before)


def test_a_draft_is_ruled_on_alike_every_time() -> None:
    asked, breakdowns = list(counties(8))[-1]
    draft = draft_of([asked], breakdowns)
    decisions = [decide_proven(draft, (), (), LIMITS) for _time in range(3)]
    assert all(one == other for one, other in pairwise(decisions))


def _numbers(decision: Decision) -> set[tuple[str, str, int, int]]:
    return {
        (one["attribute"], grouped["key"], place, column)
        for one in decision.payload["breakdowns"]
        for grouped in one["tables"]
        for place, row in enumerate(grouped["rows"])
        for column, count in enumerate(row["counts"] or ())
        if count is not None
    }
