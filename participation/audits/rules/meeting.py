"""The feedback meeting: when it can be planned, who came, what is shown to whom. Pure.

Source: DOMAIN.md, model point 6: a feedback meeting with users, staff and managers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from participation.audits.rules.states import REPORT_IS_OUT, AuditState
from participation.foundation.i18n import lazy_gettext as _l

# From the analysis on it can be planned; once the unit owes its answers it has been held.
MEETING_OPEN = (AuditState.ANALYSING, AuditState.REPORTED)
NOTES_OPEN = (AuditState.REPORTED, AuditState.FED_BACK)
MEETING_SHOWN = (AuditState.ANALYSING, *REPORT_IS_OUT)
MOST_WHO_CAME = 500


class Kind(StrEnum):
    """Who came: counted, never named."""

    USERS = "users"
    NEXT_OF_KIN = "next_of_kin"
    STAFF = "staff"
    MANAGERS = "managers"


KIND_LABELS: Mapping[str, Any] = {
    Kind.USERS: _l("Users"),
    Kind.NEXT_OF_KIN: _l("Next of kin"),
    Kind.STAFF: _l("Staff"),
    Kind.MANAGERS: _l("Managers"),
}


class News(StrEnum):
    """What a mail about the meeting tells."""

    PLANNED = "planned"
    MOVED = "moved"
    CANCELLED = "cancelled"


@dataclass(frozen=True, kw_only=True)
class MeetingDraft:
    """When and where; `how`: own words on the poster, in Swedish."""

    starts_at: datetime
    ends_at: datetime
    place: str
    how: str = ""


@dataclass(frozen=True, kw_only=True)
class MeetingNotes:
    """What is kept of the meeting: how many came of each kind, and words at group level."""

    came: Mapping[str, int]
    said: str
    changes: str = ""


def shown_count(count: int, smallest: int, *, is_inside: bool) -> int | None:
    """How many came, as one may see it; None stands for "fewer than `smallest`".

    >>> shown_count(3, 5, is_inside=False), shown_count(3, 5, is_inside=True)
    (None, 3)
    >>> shown_count(5, 5, is_inside=False)
    5
    """
    return count if is_inside or count >= smallest else None
