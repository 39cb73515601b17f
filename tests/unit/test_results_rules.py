"""Uncertainty, whole percents, and published tables as charts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.disclosure.rules.breakdowns import (
    ShownBreakdown,
    ShownGroup,
    ShownGrouped,
    ShownRow,
)
from participation.disclosure.rules.suppression import shown_table
from participation.disclosure.rules.tables import ShownCell, ShownTable, TableKind, Thresholds
from participation.questionnaires.rules.reading import read_content
from participation.results.rules.findings import Strength, Voices
from participation.results.rules.round_tables import MIXED, UNSURE, chart, grouped_chart
from participation.results.rules.silence import not_counted
from participation.results.rules.uncertainty import whole_percents, wilson
from tests.factories.disclosure import table
from tests.factories.questionnaires import questionnaire_data


def test_half_of_412_is_uncertain_by_five_percent_each_way() -> None:
    assert wilson(202, 412).percents == (44, 54)


def test_nobody_of_twenty_still_leaves_room_for_some() -> None:
    assert wilson(0, 20).percents == (0, 16)
    assert wilson(20, 20).percents == (84, 100)


@pytest.mark.parametrize(("count", "n"), [(1, 0), (5, 4), (-1, 4)])
def test_impossible_counts_are_refused(count: int, n: int) -> None:
    with pytest.raises(ValueError, match="need"):
        wilson(count, n)


@given(st.integers(1, 5_000), st.data())
def test_the_share_lies_within_its_interval(n: int, data: st.DataObject) -> None:
    count = data.draw(st.integers(0, n))
    interval = wilson(count, n)
    assert 0 <= interval.low <= count / n <= interval.high <= 1


@given(st.lists(st.integers(0, 500), min_size=1, max_size=8).filter(any))
def test_whole_percents_add_up_to_a_hundred(counts: list[int]) -> None:
    assert sum(whole_percents(counts)) == 100


def test_a_strength_speaks_plainly() -> None:
    strength = Strength(
        count=202, n=412, question="?", answers=("Alltid",), release_public_id="bcdfghjkmnpq"
    )
    assert strength.percent == 49
    assert strength.in_words == "412 svar, osäkerhet 44–54."


def test_answers_taken_together_read_as_one_sentence() -> None:
    strength = Strength(
        count=9, n=20, question="?", answers=("Sällan", "Aldrig"), release_public_id="bcdfghjkmnpq"
    )
    assert strength.answers_in_words == "Sällan eller aldrig"
    assert strength.answers_mid_sentence == "sällan eller aldrig"


def test_a_spread_says_over_how_many_municipalities_never_which() -> None:
    assert Voices(count=9, n=20, roles=1, municipalities=9).spread_in_words == "Från 9 kommuner."
    spread = Voices(count=9, n=20, roles=2, municipalities=9).spread_in_words
    assert spread == "Från 9 kommuner. Det sägs i 2 roller, till exempel patient eller närstående."


def test_a_table_with_hidden_cells_is_no_bar() -> None:
    shown = chart(shown_table(table(20, 3, 9, 8, kind=TableKind.SCALE), Thresholds()))
    assert not shown.is_bar
    assert shown.rows[1] == ("Oftast", "dolt", "–")
    assert shown.note


def test_every_answer_that_is_none_is_drawn_apart_and_a_rest_with_answers_in_its_own_way() -> None:
    cells = [
        ShownCell(codes=(code,), label=code, count=10, is_unsure=code in {"dont_know", "not_me"})
        for code in ("often", "seldom", "dont_know", "not_me")
    ]
    whole = ShownTable(key="q1", title="Stöd", kind=TableKind.SCALE, n=40, cells=tuple(cells))
    assert chart(whole).kinds == ("", "", UNSURE, UNSURE)
    rest = ShownCell(codes=("seldom", "dont_know"), label="Rest", count=None, is_unsure=True)
    grouped = ShownGrouped(
        key="q1",
        columns=(cells[0], rest, cells[3]),
        rows=(ShownRow(n=40, counts=(10, 20, 10)),),
    )
    shown = ShownBreakdown(
        attribute="role",
        title="Roll",
        subject="role",
        groups=(ShownGroup(codes=("me",), label="Jag"),),
        tables=(grouped,),
    )
    assert grouped_chart(whole, shown, grouped).kinds == ("", MIXED, UNSURE)


def test_readers_are_told_that_consents_and_own_words_are_not_shown() -> None:
    data = questionnaire_data()
    assert len(not_counted(read_content(data))) == 1
    agree = {"key": "agree", "kind": "consent", "text": {"sv": "Jag går med på det."}}
    asked = read_content({**data, "questions": [*data["questions"], agree]})
    assert "samtycke" in not_counted(asked)[1]


def test_a_whole_table_is_a_bar_that_adds_up() -> None:
    shown = chart(shown_table(table(20, 10, 9, 8, kind=TableKind.SCALE), Thresholds()))
    assert shown.is_bar
    assert sum(shown.percents) == 100
    assert shown.size == "47 svar"


def test_what_a_bar_hides_is_left_of_one_hundred_and_named() -> None:
    """Of 40 answers 10 and 13 are shown; the hidden ones are 42 per cent together."""
    cells = [ShownCell(codes=(code,), label=code, count=20) for code in "abcd"]
    whole = ShownTable(key="q1", title="Stöd", kind=TableKind.CHOICE, n=80, cells=tuple(cells))
    grouped = ShownGrouped(
        key="q1", columns=tuple(cells), rows=(ShownRow(n=40, counts=(10, None, 13, None)),)
    )
    shown = ShownBreakdown(
        attribute="role",
        title="Roll",
        subject="role",
        groups=(ShownGroup(codes=("me",), label="Jag"),),
        tables=(grouped,),
    )
    drawn = grouped_chart(whole, shown, grouped)
    assert [shares for _label, _size, shares in drawn.bars] == [[25, None, 33, None]]
    assert drawn.note
