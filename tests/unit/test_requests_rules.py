"""Requests: which state leads where, and when an answer is due."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.activities.rules.deadlines import answer_due_on, completion_due_on
from participation.activities.rules.states import (
    REQUEST_MOVES,
    REQUEST_STATE_LABELS,
    STATE_SHAPES,
    RequestState,
    may_withdraw,
)
from participation.foundation.working_days import (
    easter_sunday,
    holidays,
    is_working_day,
    next_working_day,
)

days = st.dates(date(2000, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize("state", list(RequestState))
def test_every_state_has_a_word_a_shape_and_known_ways_on(state: RequestState) -> None:
    assert state in REQUEST_STATE_LABELS
    assert state in STATE_SHAPES
    assert REQUEST_MOVES[state] <= set(RequestState)


@given(st.lists(st.sampled_from(list(RequestState)), max_size=12))
def test_nothing_leads_out_of_a_no_or_a_withdrawal(wanted: list[RequestState]) -> None:
    state = RequestState.DRAFT
    for step in wanted:
        ended = state in {RequestState.DECLINED, RequestState.WITHDRAWN}
        if step in REQUEST_MOVES[state]:
            assert not ended
            state = step


def test_an_asker_may_withdraw_until_an_activity_is_planned() -> None:
    open_states = {state for state in RequestState if may_withdraw(state)}
    assert open_states == {"draft", "submitted", "incomplete", "accepted"}


@given(days)
def test_an_answer_is_due_on_a_working_day_at_least_a_week_later(sent_on: date) -> None:
    due = answer_due_on(sent_on)
    assert is_working_day(due)
    assert timedelta(days=7) <= due - sent_on <= timedelta(days=14)


@pytest.mark.parametrize(
    ("sent_on", "due_on"),
    [
        (date(2026, 11, 12), date(2026, 11, 19)),
        (date(2026, 11, 14), date(2026, 11, 23)),  # the seventh day is a Saturday
        (date(2026, 12, 17), date(2026, 12, 28)),  # … Christmas Eve, then the weekend
        (date(2026, 3, 27), date(2026, 4, 7)),  # … Good Friday, until after Easter Monday
        (date(2028, 2, 22), date(2028, 2, 29)),  # … a leap day like any other
        (date(2026, 10, 18), date(2026, 10, 26)),  # … the night the clocks change
    ],
)
def test_the_seventh_day_moves_to_when_offices_are_open(sent_on: date, due_on: date) -> None:
    assert answer_due_on(sent_on) == due_on


def test_completion_has_two_weeks() -> None:
    assert completion_due_on(date(2026, 11, 12)) == date(2026, 11, 26)


@given(days)
def test_the_next_working_day_is_never_far_and_never_before(day: date) -> None:
    found = next_working_day(day)
    assert day <= found <= day + timedelta(days=7)
    assert is_working_day(found)


@pytest.mark.parametrize(
    ("year", "sunday"),
    [(2024, date(2024, 3, 31)), (2025, date(2025, 4, 20)), (2038, date(2038, 4, 25))],
)
def test_easter_moves_with_the_moon(year: int, sunday: date) -> None:
    assert easter_sunday(year) == sunday


def test_sixteen_days_a_year_at_most_are_holidays_or_their_eves() -> None:
    assert date(2026, 6, 20) in holidays(2026)  # Midsummer Day
    assert date(2026, 10, 31) in holidays(2026)  # All Saints' Day
    assert date(2026, 5, 14) in holidays(2026)  # Ascension Day
    assert {len(holidays(year)) for year in range(2000, 2100)} <= {15, 16}
