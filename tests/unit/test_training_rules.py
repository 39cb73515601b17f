"""Training: how long a course holds, over leap days and months of every length."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.activities.rules.states import KIND_LABELS, ActivityKind
from participation.training.rules.kinds import DEMANDING_KINDS, USER_AUDIT
from participation.training.rules.validity import (
    REFRESHER_BEFORE,
    VALIDITY_LABELS,
    VALIDITY_SHAPES,
    Validity,
    valid_until,
    validity,
)

days = st.dates(date(2000, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("completed_on", "months", "until"),
    [
        (date(2026, 11, 12), 36, date(2029, 11, 12)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2027, 2, 28), 12, date(2028, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
    ],
)
def test_a_course_holds_to_the_same_day_of_the_month(
    completed_on: date, months: int, until: date
) -> None:
    assert valid_until(completed_on, months) == until


def test_without_months_it_holds_for_good() -> None:
    assert valid_until(date(2024, 2, 29), None) is None
    assert validity(None, date(2999, 1, 1)) is Validity.HOLDS


@given(days, st.integers(1, 240))
def test_a_course_never_ends_in_another_month(completed_on: date, months: int) -> None:
    until = valid_until(completed_on, months)
    assert until is not None
    passed = (until.year - completed_on.year) * 12 + until.month - completed_on.month
    assert passed == months
    assert until.day <= completed_on.day


@given(days)
def test_it_holds_then_a_refresher_is_due_then_it_has_ended(until: date) -> None:
    assert validity(until, until - REFRESHER_BEFORE - timedelta(days=1)) is Validity.HOLDS
    assert validity(until, until - REFRESHER_BEFORE) is Validity.ENDS_SOON
    assert validity(until, until) is Validity.ENDS_SOON
    assert validity(until, until + timedelta(days=1)) is Validity.ENDED


def test_every_validity_has_a_word_and_a_shape() -> None:
    assert set(VALIDITY_LABELS) == set(VALIDITY_SHAPES) == set(Validity)


def test_kinds_that_demand_a_course_are_called_as_the_floor_above_calls_them() -> None:
    assert USER_AUDIT == ActivityKind.USER_AUDIT
    assert {kind: str(label) for kind, label in DEMANDING_KINDS.items()} == {
        kind: str(KIND_LABELS[kind]) for kind in DEMANDING_KINDS
    }
