"""How a figure stands, in words; and what a chart of a question may draw."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from participation.disclosure.rules.breakdowns import (
    ShownBreakdown,
    ShownGroup,
    ShownGrouped,
    ShownRow,
)
from participation.disclosure.rules.tables import ShownCell, ShownTable, TableKind
from participation.follow_up.rules.perspective_charts import question_chart
from participation.follow_up.rules.perspective_file import question_rows
from participation.follow_up.rules.perspectives import Tally, perspective_of
from participation.follow_up.rules.standing import Target, Way, standing
from participation.foundation.i18n import use_locale
from participation.indicators.rules.series import Point


@pytest.fixture(autouse=True)
def swedish() -> Iterator[None]:
    with use_locale("sv"):
        yield


@pytest.mark.parametrize(
    ("values", "better", "way"),
    [
        ((61.5, 64), "higher", Way.BETTER),
        ((61.5, 64), "lower", Way.WORSE),
        ((64, 61.5), "lower", Way.BETTER),
        ((64, 61.5), "none", Way.LOWER),
        ((64, 64), "higher", Way.SAME),
    ],
)
def test_a_change_is_better_or_worse_by_the_indicators_own_direction(
    values: tuple[float, float], better: str, way: Way
) -> None:
    points = [Point(str(2024 + place), value) for place, value in enumerate(values)]
    found = standing(points, better)
    assert found is not None
    assert found.way is way


def test_a_break_is_never_compared_across_even_where_a_value_is_missing_between() -> None:
    points = [Point("2016", 58), Point("2017", None, has_break_before=True), Point("2018", 51)]
    found = standing(points, "higher")
    assert found is not None
    assert found.way is Way.BROKEN
    assert found.in_words == "Räknas på ett nytt sätt: går inte att jämföra med 2016."


def test_a_withheld_value_is_not_the_newest() -> None:
    found = standing([Point("2024", 61), Point("2025", None)], "higher")
    assert found is not None
    assert found.newest.period == "2024"
    assert standing([Point("2025", None)], "higher") is None


def test_the_target_is_told_in_words() -> None:
    points = [Point("2024", 16), Point("2025", 12.5)]
    reached = standing(points, "lower", Target(13, "at_most", "2027"), decimals=1)
    assert reached is not None
    assert reached.in_words == "Bättre än 2024 (16,0). Målet är nått: högst 13,0 till 2027."
    short = standing(points, "lower", Target(10, "at_most"), decimals=1)
    assert short is not None
    assert short.in_words.endswith("2,5 återstår till målet: högst 10,0.")


def test_those_who_work_there_speak_for_the_staff_and_all_others_for_residents() -> None:
    assert perspective_of(["professional"]) == "staff"
    assert perspective_of(["professional", "patient"]) == "resident"
    assert perspective_of(["child"]) == "resident"


def test_the_lead_counts_what_there_is_and_says_nothing_of_what_there_is_not() -> None:
    assert Tally(4, 5, 1, 2, 0).in_words == (
        "4 lärdomar och 5 löften. 1 löfte är försenat. 2 siffror är bättre än sist."
    )
    assert Tally(0, 0, 0, 0, 0).in_words == ""


TABLE = ShownTable(
    key="respect",
    title="Jag möts med respekt",
    kind=TableKind.SCALE,
    n=60,
    cells=(
        ShownCell(codes=("often",), label="Ofta", count=40),
        ShownCell(codes=("seldom",), label="Sällan", count=20),
    ),
)
BY_ROLE = ShownBreakdown(
    attribute="role",
    title="Svarsroll",
    subject="role",
    groups=(
        ShownGroup(codes=("patient",), label="Patient"),
        ShownGroup(codes=("next_of_kin",), label="Närstående"),
    ),
    tables=(
        ShownGrouped(
            key="respect",
            columns=TABLE.cells,
            rows=(ShownRow(n=30, counts=(None, None)), ShownRow(n=30, counts=None)),
        ),
    ),
)


def test_hidden_shares_of_a_role_are_never_numbers_in_the_chart_or_its_table() -> None:
    drawn = question_chart("Nyheten", TABLE, BY_ROLE, "Enkät 2026")
    assert drawn is not None
    assert [row.shares for row in drawn.rows] == [(67, 33), (None, None)]
    rows = question_rows(TABLE.title, drawn, 4)
    hidden = [row for row in rows if row[2] == "Patient"]
    assert [(row[5], row[6]) for row in hidden] == [(None, "dolt"), (None, "dolt")]
    assert not [row for row in rows if row[2] == "Närstående"]


def test_roles_that_are_shown_in_other_steps_do_not_stand_under_everybody() -> None:
    merged = ShownCell(codes=("often", "seldom"), label="Ofta eller sällan", count=None)
    grouped = ShownGrouped(
        key="respect", columns=(merged,), rows=(ShownRow(n=30, counts=(30,)),) * 2
    )
    other = replace(BY_ROLE, tables=(grouped,))
    drawn = question_chart("Nyheten", TABLE, other, "Enkät 2026")
    assert drawn is not None
    assert [row.label for row in drawn.rows] == ["Alla"]


def test_a_question_with_a_hidden_answer_is_not_drawn() -> None:
    cells = (ShownCell(codes=("often",), label="Ofta", count=None), TABLE.cells[1])
    hidden = ShownTable(key="respect", title=TABLE.title, kind=TableKind.SCALE, n=60, cells=cells)
    assert question_chart("Nyheten", hidden, None, "Enkät 2026") is None
