"""What an audit is reminded of, and when."""

from datetime import date, timedelta

from participation.audits.rules.reminders import Reminder, reminders_due
from participation.audits.rules.states import AuditState

ANSWERED = date(2026, 4, 28)
DUE = date(2026, 4, 30)


READ_UNTIL = date(2026, 3, 20)


def _due(state: AuditState, day: date, *, is_written: bool = False) -> list[Reminder]:
    return reminders_due(
        state,
        day,
        facts_until=READ_UNTIL,
        answers_due_on=DUE,
        answered_on=ANSWERED,
        is_follow_up_written=is_written,
    )


def test_the_unit_is_reminded_in_the_last_days_of_its_reading_for_facts() -> None:
    assert not _due(AuditState.REPORTED, READ_UNTIL - timedelta(days=4))
    assert _due(AuditState.REPORTED, READ_UNTIL - timedelta(days=3)) == [Reminder.FACTS]
    assert _due(AuditState.REPORTED, READ_UNTIL) == [Reminder.FACTS]
    assert not _due(AuditState.REPORTED, READ_UNTIL + timedelta(days=1))
    assert not _due(AuditState.FED_BACK, READ_UNTIL)


def test_answers_are_reminded_of_in_the_two_weeks_before_they_are_due() -> None:
    assert not _due(AuditState.FED_BACK, DUE - timedelta(days=15))
    assert _due(AuditState.FED_BACK, DUE - timedelta(days=14)) == [Reminder.ANSWERS]
    assert _due(AuditState.FED_BACK, DUE) == [Reminder.ANSWERS]
    assert not _due(AuditState.FED_BACK, DUE + timedelta(days=1))
    assert not _due(AuditState.ANSWERED, DUE)


def test_a_follow_up_is_reminded_of_after_six_nine_and_twelve_months() -> None:
    found = [
        _due(AuditState.ANSWERED, ANSWERED + timedelta(days=days)) for days in (181, 182, 274, 365)
    ]
    assert found == [
        [],
        [Reminder.FOLLOW_UP_6],
        [Reminder.FOLLOW_UP_9],
        [Reminder.FOLLOW_UP_12],
    ]


def test_a_written_follow_up_needs_no_reminder() -> None:
    day = ANSWERED + timedelta(days=200)
    assert not _due(AuditState.ANSWERED, day, is_written=True)
    assert not _due(AuditState.FOLLOWED_UP, day)
