"""States and words of what user organisations do. Pure."""

from datetime import timedelta
from enum import StrEnum
from typing import Any

from participation.foundation.i18n import lazy_gettext as _l

INVITATION_LASTS = timedelta(days=14)
NOMINATION_LASTS = timedelta(days=14)
STATEMENT_ANSWER_DAYS = 60
MOST_NOMINATED = 10

INVITATION_PURPOSE = "organisation invitation"
NOMINATION_PURPOSE = "nomination"


class ApplicationState(StrEnum):
    """new → accepted (the organisation gets a place here), or → declined."""

    NEW = "new"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class NominationSubject(StrEnum):
    """What somebody is nominated for."""

    ACTIVITY = "activity"
    TRAINING = "training"
    COUNCIL_SEAT = "council_seat"


class NominationState(StrEnum):
    """asked (the person has a mail) → accepted, declined or expired; the organisation may withdraw.

    Only of an accepted one does anybody but the organisation see who it is; of the others name
    and address are blanked.
    """

    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


SUBJECT_LABELS: dict[str, Any] = {
    NominationSubject.ACTIVITY: _l("An activity"),
    NominationSubject.TRAINING: _l("A training"),
    NominationSubject.COUNCIL_SEAT: _l("A seat in the development council"),
}
NOMINATION_LABELS: dict[str, Any] = {
    NominationState.ASKED: _l("Has a mail, no answer yet"),
    NominationState.ACCEPTED: _l("Said yes"),
    NominationState.DECLINED: _l("Said no"),
    NominationState.EXPIRED: _l("Did not answer in time"),
    NominationState.WITHDRAWN: _l("Taken back"),
}
NOMINATION_SHAPES: dict[str, str] = {
    NominationState.ASKED: "new",
    NominationState.ACCEPTED: "done",
    NominationState.DECLINED: "no",
    NominationState.EXPIRED: "no",
    NominationState.WITHDRAWN: "no",
}
