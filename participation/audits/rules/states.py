"""The way of an audit, step by step, and who may take which step. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from participation.foundation.i18n import lazy_gettext as _l

TEAM_SMALLEST = 2
TEAM_LARGEST = 5
PLAN_DAYS = 35  # from the feedback meeting until the unit owes an answer on each proposal
FOLLOW_UP_DAYS = (182, 365)  # Source: DOMAIN.md, model point 6: follow-up after 6–12 months


class AuditState(StrEnum):
    """ordered → agreed → team_ready → preparing → interviewing → analysing → reported →
    fed_back → answered → followed_up; cancelled from anywhere before the report."""

    ORDERED = "ordered"
    AGREED = "agreed"
    TEAM_READY = "team_ready"
    PREPARING = "preparing"
    INTERVIEWING = "interviewing"
    ANALYSING = "analysing"
    REPORTED = "reported"
    FED_BACK = "fed_back"
    ANSWERED = "answered"
    FOLLOWED_UP = "followed_up"
    CANCELLED = "cancelled"


class Mover(StrEnum):
    """Who takes a step: those who lead audits, the audit's own team, or the platform itself."""

    COORDINATOR = "coordinator"
    AUDITOR = "auditor"
    UNIT = "unit"
    SYSTEM = "system"


@dataclass(frozen=True, kw_only=True)
class Move:
    """One allowed step and who may take it."""

    to: AuditState
    by: frozenset[Mover]


_LEAD = frozenset({Mover.COORDINATOR})
_TEAM = frozenset({Mover.COORDINATOR, Mover.AUDITOR})
_CANCEL = Move(to=AuditState.CANCELLED, by=_LEAD)

# Source: DOMAIN.md, model point 6 (commission … follow-up).
MOVES: Mapping[AuditState, tuple[Move, ...]] = {
    AuditState.ORDERED: (
        Move(to=AuditState.AGREED, by=_LEAD),
        Move(to=AuditState.CANCELLED, by=frozenset({Mover.COORDINATOR, Mover.UNIT})),
    ),
    AuditState.AGREED: (Move(to=AuditState.TEAM_READY, by=_LEAD), _CANCEL),
    AuditState.TEAM_READY: (Move(to=AuditState.PREPARING, by=_TEAM), _CANCEL),
    AuditState.PREPARING: (Move(to=AuditState.INTERVIEWING, by=_TEAM), _CANCEL),
    AuditState.INTERVIEWING: (Move(to=AuditState.ANALYSING, by=_TEAM), _CANCEL),
    AuditState.ANALYSING: (Move(to=AuditState.REPORTED, by=_TEAM), _CANCEL),
    AuditState.REPORTED: (Move(to=AuditState.FED_BACK, by=_LEAD),),
    # The last missing answer takes this step by itself.
    AuditState.FED_BACK: (Move(to=AuditState.ANSWERED, by=frozenset({Mover.SYSTEM})),),
    AuditState.ANSWERED: (Move(to=AuditState.FOLLOWED_UP, by=_LEAD),),
    AuditState.FOLLOWED_UP: (),
    AuditState.CANCELLED: (),
}

WAY: tuple[AuditState, ...] = tuple(s for s in AuditState if s is not AuditState.CANCELLED)
# From the report on, the unit reads it; interviews it never sees.
REPORT_IS_OUT = (
    AuditState.REPORTED,
    AuditState.FED_BACK,
    AuditState.ANSWERED,
    AuditState.FOLLOWED_UP,
)
# Completed: the feedback meeting has been held.
COMPLETED = (AuditState.FED_BACK, AuditState.ANSWERED, AuditState.FOLLOWED_UP)
FINISHED = (AuditState.FOLLOWED_UP, AuditState.CANCELLED)
# While these last, the team writes its guide, its interviews, its report.
GUIDE_OPEN = (AuditState.AGREED, AuditState.TEAM_READY, AuditState.PREPARING)
TEAM_OPEN = (AuditState.AGREED, AuditState.TEAM_READY, AuditState.PREPARING)
REPORT_OPEN = (AuditState.ANALYSING,)
# Until interviews are held, what was agreed may still be changed.
AGREEMENT_OPEN = (AuditState.ORDERED, *GUIDE_OPEN)

