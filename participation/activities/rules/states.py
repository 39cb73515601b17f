"""States and words of requests, activities and invitations. Pure."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from participation.foundation.i18n import lazy_gettext as _l

MOST_SEATS = 500
# The organisation owes those who took part an answer this many days after the attendance closed.
ANSWER_DUE_DAYS = 60
DEFAULT_REPLY_DAYS = 10


class RequestState(StrEnum):
    """draft → submitted → accepted → closed, or submitted → declined."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    CLOSED = "closed"


REQUEST_MOVES: Mapping[RequestState, frozenset[RequestState]] = {
    RequestState.DRAFT: frozenset({RequestState.SUBMITTED, RequestState.CLOSED}),
    RequestState.SUBMITTED: frozenset({RequestState.ACCEPTED, RequestState.DECLINED}),
    RequestState.ACCEPTED: frozenset({RequestState.CLOSED}),
    RequestState.DECLINED: frozenset(),
    RequestState.CLOSED: frozenset(),
}


class ActivityState(StrEnum):
    """planned → open (invitations are out) → completed; cancelled from planned or open."""

    PLANNED = "planned"
    OPEN = "open"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


ACTIVITY_MOVES: Mapping[ActivityState, frozenset[ActivityState]] = {
    ActivityState.PLANNED: frozenset(
        {ActivityState.OPEN, ActivityState.COMPLETED, ActivityState.CANCELLED}
    ),
    ActivityState.OPEN: frozenset({ActivityState.COMPLETED, ActivityState.CANCELLED}),
    ActivityState.COMPLETED: frozenset(),
    ActivityState.CANCELLED: frozenset(),
}
STILL_TO_COME = (ActivityState.PLANNED, ActivityState.OPEN)


class InvitationState(StrEnum):
    """queued → sent → accepted / declined / not_now / waiting (full); withdrawn ends it."""

    QUEUED = "queued"
    SENT = "sent"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    NOT_NOW = "not_now"
    WAITING = "waiting"
    WITHDRAWN = "withdrawn"


class Answer(StrEnum):
    """What an invited person can say. Asking for more decides nothing."""

    YES = "yes"
    NO = "no"
    NOT_NOW = "not_now"
    MORE = "more"


class ActivityKind(StrEnum):
    """Kinds of development activity and management context (DOMAIN.md, model point 1)."""

    FOCUS_GROUP = "focus_group"
    INTERVIEW = "interview"
    IMPROVEMENT_TEAM = "improvement_team"
    PROCESS_WORK = "process_work"
    RISK_ANALYSIS = "risk_analysis"
    USER_AUDIT = "user_audit"
    THEME_DIALOGUE = "theme_dialogue"
    TRAINING = "training"
    WORKING_GROUP = "working_group"
    COUNCIL_MEETING = "council_meeting"
    OTHER = "other"


class ChosenBy(StrEnum):
    """How the people of an invitation round were chosen."""

    HAND = "hand"
    LOTTERY = "lottery"


# Kinds that may be open to everybody, with a public page.
CAN_BE_OPEN_TO_ALL = (ActivityKind.THEME_DIALOGUE, ActivityKind.TRAINING)

KIND_LABELS: dict[str, Any] = {
    ActivityKind.FOCUS_GROUP: _l("Focus group"),
    ActivityKind.INTERVIEW: _l("Interview"),
    ActivityKind.IMPROVEMENT_TEAM: _l("Improvement team"),
    ActivityKind.PROCESS_WORK: _l("Process work"),
    ActivityKind.RISK_ANALYSIS: _l("Risk or incident analysis"),
    ActivityKind.USER_AUDIT: _l("User-directed audit"),
    ActivityKind.THEME_DIALOGUE: _l("Theme dialogue"),
    ActivityKind.TRAINING: _l("Training"),
    ActivityKind.WORKING_GROUP: _l("Working group"),
    ActivityKind.COUNCIL_MEETING: _l("Meeting of the development council"),
    ActivityKind.OTHER: _l("Something else"),
}
# What an organisation can ask for; audits and the council's meetings have their own ways in.
REQUEST_KINDS = (
    ActivityKind.FOCUS_GROUP,
    ActivityKind.INTERVIEW,
    ActivityKind.IMPROVEMENT_TEAM,
    ActivityKind.PROCESS_WORK,
    ActivityKind.RISK_ANALYSIS,
    ActivityKind.THEME_DIALOGUE,
    ActivityKind.TRAINING,
    ActivityKind.WORKING_GROUP,
    ActivityKind.OTHER,
)
REQUEST_STATE_LABELS: dict[str, Any] = {
    RequestState.DRAFT: _l("Draft"),
    RequestState.SUBMITTED: _l("Waits for an answer"),
    RequestState.ACCEPTED: _l("Accepted"),
    RequestState.DECLINED: _l("Declined"),
    RequestState.CLOSED: _l("Closed"),
}
ACTIVITY_STATE_LABELS: dict[str, Any] = {
    ActivityState.PLANNED: _l("Planned"),
    ActivityState.OPEN: _l("Invitations are out"),
    ActivityState.COMPLETED: _l("Completed"),
    ActivityState.CANCELLED: _l("Called off"),
}
INVITATION_STATE_LABELS: dict[str, Any] = {
    InvitationState.QUEUED: _l("On its way"),
    InvitationState.SENT: _l("No answer yet"),
    InvitationState.ACCEPTED: _l("Said yes"),
    InvitationState.DECLINED: _l("Said no"),
    InvitationState.NOT_NOW: _l("Not now"),
    InvitationState.WAITING: _l("On the waiting list"),
    InvitationState.WITHDRAWN: _l("Taken back"),
}
# Which shape a state is drawn with (templates/components/page.html, `status`).
STATE_SHAPES: dict[str, str] = {
    RequestState.DRAFT: "no",
    RequestState.SUBMITTED: "new",
    RequestState.ACCEPTED: "done",
    RequestState.DECLINED: "no",
    RequestState.CLOSED: "done",
    ActivityState.PLANNED: "new",
    ActivityState.OPEN: "going",
    ActivityState.COMPLETED: "done",
    ActivityState.CANCELLED: "no",
    InvitationState.QUEUED: "new",
    InvitationState.SENT: "new",
    InvitationState.NOT_NOW: "no",
    InvitationState.WAITING: "soon",
    InvitationState.WITHDRAWN: "no",
}
ANSWER_LABELS: dict[str, Any] = {
    Answer.YES: _l("Yes, I want to take part"),
    Answer.NO: _l("No thank you"),
    Answer.NOT_NOW: _l("Not now, but ask me another time"),
    Answer.MORE: _l("I want to know more first"),
}
