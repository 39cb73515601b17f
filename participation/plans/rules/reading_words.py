"""What the page that reads a plan out of a document calls things."""

from participation.foundation.i18n import lazy_gettext as _l
from participation.plans.rules.plan_facts import Wrong
from participation.plans.rules.plan_reading import Doubt
from participation.plans.rules.plan_vocabulary import K

READ_KIND_WORDS = {
    K.TITLE: _l("Title"),
    K.OVERALL_GOAL: _l("Overall goal"),
    K.TARGET_GROUP: _l("For whom"),
    K.PLAN_RESPONSIBLE: _l("Responsible for the plan"),
    K.CARRIED_OUT: _l("How it is carried out"),
    K.FOLLOWED_UP: _l("How it is followed up"),
    K.IMPROVEMENT_AREA: _l("Improvement area"),
    K.ONGOING_AREA: _l("Goes on over time"),
    K.FOCUS_AREA: _l("Focus area"),
    K.PURPOSE: _l("Purpose"),
    K.TIME_FRAME: _l("Time frame"),
    K.GOAL: _l("Goal"),
    K.SUPPORTED_GOAL: _l("National goal it supports"),
    K.LONG_TERM_GOAL: _l("Long-term goal"),
    K.SHORT_TERM_GOAL: _l("Short-term goal"),
    K.INDICATOR: _l("Measured by"),
    K.PLAN_ACTION: _l("Plan action"),
    K.RESPONSIBLE: _l("Responsible for the goal"),
    K.ACTION_RESPONSIBLE: _l("Responsible for the plan action"),
    K.LEFT_OUT: _l("Not in the plan"),
}
DEPTH_WORDS = (_l("At the top"), _l("One step in"), _l("Two steps in"))
DOUBT_WORDS = {
    Doubt.GUESSED: _l("We guess. Is it right?"),
    Doubt.UNKNOWN: _l("We do not know what this is"),
    Doubt.JOINED: _l("Several lines were put together"),
    Doubt.TOO_LONG: _l("Too long for one line, so it was divided"),
    Doubt.OTHER_FORM: _l("This word belongs to the other form of plan"),
    Doubt.NO_PLACE: _l("A plan has no place for this here"),
    Doubt.STATUS: _l("Status is told beside the plan action once the plan is in force"),
    Doubt.FINDING: _l("Findings are linked in the plan itself"),
    Doubt.ELSEWHERE: _l("Group, years and decision have fields of their own"),
}
WRONG_WORDS = {
    Wrong.NO_PLACE: _l("Nothing above it that it can stand under. Choose something else."),
    Wrong.TOO_LONG: _l("Together with the lines before, this is too long for the plan."),
    Wrong.OTHER_FORM: _l("Such a line belongs to the other form of plan."),
}
