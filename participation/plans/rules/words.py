"""What codes are called on screen. One place, so that one thing has one word."""

from participation.foundation.i18n import lazy_gettext as _l
from participation.foundation.permissions import Role
from participation.plans.rules.evidence import EvidenceKind
from participation.plans.rules.plans import PlanStatus

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
# Who told a status, by the role they had then; never a name.
TOLD_AS_WORDS = {
    Role.COORDINATOR.value: _l("coordinator"),
    Role.GROUP_MEMBER.value: _l("member of the group"),
}
# A line of a plan, by its kind.
KIND_WORDS = {
    "improvement_area": _l("Improvement area"),
    "ongoing_area": _l("Goes on over time"),
    "focus_area": _l("Focus area"),
    "goal": _l("Goal"),
    "long_term_goal": _l("Long-term goal"),
    "short_term_goal": _l("Short-term goal"),
    "indicator": _l("Measured by"),
    "plan_action": _l("Plan action"),
    "supported_goal": _l("National goal it supports"),
}
# What a line rests on, by its kind.
EVIDENCE_WORDS = {
    EvidenceKind.FINDING: _l("Finding"),
    EvidenceKind.STATEMENT: _l("Statement from the council"),
    EvidenceKind.AUDIT: _l("User-directed audit"),
    EvidenceKind.SERIES: _l("Questionnaire, year after year"),
    EvidenceKind.INDICATOR: _l("Indicator"),
}
