"""The council's pure rules: who stays, who steps in, how minutes and statements move."""

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.council.rules.meetings import (
    MinutesFacts,
    MinutesState,
    Rhythm,
    are_all_adjusted,
    minutes_state,
    moved,
    point_times,
    series_days,
)
from participation.council.rules.offers import MOVES, OfferState, can_answer, may_move
from participation.council.rules.statements import StatementState, statement_state
from participation.council.rules.succession import next_alternate
from participation.council.rules.terms import Renewal, Sitting, staying_seats

DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2030, 12, 31))


def test_a_whole_renewal_lets_nobody_stay() -> None:
    assert staying_seats([Sitting(number=1, since=date(2024, 1, 1))], Renewal.WHOLE) == frozenset()


def test_whoever_has_sat_longest_makes_room_first() -> None:
    sat = [Sitting(number=1, since=date(2026, 1, 1)), Sitting(number=2, since=date(2024, 1, 1))]
    assert staying_seats(sat, Renewal.HALF) == {1}


@given(st.lists(DAYS, max_size=24))
def test_half_a_council_stays_and_never_the_older_half(days: list[date]) -> None:
    sat = [Sitting(number=number, since=day) for number, day in enumerate(days, start=1)]
    stays = staying_seats(sat, Renewal.HALF)
    assert len(stays) == len(sat) // 2
    leaving = [one.since for one in sat if one.number not in stays]
    staying = [one.since for one in sat if one.number in stays]
    assert not staying or max(leaving) <= min(staying)


@given(st.sets(st.integers(min_value=1, max_value=20)))
def test_the_lowest_alternate_steps_in(numbers: set[int]) -> None:
    assert next_alternate(numbers) == (min(numbers) if numbers else None)


def test_an_offer_that_is_closed_never_opens_again() -> None:
    for state in OfferState:
        assert not may_move(state, OfferState.ASKED)
        assert bool(MOVES[state]) == (state is OfferState.ASKED)


@pytest.mark.parametrize("state", [s for s in OfferState if s is not OfferState.ASKED])
def test_only_an_open_offer_can_be_answered(state: OfferState) -> None:
    noon = datetime(2026, 11, 12, 12)
    assert not can_answer(state, noon + timedelta(days=1), noon)


@given(DAYS, st.sampled_from(Rhythm), st.integers(min_value=2, max_value=12))
def test_a_series_keeps_its_weekday_and_moves_on(first: date, rhythm: Rhythm, count: int) -> None:
    days = series_days(first, rhythm, count)
    assert len(days) == count
    assert days[0] == first
    assert {day.weekday() for day in days} == {first.weekday()}
    assert all(earlier < later for earlier, later in pairwise(days))


def test_a_fifth_weekday_becomes_the_last_of_a_shorter_month() -> None:
    assert series_days(date(2027, 1, 29), Rhythm.EVERY_MONTH, 2)[1] == date(2027, 2, 26)


@given(st.lists(st.integers(), unique=True, min_size=1), st.data())
def test_moving_a_point_loses_none(order: list[int], data: st.DataObject) -> None:
    number = data.draw(st.sampled_from(order))
    steps = data.draw(st.integers(min_value=-9, max_value=9))
    after = moved(order, number, steps)
    assert sorted(after) == sorted(order)
    wanted = min(max(order.index(number) + steps, 0), len(order) - 1)
    assert after.index(number) == wanted
    assert [one for one in after if one != number] == [one for one in order if one != number]


def test_points_without_time_take_none() -> None:
    nine = datetime(2026, 11, 17, 9)
    assert point_times(nine, [None, 20, None]) == [nine, nine, nine + timedelta(minutes=20)]


def test_minutes_without_adjusters_are_never_adjusted() -> None:
    assert not are_all_adjusted([])
    assert not are_all_adjusted([True, False])
    assert are_all_adjusted([True, True])


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        (MinutesFacts(has_text=False), MinutesState.NOTHING),
        (MinutesFacts(has_text=False, adjusted=(False,)), MinutesState.NOTHING),
        (MinutesFacts(has_text=True), MinutesState.DRAFT),
        (MinutesFacts(has_text=True, adjusted=(True, False)), MinutesState.TO_ADJUST),
        (MinutesFacts(has_text=True, is_approved=True), MinutesState.APPROVED),
        (MinutesFacts(has_text=True, is_approved=True, is_published=True), MinutesState.PUBLIC),
    ],
)
def test_minutes_come_further_step_by_step(facts: MinutesFacts, state: MinutesState) -> None:
    assert minutes_state(facts) is state


def test_a_statement_comes_further_step_by_step() -> None:
    steps = [
        statement_state(
            is_agreed=done >= 1, is_sent=done >= 2, is_answered=done >= 3, is_followed_up=done >= 4
        )
        for done in range(5)
    ]
    assert steps == list(StatementState)
