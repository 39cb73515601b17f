"""The way of an audit, and weeks."""

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.audits.rules.states import (
    MOVES,
    STATE_LABELS,
    STATE_SHAPES,
    STEP_LABELS,
    STEP_NOTES,
    WAY,
    AuditState,
    Mover,
    may_move,
    next_moves,
    position,
)
from participation.audits.rules.weeks import is_week, monday_of, recent_weeks, week_of


def test_the_way_leads_from_the_order_to_the_follow_up_one_step_at_a_time() -> None:
    for here, following in itertools.pairwise(WAY):
        onward = [move.to for move in MOVES[here] if move.to is not AuditState.CANCELLED]
        assert onward == [following]


def test_nothing_leads_out_of_an_audit_that_is_over() -> None:
    assert MOVES[AuditState.FOLLOWED_UP] == MOVES[AuditState.CANCELLED] == ()


def test_an_audit_cannot_be_called_off_once_the_report_is_out() -> None:
    for state in WAY[WAY.index(AuditState.REPORTED) :]:
        assert all(move.to is not AuditState.CANCELLED for move in MOVES[state])


def test_the_unit_may_take_back_its_order_and_nothing_else() -> None:
    unit = frozenset({Mover.UNIT})
    assert next_moves(AuditState.ORDERED, unit) == (AuditState.CANCELLED,)
    assert all(not next_moves(state, unit) for state in AuditState if state != AuditState.ORDERED)


def test_only_the_platform_says_that_all_is_answered() -> None:
    people = frozenset({Mover.COORDINATOR, Mover.AUDITOR, Mover.UNIT})
    assert not may_move(AuditState.FED_BACK, AuditState.ANSWERED, people)
    assert may_move(AuditState.FED_BACK, AuditState.ANSWERED, frozenset({Mover.SYSTEM}))


@pytest.mark.parametrize("state", list(AuditState))
def test_every_state_has_words_and_a_shape(state: AuditState) -> None:
    assert str(STATE_LABELS[state])
    assert STATE_SHAPES[state]
    assert position(state) == (0 if state is AuditState.CANCELLED else WAY.index(state) + 1)


def test_every_step_a_person_takes_has_a_button_and_a_note() -> None:
    taken = {m.to for moves in MOVES.values() for m in moves if m.by != {Mover.SYSTEM}}
    assert taken <= set(STEP_LABELS)
    assert taken <= set(STEP_NOTES)


@given(st.dates(min_value=date(2020, 1, 1), max_value=date(2040, 12, 31)))
def test_a_day_lies_in_the_week_it_is_said_to_lie_in(day: date) -> None:
    week = week_of(day)
    assert is_week(week)
    assert 0 <= (day - monday_of(week)).days < 7


@pytest.mark.parametrize("text", ["2026-W00", "2026-W54", "2026-3", "", "W03-2026", "2025-W53"])
def test_a_week_that_does_not_exist_is_refused(text: str) -> None:
    assert not is_week(text)


def test_recent_weeks_begin_with_this_one() -> None:
    weeks = recent_weeks(date(2026, 1, 14), back=3)
    assert [week for week, _monday in weeks] == ["2026-W03", "2026-W02", "2026-W01"]
    assert weeks[0][1] == date(2026, 1, 12)
