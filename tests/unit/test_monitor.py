"""How an open round goes: what is told, and what to do next."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.disclosure.rules.tables import Thresholds
from participation.questionnaires.rules.monitor import (
    Going,
    Step,
    next_step,
    share_of,
    told_counts,
    weeks_between,
)
from participation.questionnaires.rules.rounds import RoundState

LIMITS = Thresholds()
TODAY = date(2026, 11, 12)


def going(**changes: object) -> Going:
    values: dict[str, object] = {
        "state": RoundState.OPEN,
        "today": TODAY,
        "last_day": TODAY + timedelta(days=20),
        "answers": 40,
        "asked": 60,
        "unwritten": 0,
        "has_open_links": False,
        "reminders": 0,
        "last_mail_on": TODAY - timedelta(days=2),
    }
    return Going(**{**values, **changes})  # type: ignore[arg-type]


@given(st.lists(st.integers(0, 30), min_size=1, max_size=8))
def test_what_is_hidden_of_a_round_cannot_be_subtracted_from_its_total(counts: list[int]) -> None:
    told = told_counts(counts, LIMITS)
    shown = [count for count in told if count is not None]
    assert not any(LIMITS.is_small(count) for count in shown)
    hidden = [true for true, count in zip(counts, told, strict=True) if count is None]
    if sum(counts) >= LIMITS.minimum and hidden:
        assert len(hidden) > 1
        assert sum(hidden) >= LIMITS.minimum


def test_a_share_is_told_only_where_neither_side_of_it_is_few() -> None:
    assert share_of(20, 40, LIMITS) == 0.5
    assert share_of(38, 40, LIMITS) is None
    assert share_of(3, 4, LIMITS) is None
    assert share_of(None, 40, LIMITS) is None
    assert share_of(40, 40, LIMITS) == 1.0
    assert share_of(60, 40, LIMITS) is None


@pytest.mark.parametrize(
    ("changes", "step"),
    [
        ({"state": RoundState.PLANNED}, Step.WAIT_TO_OPEN),
        ({"state": RoundState.CLOSED}, Step.OVER),
        ({"unwritten": 3}, Step.SEND),
        ({"unwritten": 3, "is_mailing": True}, Step.MAILING),
        ({"asked": 0, "answers": 0}, Step.HAND_OUT),
        ({"asked": 0, "answers": 0, "has_open_links": True}, Step.NOTHING),
        ({"answers": 10, "last_day": TODAY + timedelta(days=1)}, Step.LENGTHEN),
        ({"last_mail_on": TODAY - timedelta(days=7)}, Step.REMIND),
        ({"last_mail_on": TODAY - timedelta(days=7), "reminders": 2}, Step.NOTHING),
        ({}, Step.NOTHING),
    ],
)
def test_the_page_names_the_one_thing_to_do_next(changes: dict[str, object], step: Step) -> None:
    assert next_step(going(**changes)) is step


def test_a_reminder_fits_a_week_after_the_last_mail_and_not_after_closing() -> None:
    assert going().remind_on == TODAY + timedelta(days=5)
    assert going(last_day=TODAY + timedelta(days=3)).remind_on is None
    assert going(last_day=TODAY).days_left == 1


def test_every_week_counts_from_its_monday() -> None:
    assert weeks_between(date(2026, 11, 4), TODAY) == (date(2026, 11, 2), date(2026, 11, 9))
    assert weeks_between(TODAY, TODAY) == (date(2026, 11, 9),)
