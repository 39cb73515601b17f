"""Two questions against each other: what the workroom counts, and hides of anonymous rounds."""

import random
from collections.abc import Sequence
from itertools import product

import highspy

from participation.disclosure.rules.tables import Thresholds
from participation.questionnaires.queries.crossing import UNASKED
from participation.results.rules.crossing import CrossTable, cross_tables, in_one_order

LIMITS = Thresholds()

YES_NO = [("yes", "Ja"), ("no", "Nej")]
COUNTS = {
    ("patient", "yes", "yes"): 20,
    ("patient", "yes", "no"): 20,
    ("patient", "no", "yes"): 9,
    ("patient", "no", "no"): 12,
    ("next_of_kin", "yes", "yes"): 30,
    ("next_of_kin", "yes", "no"): 3,
}


def test_everybody_comes_first_and_then_each_role() -> None:
    everybody, kin, patients = cross_tables(COUNTS, YES_NO, YES_NO, None)
    assert (everybody.role, everybody.n) == ("", 94)
    assert [row.counts for row in everybody.rows] == [(50, 23), (9, 12)]
    assert (kin.role, [row.counts for row in kin.rows]) == ("next_of_kin", [(30, 3)])
    assert patients.rows[0].percents == [50, 50]


def test_an_anonymous_round_is_set_apart_by_role_only_where_no_group_is_small() -> None:
    (everybody,) = cross_tables(COUNTS, YES_NO, YES_NO, LIMITS)
    assert [row.counts for row in everybody.rows] == [(50, 23), (9, 12)]
    enough = {**COUNTS, ("next_of_kin", "yes", "no"): 6}
    assert [table.role for table in cross_tables(enough, YES_NO, YES_NO, LIMITS)] == [
        "",
        "next_of_kin",
        "patient",
    ]


def test_a_small_group_of_an_anonymous_round_is_hidden_with_what_would_reveal_it() -> None:
    small = {**COUNTS, ("patient", "no", "yes"): 2}
    assert cross_tables(small, YES_NO, YES_NO, LIMITS) == ()
    assert cross_tables({("patient", "yes", "yes"): 1}, YES_NO, YES_NO, LIMITS) == ()


def test_who_was_not_asked_is_hidden_where_it_would_tell_what_few_answered_before() -> None:
    """Three said no and were not asked more: how many answered both would show that."""
    asked = {("", "yes", "yes"): 200, ("", "yes", "no"): 197, ("", "no", UNASKED): 3}
    assert cross_tables(asked, YES_NO, YES_NO, LIMITS) == ()
    many = {**asked, ("", "no", UNASKED): 30}
    (everybody,) = cross_tables(many, YES_NO, YES_NO, LIMITS)
    assert (everybody.n, [row.counts for row in everybody.rows]) == (397, [(200, 197)])


def test_a_pair_of_an_anonymous_round_is_shown_one_way_round_only() -> None:
    keys = ["q1", "q2=a", "q3"]
    assert in_one_order(keys, "q3", "q1") == in_one_order(keys, "q1", "q3") == ("q1", "q3")


def test_who_solves_all_equations_of_a_cross_table_finds_no_small_group() -> None:
    """The attacker knows how many gave each answer of both questions, and of each role."""
    chance = random.Random(3)
    attacked = 0
    for _round in range(60):
        pair = [(role, a, b) for role in ("kin", "patient") for a in "xyz" for b in "xyz"]
        counts = {
            cell: chance.randint(0, 4) if chance.random() < 0.1 else chance.randint(6, 40)
            for cell in pair
        }
        answers = [(code, code) for code in "xyz"]
        tables = cross_tables(counts, answers, answers, LIMITS)
        solver = _solver(counts, tables)
        whole = [[c for c in pair if c[1:] == (a, b)] for a in "xyz" for b in "xyz"]
        for cells in [[cell] for cell in pair] + whole:
            if LIMITS.is_small(sum(counts[cell] for cell in cells)):
                attacked += 1
                low, high = _ends(solver, [pair.index(cell) for cell in cells])
                assert high - low > LIMITS.minimum - 0.01, (counts, cells)
    assert attacked > 50


def _solver(counts: dict[tuple[str, str, str], int], tables: Sequence[CrossTable]) -> highspy.Highs:
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    for _cell in counts:
        solver.addVar(0.0, highspy.kHighsInf)
    cells = list(counts)

    def tell(meant: Sequence[tuple[str, str, str]], value: int) -> None:
        places = [cells.index(cell) for cell in meant]
        solver.addRow(value, value, len(places), places, [1.0] * len(places))

    for place, code in product((1, 2), "xyz"):
        meant = [cell for cell in cells if cell[place] == code]
        tell(meant, sum(counts[cell] for cell in meant))
    for table in tables:
        meant = [cell for cell in cells if table.role in {"", cell[0]}]
        tell(meant, table.n)
        for row in table.rows:
            for answer, count in zip("xyz", row.counts or (), strict=bool(row.counts)):
                tell([cell for cell in meant if cell[1:] == (row.label, answer)], count)
    return solver


def _ends(solver: highspy.Highs, places: Sequence[int]) -> tuple[float, float]:
    ends = []
    for sign in (1.0, -1.0):
        for place in range(int(solver.getNumCol())):
            solver.changeColCost(place, sign if place in places else 0.0)
        solver.run()
        ends.append(sign * solver.getInfo().objective_function_value)
    return ends[0], ends[1]


def test_one_role_alone_is_everybody() -> None:
    only = {key: count for key, count in COUNTS.items() if key[0] == "patient"}
    assert [table.role for table in cross_tables(only, YES_NO, YES_NO, None)] == [""]
    assert [table.n for table in cross_tables({}, YES_NO, YES_NO, None)] == [0]
