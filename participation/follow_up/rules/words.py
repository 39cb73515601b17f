"""What codes are called on screen. One place, so that one thing has one word."""

from participation.follow_up.rules.feedback import CaseState
from participation.follow_up.rules.plans import PlanStatus
from participation.foundation.i18n import lazy_gettext as _l

PLAN_STATUS_WORDS = {
    PlanStatus.NOT_LOADED: _l("Status not loaded"),
    PlanStatus.NOT_STARTED: _l("Not started"),
    PlanStatus.GOING: _l("Under way"),
    PlanStatus.DONE: _l("Done"),
    PlanStatus.DECLINED: _l("No, with reasons"),
}
# The shape beside the word (templates/README.md, "status").
PLAN_STATUS_SHAPES = {
    PlanStatus.NOT_LOADED: "new",
    PlanStatus.NOT_STARTED: "new",
    PlanStatus.GOING: "going",
    PlanStatus.DONE: "done",
    PlanStatus.DECLINED: "no",
}
SEX_WORDS = {"T": _l("All"), "K": _l("Women and girls"), "M": _l("Men and boys")}
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
