"""The states of a claim and how it moves, decisions about ties, and what needs what. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from participation.activities.rules.states import ActivityKind
from participation.foundation.errors import Conflict
from participation.foundation.i18n import lazy_gettext as _l

MOST_FILES = 10
WARNED_BEFORE = timedelta(days=14)
BOOKKEEPING_YEARS = 7  # bokföringslagen 7 kap. 2 §: until the end of the seventh year


class ClaimState(StrEnum):
    """offered → submitted → approved → exported → paid; returned, declined and closed beside it."""

    OFFERED = "offered"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    EXPORTED = "exported"
    PAID = "paid"
    DECLINED = "declined"
    CLOSED = "closed"


S = ClaimState
CLAIM_MOVES: Mapping[ClaimState, frozenset[ClaimState]] = {
    S.OFFERED: frozenset({S.SUBMITTED, S.DECLINED, S.CLOSED}),
    S.SUBMITTED: frozenset({S.APPROVED, S.RETURNED, S.OFFERED}),
    S.RETURNED: frozenset({S.SUBMITTED, S.DECLINED, S.CLOSED}),
    S.APPROVED: frozenset({S.EXPORTED, S.SUBMITTED}),  # an approval can be taken back
    S.EXPORTED: frozenset({S.PAID}),
    S.PAID: frozenset(),
    S.DECLINED: frozenset({S.OFFERED, S.CLOSED}),  # whoever regrets a no may claim
    S.CLOSED: frozenset({S.OFFERED}),  # a coordinator opens it again
}
WITH_THE_PERSON = (S.OFFERED, S.RETURNED)
HELD = (S.SUBMITTED, S.APPROVED, S.EXPORTED, S.PAID)  # bookkeeping: outlives an erasure
AGREED = (S.APPROVED, S.EXPORTED, S.PAID)

CLAIM_LABELS: dict[str, Any] = {
    S.OFFERED: _l("Not claimed yet"),
    S.SUBMITTED: _l("Waits for approval"),
    S.RETURNED: _l("Sent back"),
    S.APPROVED: _l("Approved for payment"),
    S.EXPORTED: _l("Sent to payroll"),
    S.PAID: _l("Paid"),
    S.DECLINED: _l("Wants no compensation"),
    S.CLOSED: _l("The time to claim has passed"),
}
CLAIM_SHAPES: dict[str, str] = {
    S.OFFERED: "new",
    S.SUBMITTED: "going",
    S.RETURNED: "soon",
    S.APPROVED: "going",
    S.EXPORTED: "going",
    S.PAID: "done",
    S.DECLINED: "no",
    S.CLOSED: "no",
}


def moved(current: str, wanted: ClaimState) -> ClaimState:
    """The wanted state. Raises Conflict when there is no way there."""
    if wanted not in CLAIM_MOVES[ClaimState(current)]:
        raise Conflict
    return wanted


def held_until(day: date) -> date:
    """The last day on which the bookkeeping law keeps what was booked on `day`.

    >>> held_until(date(2026, 3, 1))
    datetime.date(2033, 12, 31)
    """
    return date(day.year + BOOKKEEPING_YEARS, 12, 31)


def last_year_to_destroy(before: date) -> int:
    """The newest year whose bookkeeping need not be kept on that day any more.

    >>> last_year_to_destroy(date(2034, 1, 1)), last_year_to_destroy(date(2033, 12, 31))
    (2026, 2025)
    """
    return before.year - BOOKKEEPING_YEARS - 1


class TieKind(StrEnum):
    """How somebody is tied to an organisation or a unit."""

    EMPLOYED = "employed"
    WAS_EMPLOYED = "was_employed"
    RELATIVE = "relative"
    BOARD = "board"
    PATIENT = "patient"
    OTHER = "other"


TIE_LABELS: dict[str, Any] = {
    TieKind.EMPLOYED: _l("I work there"),
    TieKind.WAS_EMPLOYED: _l("I have worked there in the last five years"),
    TieKind.RELATIVE: _l("Somebody close to me works there"),
    TieKind.BOARD: _l("I have a seat in its board or a political post"),
    TieKind.PATIENT: _l("I, or somebody close to me, get care or support there"),
    TieKind.OTHER: _l("Something else"),
}


class Decision(StrEnum):
    """What a coordinator says of declared ties."""

    FINE = "fine"
    WITH_LIMITS = "with_limits"
    NOT_FOR_THIS = "not_for_this"


DECISION_LABELS: dict[str, Any] = {
    Decision.FINE: _l("Fine: nothing stands in the way"),
    Decision.WITH_LIMITS: _l("With limits: takes part, but not in everything"),
    Decision.NOT_FOR_THIS: _l("Not for this assignment"),
}
DECISION_SHAPES: dict[str, str] = {
    Decision.FINE: "done",
    Decision.WITH_LIMITS: "soon",
    Decision.NOT_FOR_THIS: "no",
}


@dataclass(frozen=True)
class Needs:
    """What an activity asks of those who said yes."""

    agreement: bool
    declaration: bool
    compensation: bool


LASTING = (
    ActivityKind.IMPROVEMENT_TEAM,
    ActivityKind.PROCESS_WORK,
    ActivityKind.RISK_ANALYSIS,
    ActivityKind.USER_AUDIT,
    ActivityKind.WORKING_GROUP,
)


def usual_needs(kind: str, *, is_open_to_all: bool) -> Needs:
    """What holds until a coordinator says otherwise: assignments that last need an agreement,
    audits a declaration (BSBR: a team without ties); who comes to an open meeting is not paid.
    """
    return Needs(
        agreement=kind in LASTING,
        declaration=kind == ActivityKind.USER_AUDIT,
        compensation=not is_open_to_all,
    )
