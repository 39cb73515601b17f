"""What those who write plans read: buttons that add a line, forms of plans, columns."""

from participation.foundation.i18n import lazy_gettext as _l

# What the button says that adds one.
ADD_WORDS = {
    "improvement_area": _l("Add an improvement area"),
    "ongoing_area": _l("Add an area that goes on over time"),
    "focus_area": _l("Add a focus area"),
    "goal": _l("Add a goal"),
    "long_term_goal": _l("Add a long-term goal"),
    "short_term_goal": _l("Add a short-term goal"),
    "indicator": _l("Add a measure"),
    "plan_action": _l("Add a plan action"),
    "supported_goal": _l("Add a national goal"),
}
FORM_WORDS = {
    "areas": _l("Improvement areas, and work that goes on over time"),
    "goals": _l("Focus areas with long-term and short-term goals"),
}
# The columns of a plan itself, as the page that compares versions names them.
COLUMN_WORDS = {
    "title": _l("Title"),
    "form": _l("Form"),
    "period_from": _l("First year"),
    "period_to": _l("Last year"),
    "overall_goal": _l("Overall goal"),
    "target_group": _l("For whom"),
    "responsible": _l("Responsible"),
    "carried_out": _l("How it is carried out"),
    "followed_up": _l("How it is followed up"),
}
# The heading above the lines of a kind.
HEADING_WORDS = {
    "goal": _l("Goals"),
    "long_term_goal": _l("Long-term goals"),
    "short_term_goal": _l("Short-term goals"),
    "indicator": _l("Measured by"),
    "plan_action": _l("Plan actions"),
    "supported_goal": _l("National goals it supports"),
}
