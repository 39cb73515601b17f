""" "You said – we did": one matter as a thread of voice and answer, lateness included."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from participation.commitments.rules import Status, is_late


class CaseState(StrEnum):
    """What the reader sees at the head of a matter."""

    WAITING = "waiting"  # no answer yet, still in time
    GOING = "going"
    DONE = "done"
    DECLINED = "declined"
    LATE = "late"


@dataclass(frozen=True)
class Knot:
    """One knot of the thread: `kind` voice, answer, late or open; "" is none of them."""

    kind: str
    who: str
    when: str
    text: str
    meta: str = ""


_SETTLED = {Status.DONE: CaseState.DONE, Status.DECLINED: CaseState.DECLINED}


def case_state(status: Status, due_on: date, action_due_on: date | None, today: date) -> CaseState:
    """The state of a matter, from its commitment.

    >>> case_state(Status.IN_PROGRESS, date(2026, 1, 1), date(2026, 9, 30), date(2026, 11, 12))
    <CaseState.LATE: 'late'>
    """
    if status in _SETTLED:
        return _SETTLED[status]
    if is_late(status, due_on, action_due_on, today):
        return CaseState.LATE
    return CaseState.WAITING if status is Status.OPEN else CaseState.GOING
