"""Breakdowns in which single cells are hidden: attacked like all others, and more is shown."""

from dataclasses import replace

from participation.disclosure.rules.attack import attacked, decide_proven, proven
from participation.disclosure.rules.drafts import Decision
from participation.disclosure.rules.gate import decide
from participation.disclosure.rules.tables import TableKind
from tests.unit.test_attack import draft_of
from tests.unit.test_breakdowns import (
    LIMITS,
    by,
    counties,
    counties_with_follow_ups,
    published,
    ruled,
    shown_of,
    table,
)

BY_CELL = replace(LIMITS, by_cell=True)


def numbers(decision: Decision) -> int:
    return sum(
        count is not None
        for shown in shown_of(decision)
        for grouped in shown.tables
        for row in grouped.rows
        for count in row.counts or ()
    )


def test_one_cell_is_hidden_with_three_others_and_the_rest_of_the_rows_is_shown() -> None:
    counts = [[40, 20, 30], [38, 2, 25], [30, 25, 30], [30, 40, 20]]
    decision = ruled([table(counts, TableKind.CHOICE)], [by("role", counts)], limits=BY_CELL)
    rows = shown_of(decision)[0].tables[0].rows
    hidden = [
        (r, c) for r, row in enumerate(rows) for c, n in enumerate(row.counts or ()) if n is None
    ]
    assert (1, 1) in hidden
    assert len(hidden) == 4
    assert [row.n for row in rows] == [90, 65, 85, 90]


def test_without_the_choice_whole_rows_are_hidden_as_before() -> None:
    for asked, breakdowns in counties(30):
        for shown in shown_of(ruled([asked], breakdowns)):
            for grouped in shown.tables:
                assert all(row.counts is None or None not in row.counts for row in grouped.rows)


def test_the_attacker_finds_nothing_and_more_numbers_are_shown() -> None:
    in_cells = in_rows = 0
    for asked, breakdowns in counties(30):
        draft = draft_of([asked], breakdowns)
        decision = decide_proven(draft, (), (), BY_CELL)
        assert attacked(draft, decision, (), BY_CELL).is_held
        in_cells += numbers(decision)
        in_rows += numbers(ruled([asked], breakdowns))
    assert in_cells > 1.1 * in_rows


def test_follow_up_questions_are_attacked_with_the_cells_before_them() -> None:
    withheld = asked = 0
    for tables, whole, _after in counties_with_follow_ups(25):
        draft = draft_of(tables, [whole])
        proof = proven(draft, lambda one: decide(one, (), BY_CELL), (), BY_CELL)
        assert proof.attack.is_held
        withheld += len(proof.withheld)
        asked += len(tables)
    assert withheld < 0.1 * asked


def test_a_later_release_that_differs_by_few_in_hidden_cells_is_refused() -> None:
    """Nine came to one group; of the two hidden answers of it one grew by three."""
    before = [[40, 20, 30], [38, 2, 25], [30, 25, 30]]
    kind = TableKind.CHOICE
    first = ruled([table(before, kind)], [by("role", before)], limits=BY_CELL)
    hidden = [n is None for n in shown_of(first)[0].tables[0].rows[1].counts or ()]
    shown = hidden.index(False)
    after = [list(row) for row in before]
    after[1][shown] += 6
    after[1][1] += 3
    draft = draft_of([table(after, kind)], [by("role", after)])
    assert not decide_proven(draft, [published(first)], (), BY_CELL).is_allowed
