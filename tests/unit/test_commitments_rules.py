"""What an owed answer may become, and when it is late."""

from datetime import UTC, date, datetime, timedelta

import pytest

from participation.commitments.rules import (
    Answer,
    Status,
    can_become,
    deadline,
    is_late,
    may_be_reminded,
    needs_action,
    status_after,
)

TODAY = date(2026, 11, 12)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("answer", "is_done", "status"),
    [
        (Answer.YES, False, Status.IN_PROGRESS),
        (Answer.YES, True, Status.DONE),
        (Answer.PARTLY, False, Status.IN_PROGRESS),
        (Answer.PARTLY, True, Status.DONE),
        (Answer.NO, False, Status.DECLINED),
        (Answer.NO, True, Status.DECLINED),
    ],
)
def test_an_answer_decides_the_status(answer: Answer, is_done: bool, status: Status) -> None:
    assert status_after(answer, is_done=is_done) is status


def test_an_open_commitment_moves_only_by_being_answered() -> None:
    assert not any(can_become(Status.OPEN, status) for status in Status)


def test_nothing_becomes_open_again() -> None:
    assert not any(can_become(status, Status.OPEN) for status in Status)


def test_what_is_done_or_declined_can_be_taken_up_again() -> None:
    assert can_become(Status.DONE, Status.IN_PROGRESS)
    assert can_become(Status.DECLINED, Status.IN_PROGRESS)
    assert not can_become(Status.DONE, Status.DECLINED)


@pytest.mark.parametrize(
    ("status", "due_on", "action_due_on", "late"),
    [
        (Status.OPEN, YESTERDAY, None, True),
        (Status.OPEN, TODAY, None, False),
        (Status.OPEN, TOMORROW, YESTERDAY, False),
        (Status.IN_PROGRESS, YESTERDAY, TOMORROW, False),
        (Status.IN_PROGRESS, TOMORROW, YESTERDAY, True),
        (Status.IN_PROGRESS, YESTERDAY, None, False),
        (Status.DONE, YESTERDAY, YESTERDAY, False),
        (Status.DECLINED, YESTERDAY, YESTERDAY, False),
    ],
)
def test_late_is_counted_from_the_day_that_counts_now(
    status: Status, due_on: date, action_due_on: date | None, late: bool
) -> None:
    assert is_late(status, due_on, action_due_on, TODAY) is late


def test_what_is_over_has_no_deadline() -> None:
    assert deadline(Status.DONE, TODAY, TODAY) is None
    assert deadline(Status.DECLINED, TODAY, TODAY) is None


def test_reminders_come_once_a_week_at_most() -> None:
    now = datetime(2026, 11, 12, 6, tzinfo=UTC)
    assert may_be_reminded(None, now)
    assert not may_be_reminded(now - timedelta(days=6, hours=23), now)
    assert may_be_reminded(now - timedelta(days=7), now)


def test_a_yes_says_what_will_be_done_and_a_no_need_not() -> None:
    assert needs_action(Answer.YES, "  ")
    assert needs_action(Answer.PARTLY, "")
    assert not needs_action(Answer.YES, "Vi byter stolar")
    assert not needs_action(Answer.NO, "")
