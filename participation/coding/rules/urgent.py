"""Danger in a free text: how far the matter is, and what became of it.

Source: TRUST, law ("danger in free text: a staff flag with a routine and log").
"""

from collections.abc import Mapping
from enum import StrEnum

from participation.foundation.i18n import lazy_gettext as _l


class UrgentState(StrEnum):
    NEW = "new"
    TAKEN = "taken"
    DONE = "done"


STATE_LABELS: Mapping[UrgentState, str] = {
    UrgentState.NEW: _l("Nobody has taken it"),
    UrgentState.TAKEN: _l("Taken"),
    UrgentState.DONE: _l("Done"),
}
STATE_SHAPES: Mapping[UrgentState, str] = {
    UrgentState.NEW: "late",
    UrgentState.TAKEN: "going",
    UrgentState.DONE: "done",
}


class Outcome(StrEnum):
    REACHED = "reached"
    HANDED_OVER = "handed_over"
    NOBODY = "nobody_to_reach"
    NO_DANGER = "no_danger"


OUTCOME_LABELS: Mapping[Outcome, str] = {
    Outcome.REACHED: _l("We have reached the person"),
    Outcome.HANDED_OVER: _l("Handed over to health care, social services or the police"),
    Outcome.NOBODY: _l("Nobody could be reached"),
    Outcome.NO_DANGER: _l("It was no danger"),
}
