"""What a meeting is, how far it is, and how much a table may write."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from participation.foundation.i18n import lazy_gettext as _l

LONGEST_THEME, LONGEST_PLACE = 200, 200
LONGEST_NOTE, LONGEST_STATEMENT = 2_000, 300
MOST_TABLES, MOST_PLACES, MOST_DOTS = 20, 20, 10
MOST_NOTES, MOST_STATEMENTS = 60, 15  # a table
MOST_PARTICIPANTS = MOST_TABLES * MOST_PLACES


class MeetingKind(StrEnum):
    DIALOGUE = "dialogue"
    MEETING = "meeting"


class MeetingState(StrEnum):
    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"


KIND_LABELS: Mapping[str, Any] = {
    MeetingKind.DIALOGUE: _l("Theme dialogue"),
    MeetingKind.MEETING: _l("Another meeting"),
}

STATE_LABELS: Mapping[str, Any] = {
    MeetingState.PLANNED: _l("Is planned"),
    MeetingState.OPEN: _l("Open at the tables"),
    MeetingState.CLOSED: _l("Has closed"),
}

STATE_SHAPES: Mapping[str, str] = {
    MeetingState.PLANNED: "soon",
    MeetingState.OPEN: "going",
    MeetingState.CLOSED: "done",
}
