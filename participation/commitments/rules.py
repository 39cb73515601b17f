"""What an owed answer may become, and when it is late. Pure.

open ← an answer is taken back, because it was wrong
open → called off: what it is about is withdrawn, and nobody waits (open again when it is put anew)
     → answered yes or partly → in_progress → done
     → answered no → declined          (and back to in_progress, when minds or means change)
"""

from datetime import date, datetime, timedelta
from enum import StrEnum

DUE_SOON = timedelta(days=14)
REMINDED_EVERY = timedelta(days=7)
FURTHEST_AHEAD = timedelta(days=3653)  # ten years: a day beyond is a slip of the finger
LEFT_ANEW = timedelta(days=14)


class Answer(StrEnum):
    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class Status(StrEnum):
    OPEN = "open"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    DECLINED = "declined"
    CALLED_OFF = "called_off"


class UpdateKind(StrEnum):
    """What a line of the history tells."""

    OWED = "owed"
    ANSWERED = "answered"
    STATUS = "status"
    MOVED = "moved"
    REMINDED = "reminded"
    CALLED_OFF = "called_off"
    TAKEN_BACK = "taken_back"


class ListFilter(StrEnum):
    """Which commitments a list shows."""

    LATE = "late"
    OPEN = "open"
    OVER = "over"
    ALL = "all"


# What a status may become by an update. An open commitment moves only by being answered.
TRANSITIONS: dict[Status, frozenset[Status]] = {
    Status.OPEN: frozenset(),
    Status.IN_PROGRESS: frozenset({Status.IN_PROGRESS, Status.DONE, Status.DECLINED}),
    Status.DONE: frozenset({Status.IN_PROGRESS}),
    Status.DECLINED: frozenset({Status.IN_PROGRESS}),
    Status.CALLED_OFF: frozenset(),
}


def can_become(status: Status, wanted: Status) -> bool:
    """Whether a status update may lead there; staying "in progress" tells how it goes."""
    return wanted in TRANSITIONS[status]


def status_after(answer: Answer, *, is_done: bool = False) -> Status:
    """What an answer makes of a commitment.

    >>> status_after(Answer.PARTLY).value, status_after(Answer.NO).value
    ('in_progress', 'declined')
    """
    if answer is Answer.NO:
        return Status.DECLINED
    return Status.DONE if is_done else Status.IN_PROGRESS


def deadline(status: Status, due_on: date, action_due_on: date | None) -> date | None:
    """The day that counts now: the answer's while open, then the promised action's, then none."""
    if status is Status.OPEN:
        return due_on
    return action_due_on if status is Status.IN_PROGRESS else None


def is_late(status: Status, due_on: date, action_due_on: date | None, today: date) -> bool:
    """Late from the day after the one that counts; on the day itself there is still time.

    >>> is_late(Status.OPEN, date(2026, 11, 12), None, date(2026, 11, 12))
    False
    >>> is_late(Status.IN_PROGRESS, date(2026, 1, 1), date(2026, 6, 1), date(2026, 11, 12))
    True
    """
    counts = deadline(status, due_on, action_due_on)
    return counts is not None and counts < today


def due_anew(was_due: date, called_off_on: date, today: date) -> date:
    """The day of an answer that is owed again. What was late when it was called off stays as late
    as it was: taking something down and putting it back moves no day. What was not late keeps its
    day too, with fourteen days at least, since nobody prepares what they need not answer.

    >>> due_anew(date(2026, 10, 19), date(2026, 11, 28), date(2026, 11, 28)).isoformat()
    '2026-10-19'
    >>> due_anew(date(2026, 11, 30), date(2026, 11, 20), date(2026, 12, 1)).isoformat()
    '2026-12-15'
    """
    if was_due < called_off_on:
        return was_due
    return max(was_due, today + LEFT_ANEW)


def may_be_reminded(reminded_at: datetime | None, moment: datetime) -> bool:
    """At most once a week for each commitment."""
    return reminded_at is None or moment - reminded_at >= REMINDED_EVERY


def needs_action(answer: Answer, action_text: str) -> bool:
    """Whoever says yes or partly also says what will be done."""
    return answer is not Answer.NO and not action_text.strip()


def is_far_ahead(day: date, today: date) -> bool:
    """Whether a day is so far off that the year must be mistyped.

    >>> is_far_ahead(date(2036, 11, 12), date(2026, 11, 12))
    False
    >>> is_far_ahead(date(2206, 11, 12), date(2026, 11, 12))
    True
    """
    return day - today > FURTHEST_AHEAD