STATE_LABELS: Mapping[str, Any] = {
    AuditState.ORDERED: _l("Ordered"),
    AuditState.AGREED: _l("Agreed"),
    AuditState.TEAM_READY: _l("The team is ready"),
    AuditState.PREPARING: _l("Preparing"),
    AuditState.INTERVIEWING: _l("Interviews are held"),
    AuditState.ANALYSING: _l("Being analysed"),
    AuditState.REPORTED: _l("Reported"),
    AuditState.FED_BACK: _l("Fed back"),
    AuditState.ANSWERED: _l("Answered"),
    AuditState.FOLLOWED_UP: _l("Followed up"),
    AuditState.CANCELLED: _l("Called off"),
}
STEP_LABELS: Mapping[str, Any] = {
    AuditState.AGREED: _l("Agree on the audit"),
    AuditState.TEAM_READY: _l("The team is complete"),
    AuditState.PREPARING: _l("Begin to prepare"),
    AuditState.INTERVIEWING: _l("Begin the interviews"),
    AuditState.ANALYSING: _l("Begin the analysis"),
    AuditState.REPORTED: _l("Hand over the report"),
    AuditState.FED_BACK: _l("The feedback meeting is held"),
    AuditState.FOLLOWED_UP: _l("The follow-up is held"),
    AuditState.CANCELLED: _l("Call the audit off"),
}
# The same steps as something to do, on the start page.
TASK_LABELS: Mapping[str, Any] = {
    AuditState.AGREED: _l("Write the agreement"),
    AuditState.TEAM_READY: _l("Gather the team"),
    AuditState.PREPARING: _l("Prepare the interviews"),
    AuditState.INTERVIEWING: _l("Begin the interviews"),
    AuditState.ANALYSING: _l("Hold the interviews"),
    AuditState.REPORTED: _l("Code the interviews and write the report"),
    AuditState.FED_BACK: _l("Hold the feedback meeting"),
    AuditState.FOLLOWED_UP: _l("Follow up what became of the proposals"),
}
# What a step means for people, told beside its button.
STEP_NOTES: Mapping[str, Any] = {
    AuditState.AGREED: _l("The unit and you agree on question, target group and time."),
    AuditState.TEAM_READY: _l(
        "Everybody in the team says which ties they have, and you decide on them."
    ),
    AuditState.PREPARING: _l("The team writes its guide and the unit tells those it concerns."),
    AuditState.INTERVIEWING: _l("The auditors then write interview notes."),
    AuditState.ANALYSING: _l("The notes go to coding. Nobody can write new ones after this."),
    AuditState.REPORTED: _l(
        "The unit can then read the report and say which facts are wrong. "
        "Otherwise it is not changed any more."
    ),
    AuditState.FED_BACK: _l("The unit then owes an answer on each proposal, within five weeks."),
    AuditState.FOLLOWED_UP: _l("Six to twelve months later: what became of it?"),
    AuditState.CANCELLED: _l(
        "The audit ends here. The notes go from the coding, and nobody reads them any more."
    ),
}
STATE_SHAPES: Mapping[str, str] = {
    AuditState.ORDERED: "new",
    AuditState.AGREED: "going",
    AuditState.TEAM_READY: "going",
    AuditState.PREPARING: "going",
    AuditState.INTERVIEWING: "going",
    AuditState.ANALYSING: "going",
    AuditState.REPORTED: "soon",
    AuditState.FED_BACK: "soon",
    AuditState.ANSWERED: "done",
    AuditState.FOLLOWED_UP: "done",
    AuditState.CANCELLED: "no",
}


def follow_up_opens(answered_on: date) -> date:
    """The first day of a follow-up: six months after the unit's answer, as it needs time to act.

    Source: DOMAIN.md, model point 6: follow-up after 6–12 months.

    >>> follow_up_opens(date(2026, 4, 30))
    datetime.date(2026, 10, 29)
    """
    return answered_on + timedelta(days=FOLLOW_UP_DAYS[0])


def move_to(state: AuditState, wanted: AuditState) -> Move | None:
    """The allowed step from `state` to `wanted`, or None."""
    return next((move for move in MOVES[state] if move.to is wanted), None)


def may_move(state: AuditState, wanted: AuditState, movers: frozenset[Mover]) -> bool:
    """Whether somebody who is all of `movers` may take the step."""
    move = move_to(state, wanted)
    return move is not None and bool(move.by & movers)


def next_moves(state: AuditState, movers: frozenset[Mover]) -> tuple[AuditState, ...]:
    """The steps somebody may take now, the way onward first."""
    return tuple(move.to for move in MOVES[state] if move.by & movers)


def position(state: AuditState) -> int:
    """How far along the way, from 1; a cancelled audit stands at 0."""
    return WAY.index(state) + 1 if state in WAY else 0
