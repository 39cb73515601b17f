"""Forms of action plans."""

from participation.foundation.forms import Day, Form, ManyOf, OneOf, OneOfList, TextBlock
from participation.foundation.i18n import lazy_gettext as _l
from participation.plans.rules.plans import CHOOSABLE
from participation.plans.rules.words import PLAN_STATUS_WORDS

LONGEST_STATUS_TEXT = 1_000


class StatusForm(Form):
    """How a plan action is going."""

    status = OneOf(_l("How is it going?"), [(s.value, PLAN_STATUS_WORDS[s]) for s in CHOOSABLE])
    status_on = Day(_l("Since when?"))
    text = TextBlock(
        _l("What has happened?"),
        hint=_l("One or two sentences that anybody understands. If it is a no: write why."),
        optional=True,
        max_length=LONGEST_STATUS_TEXT,
        rows=3,
    )


class LinkFindingForm(Form):
    """Which finding a plan action answers to."""

    finding = OneOfList(_l("Which finding does it answer to?"), [])


class GoalsForm(Form):
    """For which goals of plans a finding speaks."""

    goals = ManyOf(
        _l("Which goals does it speak for?"),
        [],
        hint=_l("The plan shows the finding beside the goal once it is published."),
        optional=True,
    )
