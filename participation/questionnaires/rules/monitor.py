"""How an open round goes, and what to do next. Counts only, never answers, and small ones hidden.

What is hidden cannot be worked out from the total either: the same rule as for publications.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from participation.disclosure.rules.suppression import hidden_positions
from participation.disclosure.rules.tables import Cell, Table, TableKind, Thresholds
from participation.questionnaires.rules.rounds import RoundState

LAST_DAYS = 3  # before closing: time to lengthen, too late to remind
BETWEEN_MAILS = timedelta(days=7)
REMINDERS = 2
LOW_SHARE = 0.4
FEW_ANSWERS = 30  # below this, scales are published merged


class Step(StrEnum):
    """The one thing to do next."""

    WAIT_TO_OPEN = "wait_to_open"
    HAND_OUT = "hand_out"
    SEND = "send"
    MAILING = "mailing"  # links or reminders are just being written
    REMIND = "remind"
    LENGTHEN = "lengthen"
    NOTHING = "nothing"
    OVER = "over"


def told_counts(counts: Sequence[int], thresholds: Thresholds) -> tuple[int | None, ...]:
    """`counts` of groups that add up to a total which is told; None where one is hidden.

    Worked example: 20, 3, 9, 8 of 40 → 20, None, 9, None: alone, the 3 could be subtracted.
    """
    total = sum(counts)
    if total < thresholds.minimum:
        return tuple(None if count else 0 for count in counts)
    cells = tuple(Cell(code=str(n), label="", count=count) for n, count in enumerate(counts))
    table = Table(key="", title="", kind=TableKind.CHOICE, n=total, cells=cells)
    hidden = hidden_positions(table, counts, thresholds) if len(counts) > 1 else set()
    return tuple(None if place in hidden else count for place, count in enumerate(counts))


def share_of(answers: int | None, asked: int, thresholds: Thresholds) -> float | None:
    """The share that has answered; None where it would tell of a small group.

    None too when more have answered than were asked: then others have, through an open link.
    """
    if answers is None or asked < thresholds.minimum or thresholds.is_small(asked - answers):
        return None
    return answers / asked if answers <= asked else None


def is_soon_after(last_mail_on: date | None, day: date) -> bool:
    """Whether a mail on `day` comes within a week of the one before.

    >>> is_soon_after(date(2026, 11, 20), date(2026, 11, 26)), is_soon_after(None, date(2026, 1, 1))
    (True, False)
    """
    return last_mail_on is not None and day < last_mail_on + BETWEEN_MAILS


def weeks_between(first: date, last: date) -> tuple[date, ...]:
    """The Monday of every week from `first` to `last`."""
    monday = first - timedelta(days=first.weekday())
    count = max(0, (last - monday).days) // 7 + 1
    return tuple(monday + timedelta(weeks=number) for number in range(count))


@dataclass(frozen=True, kw_only=True)
class Going:
    """How a round stands today. `last_mail_on`: when a link or reminder last left."""

    state: RoundState
    today: date
    last_day: date
    answers: int
    asked: int  # links that have left by mail, letter or message
    unwritten: int
    has_open_links: bool
    reminders: int
    last_mail_on: date | None
    is_mailing: bool = False

    @property
    def days_left(self) -> int:
        """Days on which one can still answer, today counted."""
        return max(0, (self.last_day - self.today).days + 1)

    @property
    def is_low(self) -> bool:
        if self.asked:
            return self.answers < LOW_SHARE * self.asked
        return self.answers < FEW_ANSWERS

    @property
    def is_soon_after_mail(self) -> bool:
        """Whether a reminder today would come within a week of the mail before it."""
        return is_soon_after(self.last_mail_on, self.today)

    @property
    def remind_on(self) -> date | None:
        """The first day on which a reminder fits; None when there is nobody left to remind."""
        if self.last_mail_on is None or self.reminders >= REMINDERS:
            return None
        day = self.last_mail_on + BETWEEN_MAILS
        return day if day <= self.last_day else None


def next_step(going: Going) -> Step:
    """What a coordinator does next, the most useful first."""
    if going.state is RoundState.PLANNED:
        return Step.WAIT_TO_OPEN
    if going.state is not RoundState.OPEN:
        return Step.OVER
    is_asked = going.asked or going.has_open_links or going.answers
    fits = going.remind_on is not None and going.remind_on <= going.today
    ways = (
        (going.is_mailing, Step.MAILING),
        (going.unwritten > 0, Step.SEND),
        (not is_asked, Step.HAND_OUT),
        (going.is_low and going.days_left <= LAST_DAYS, Step.LENGTHEN),
        (fits, Step.REMIND),
    )
    return next((step for is_so, step in ways if is_so), Step.NOTHING)
