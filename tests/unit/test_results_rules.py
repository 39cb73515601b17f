"""Uncertainty, whole percents, and published tables as charts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.disclosure.rules.suppression import shown_table
from participation.disclosure.rules.tables import TableKind, Thresholds
from participation.results.rules.findings import Strength, Voices
from participation.results.rules.round_tables import chart
from participation.results.rules.uncertainty import whole_percents, wilson
from tests.factories.disclosure import table


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
    assert Voices(count=9, n=20, roles=2, municipalities=9).spread_in_words == "Från 9 kommuner."


def test_a_table_with_hidden_cells_is_no_bar() -> None:
    shown = chart(shown_table(table(20, 3, 9, 8, kind=TableKind.SCALE), Thresholds()))
    assert not shown.is_bar
    assert shown.rows[1] == ("Oftast", "dolt", "–")
    assert shown.note


def test_a_whole_table_is_a_bar_that_adds_up() -> None:
    shown = chart(shown_table(table(20, 10, 9, 8, kind=TableKind.SCALE), Thresholds()))
    assert shown.is_bar
    assert sum(shown.percents) == 100
    assert shown.size == "47 svar"
