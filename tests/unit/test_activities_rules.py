"""Burden and states: pure rules."""

import doctest
from datetime import date

import pytest

from participation.activities.rules import burden, states
from participation.activities.rules.burden import Burden, RestReason, rest_for
from participation.interest_bank import rules as bank_rules


@pytest.mark.parametrize(
    ("asked", "last", "resting", "ceiling", "expected"),
    [
        (0, None, False, None, None),
        (0, None, True, None, RestReason.PAUSED),
        (2, date(2026, 3, 1), False, 2, RestReason.CEILING),
        (1, date(2026, 11, 1), False, 2, RestReason.RECENTLY_ASKED),
        (1, date(2026, 10, 1), False, 2, None),
        (9, date(2026, 1, 1), False, None, None),
    ],
)
def test_who_rests_and_why(
    asked: int, last: date | None, resting: bool, ceiling: int | None, expected: RestReason | None
) -> None:
    rest = rest_for(
        Burden(asked, last),
        today=date(2026, 11, 22),
        is_resting=resting,
        paused_until=None,
        yearly_ceiling=ceiling,
    )
    assert (rest.reason if rest else None) == expected


def test_every_state_has_a_word_and_moves() -> None:
    assert set(states.REQUEST_MOVES) == set(states.RequestState) == set(states.REQUEST_STATE_LABELS)
    assert set(states.ACTIVITY_MOVES) == set(states.ActivityState)
    assert set(states.INVITATION_STATE_LABELS) == set(states.InvitationState)
    assert set(states.KIND_LABELS) == set(states.ActivityKind)
    assert set(bank_rules.MOVES) == set(bank_rules.MemberState) == set(bank_rules.STATE_LABELS)


@pytest.mark.parametrize("module", [burden, bank_rules])
def test_the_examples_in_the_rules_hold(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("070-123 45 67", "+46701234567"),
        ("+46 70 123 45 67", "+46701234567"),
        ("Tuva", None),
        ("2026", None),
    ],
)
def test_a_typed_phone_number_is_recognised(typed: str, expected: str | None) -> None:
    assert bank_rules.as_phone_number(typed) == expected
