"""Two questions against each other: what the workroom counts, and hides of anonymous rounds."""

from participation.disclosure.rules.tables import Thresholds
from participation.results.rules.crossing import cross_tables

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


def test_a_small_group_of_an_anonymous_round_is_hidden_with_what_would_reveal_it() -> None:
    everybody, kin, patients = cross_tables(COUNTS, YES_NO, YES_NO, Thresholds())
    assert [row.counts for row in everybody.rows] == [(50, 23), (9, 12)]
    assert [row.counts for row in kin.rows] == [None]
    assert [row.counts for row in patients.rows] == [None, (9, 12)]


def test_one_role_alone_is_everybody() -> None:
    only = {key: count for key, count in COUNTS.items() if key[0] == "patient"}
    assert [table.role for table in cross_tables(only, YES_NO, YES_NO, None)] == [""]
    assert [table.n for table in cross_tables({}, YES_NO, YES_NO, None)] == [0]
