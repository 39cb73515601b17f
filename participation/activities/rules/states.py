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
    """draft → submitted ⇄ incomplete; submitted → accepted → planned → closed, or → declined.

    The asker may withdraw it until an activity is planned. A planned request goes back to
    accepted when its activity is called off.
    """

    DRAFT = "draft"
    SUBMITTED = "submitted"
    INCOMPLETE = "incomplete"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    PLANNED = "planned"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


REQUEST_MOVES: Mapping[RequestState, frozenset[RequestState]] = {
    RequestState.DRAFT: frozenset({RequestState.SUBMITTED, RequestState.WITHDRAWN}),
    RequestState.SUBMITTED: frozenset(
        {
            RequestState.INCOMPLETE,
            RequestState.ACCEPTED,
            RequestState.DECLINED,
            RequestState.WITHDRAWN,
        }
    ),
    RequestState.INCOMPLETE: frozenset({RequestState.SUBMITTED, RequestState.WITHDRAWN}),
    RequestState.ACCEPTED: frozenset(
        {RequestState.PLANNED, RequestState.CLOSED, RequestState.WITHDRAWN}
    ),
    RequestState.DECLINED: frozenset(),
    RequestState.PLANNED: frozenset({RequestState.ACCEPTED, RequestState.CLOSED}),
    RequestState.CLOSED: frozenset({RequestState.PLANNED}),  # one more activity out of the same
    RequestState.WITHDRAWN: frozenset(),
}
# The asker may still write in it.
WRITABLE_REQUEST = (RequestState.DRAFT, RequestState.INCOMPLETE)
# Somebody has something to do with it, or waits for somebody.
GOING_REQUEST = (
    RequestState.DRAFT,
    RequestState.SUBMITTED,
    RequestState.INCOMPLETE,
    RequestState.ACCEPTED,
)


def may_withdraw(state: str) -> bool:
    """Whether the asker may still take the request back."""
    return RequestState.WITHDRAWN in REQUEST_MOVES[RequestState(state)]


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
    """queued → sent → accepted / declined / not_now / waiting (full); withdrawn ends it.

    in_draw: said yes where the seats are drawn by lot; the draw makes it accepted or waiting.

    walked_in: came without having been invited. It takes no seat and is no burden.
    """

    QUEUED = "queued"
    SENT = "sent"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    NOT_NOW = "not_now"
    WAITING = "waiting"
    IN_DRAW = "in_draw"
    WITHDRAWN = "withdrawn"
    WALKED_IN = "walked_in"


OWNER_KIND = "activity"  # what draws know it as

# Has said yes, whether there is a seat for it or not (yet).
SAID_YES = (InvitationState.ACCEPTED, InvitationState.WAITING, InvitationState.IN_DRAW)
# Who has a place at the table: said yes, or came without being asked.
TAKES_PART = (InvitationState.ACCEPTED, InvitationState.WALKED_IN)
# Taken back, and coming without being asked: no burden on anybody.
NO_BURDEN = (InvitationState.WITHDRAWN, InvitationState.WALKED_IN)


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
    QUESTIONNAIRE = "questionnaire"
    WORKING_GROUP = "working_group"
    MANAGEMENT = "management"
    COUNCIL_MEETING = "council_meeting"
    OTHER = "other"


class ChosenBy(StrEnum):
    """How the people of an invitation round were chosen.

    lottery: by a published draw that anybody can replay. shuffle: in random order, nothing more.
    """

    HAND = "hand"
    LOTTERY = "lottery"
    SHUFFLE = "shuffle"
    TURN = "turn"


CHOSEN_BY_LABELS: dict[str, Any] = {
    ChosenBy.HAND: _l("By hand"),
    ChosenBy.LOTTERY: _l("By lot"),
    ChosenBy.SHUFFLE: _l("In random order"),
    ChosenBy.TURN: _l("In turn, least asked first"),
}

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
    ActivityKind.QUESTIONNAIRE: _l("Questionnaire, made or tried together"),
    ActivityKind.WORKING_GROUP: _l("Working group"),
    ActivityKind.MANAGEMENT: _l("Seat in a management or coordinating group"),
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
    ActivityKind.QUESTIONNAIRE,
    ActivityKind.WORKING_GROUP,
    ActivityKind.MANAGEMENT,
    ActivityKind.OTHER,
)
REQUEST_STATE_LABELS: dict[str, Any] = {
    RequestState.DRAFT: _l("Draft"),
    RequestState.SUBMITTED: _l("Waits for an answer"),
    RequestState.INCOMPLETE: _l("Needs completion"),
    RequestState.ACCEPTED: _l("Accepted"),
    RequestState.DECLINED: _l("Declined"),
    RequestState.PLANNED: _l("Planned"),
    RequestState.CLOSED: _l("Closed"),
    RequestState.WITHDRAWN: _l("Withdrawn"),
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
    InvitationState.IN_DRAW: _l("In the draw"),
    InvitationState.WITHDRAWN: _l("Taken back"),
    InvitationState.WALKED_IN: _l("Came without an invitation"),
}
# Which shape a state is drawn with (templates/components/page.html, `status`).
STATE_SHAPES: dict[str, str] = {
    RequestState.DRAFT: "no",
    RequestState.SUBMITTED: "new",
    RequestState.INCOMPLETE: "soon",
    RequestState.ACCEPTED: "going",
    RequestState.DECLINED: "no",
    RequestState.CLOSED: "done",
    ActivityState.PLANNED: "new",  # and RequestState.PLANNED: the same word
    ActivityState.OPEN: "going",
    ActivityState.COMPLETED: "done",
    ActivityState.CANCELLED: "no",
    InvitationState.QUEUED: "new",
    InvitationState.SENT: "new",
    InvitationState.NOT_NOW: "no",
    InvitationState.WAITING: "soon",
    InvitationState.IN_DRAW: "soon",
    InvitationState.WITHDRAWN: "no",  # and RequestState.WITHDRAWN
    InvitationState.WALKED_IN: "done",
}
ANSWER_LABELS: dict[str, Any] = {
    Answer.YES: _l("Yes, I want to take part"),
    Answer.NO: _l("No thank you"),
    Answer.NOT_NOW: _l("Not now, but ask me another time"),
    Answer.MORE: _l("I want to know more first"),
}
