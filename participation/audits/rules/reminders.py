"""What is reminded of before its day, and whom. Pure."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

from participation.audits.rules.states import AuditState

FACTS_BEFORE = timedelta(days=3)
ANSWERS_BEFORE = timedelta(days=14)
LASTS = timedelta(days=28)  # a reminder that is late by more is not sent any more


class Reminder(StrEnum):
    """The reading for facts ends soon; the answers are due soon; six, nine or twelve months have
    passed since the unit answered, which is when a follow-up can be held."""

    FACTS = "facts"
    ANSWERS = "answers"
    FOLLOW_UP_6 = "follow_up_6"
    FOLLOW_UP_9 = "follow_up_9"
    FOLLOW_UP_12 = "follow_up_12"


FOLLOW_UP_AFTER: Mapping[Reminder, timedelta] = {
    Reminder.FOLLOW_UP_6: timedelta(days=182),
    Reminder.FOLLOW_UP_9: timedelta(days=274),
    Reminder.FOLLOW_UP_12: timedelta(days=365),
}


def reminders_due(
    state: AuditState,
    today: date,
    *,
    facts_until: date | None,
    answers_due_on: date | None,
    answered_on: date | None,
    is_follow_up_written: bool,
) -> list[Reminder]:
    """What an audit in `state` is to be reminded of today; each is sent once. `facts_until`: None
    where the unit has read.

    >>> reminders_due(
    ...     AuditState.FED_BACK, date(2026, 4, 20), facts_until=None,
    ...     answers_due_on=date(2026, 4, 30), answered_on=None,
    ...     is_follow_up_written=False,
    ... )
    [<Reminder.ANSWERS: 'answers'>]
    """
    due = []
    read_until = facts_until if state is AuditState.REPORTED else None
    if read_until is not None and read_until - FACTS_BEFORE <= today <= read_until:
        due.append(Reminder.FACTS)
    owed_on = answers_due_on if state is AuditState.FED_BACK else None
    if owed_on is not None and owed_on - ANSWERS_BEFORE <= today <= owed_on:
        due.append(Reminder.ANSWERS)
    waits = state is AuditState.ANSWERED and not is_follow_up_written
    if waits and answered_on is not None:
        due += [
            reminder
            for reminder, after in FOLLOW_UP_AFTER.items()
            if answered_on + after <= today <= answered_on + after + LASTS
        ]
    return due
