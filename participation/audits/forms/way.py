"""The shape of an order, of a step and of a follow-up."""

from typing import Any

from participation.audits.forms.reports import TITLE_LENGTH
from participation.foundation.clock import today
from participation.foundation.forms import (
    Day,
    Form,
    OneOfList,
    TextBlock,
    TextLine,
)
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l

LONGEST_PERIOD = 365  # days of interviews


class OrderForm(Form):
    """A unit wants to be examined."""

    unit = OneOfList(_l("Which unit?"), [])
    title = TextLine(
        _l("What shall the audit be called?"),
        hint=_l("For example: How is it to live here?"),
        max_length=TITLE_LENGTH,
    )
    question = TextBlock(
        _l("What do you want to know?"),
        hint=_l("A question that you can do something about."),
        rows=3,
    )
    target_group = TextBlock(
        _l("Whom shall the auditors talk with?"),
        hint=_l("For example everybody who lives here, and their next of kin. No names."),
        rows=2,
    )
    period_from = Day(
        _l("Interviews from"),
        hint=_l("About when. Leave some two months first, for the team and its questions."),
    )
    period_to = Day(_l("Interviews to"))

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        if valid and self.period_from.data < today():
            self.add_error("period_from", _("Choose a day that has not passed."))
            return False
        if valid and self.period_to.data < self.period_from.data:
            self.add_error("period_to", _("The last day must come after the first."))
            return False
        if valid and (self.period_to.data - self.period_from.data).days > LONGEST_PERIOD:
            self.add_error("period_to", _("At most a year may pass between the two days."))
            return False
        return bool(valid)


class StepForm(Form):
    """One step of an audit's way."""

    note = TextBlock(_l("A note about the step"), optional=True, rows=2, max_length=1_000)


class FollowUpForm(Form):
    """What became of it."""

    who = TextLine(
        _l("Who was there?"), hint=_l("In roles, no names and no small numbers."), max_length=300
    )
    text = TextBlock(_l("What has become of the proposals?"), rows=6)
    remaining = TextBlock(_l("What remains?"), optional=True, rows=3)
    why_early = TextBlock(
        _l("Why is it followed up already?"),
        hint=_l("The unit and the team can read it."),
        missing=_l("Write why, or wait until it is time."),
        rows=2,
        max_length=500,
    )
