"""When the next round goes out by itself, and why it does not. Pure.

A round is sent while seats are free, once the last day to answer of the newest round has passed,
never later than some days before the activity, and never more often than was decided.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from participation.foundation.clock import from_local, to_local
from participation.foundation.i18n import lazy_gettext as _l

MOST_PEOPLE_EACH = 500
MOST_ROUNDS = 10
MOST_REPLY_DAYS = 60
SHORTEST_TIME_TO_ANSWER = timedelta(hours=24)


class Halt(StrEnum):
    """Why no further round goes out."""

    OFF = "off"
    STOPPED = "stopped"
    OVER = "over"
    DRAWN = "drawn"
    NOT_BEGUN = "not_begun"
    FULL = "full"
    ALL_SENT = "all_sent"
    TOO_LATE = "too_late"


HALT_LABELS: dict[str, Any] = {
    Halt.OFF: _l("No rounds go out by themselves."),
    Halt.STOPPED: _l("You have stopped it. Nothing more goes out by itself."),
    Halt.OVER: _l("The activity is completed or called off."),
    Halt.DRAWN: _l("The seats are drawn by lot among those who say yes. Invite more by hand."),
    Halt.NOT_BEGUN: _l("It begins once you have sent the first round yourself."),
    Halt.FULL: _l("All seats are taken. If one becomes free, this starts again."),
    Halt.ALL_SENT: _l("All rounds you decided on have gone out."),
    Halt.TOO_LATE: _l("It is too close to the activity to ask more people."),
}


@dataclass(frozen=True, kw_only=True)
class RoundSettings:
    """What a coordinator decided: so many people, at most so many times, so long to answer."""

    people_each: int
    most_rounds: int
    reply_days: int
    lead_days: int


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How an activity stands. `last_reply_by`: the newest round's, None before the first."""

    starts_at: datetime
    is_still_to_come: bool
    free_seats: int
    last_reply_by: datetime | None
    sent_count: int = 0
    is_stopped: bool = False
    awaits_draw: bool = False


@dataclass(frozen=True)
class NextRound:
    """When the next round goes out, at the earliest, and the first moment after its last day."""

    goes_at: datetime
    reply_by: datetime


def next_round(
    settings: RoundSettings | None, standing: Standing, moment: datetime
) -> NextRound | Halt:
    """What happens next by itself, as seen at `moment`."""
    if settings is None:
        return Halt.OFF
    halted = _halted(settings, standing, moment)
    if halted is not None:
        return halted
    assert standing.last_reply_by is not None
    goes_at = max(standing.last_reply_by, moment)
    reply_by = _reply_by(settings, standing.starts_at, goes_at)
    if reply_by - goes_at < SHORTEST_TIME_TO_ANSWER:
        return Halt.TOO_LATE
    return Halt.FULL if standing.free_seats <= 0 else NextRound(goes_at, reply_by)


def _halted(settings: RoundSettings, standing: Standing, moment: datetime) -> Halt | None:
    reasons = (
        (not standing.is_still_to_come or standing.starts_at <= moment, Halt.OVER),
        (standing.awaits_draw, Halt.DRAWN),
        (standing.is_stopped, Halt.STOPPED),
        (standing.sent_count >= settings.most_rounds, Halt.ALL_SENT),
        (standing.last_reply_by is None, Halt.NOT_BEGUN),
    )
    return next((halt for holds, halt in reasons if holds), None)


def _reply_by(settings: RoundSettings, starts_at: datetime, goes_at: datetime) -> datetime:
    """The end of the last day to answer, no later than the lead time before the activity."""
    wanted = to_local(goes_at).date() + timedelta(days=settings.reply_days)
    latest = to_local(starts_at).date() - timedelta(days=settings.lead_days)
    return end_of_day(min(wanted, latest - timedelta(days=1)))


def end_of_day(day: date) -> datetime:
    """The first moment after a Swedish day, as UTC: a day has 23, 24 or 25 hours.

    >>> end_of_day(date(2026, 10, 25)).isoformat()
    '2026-10-25T23:00:00+00:00'
    """
    return from_local(datetime.combine(day + timedelta(days=1), time()))
