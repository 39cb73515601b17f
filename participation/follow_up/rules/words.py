"""What codes are called on screen. One place, so that one thing has one word."""

from participation.follow_up.rules.feedback import CaseState
from participation.foundation.i18n import lazy_gettext as _l

CASE_STATE_WORDS = {
    CaseState.WAITING: _l("Waiting for an answer"),
    CaseState.GOING: _l("Under way"),
    CaseState.DONE: _l("Done"),
    CaseState.DECLINED: _l("No, with reasons"),
    CaseState.LATE: _l("Late"),
}
CASE_STATE_SHAPES = {
    CaseState.WAITING: "soon",
    CaseState.GOING: "going",
    CaseState.DONE: "done",
    CaseState.DECLINED: "no",
    CaseState.LATE: "late",
}
