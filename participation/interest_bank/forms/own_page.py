"""Forms of a member's own page: changing one part, pausing."""

from collections.abc import Mapping
from typing import Any

from wtforms.validators import ValidationError

from participation.foundation.clock import today
from participation.foundation.forms import Day, Form
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l
from participation.interest_bank.forms.reach import ChangeReachStep
from participation.interest_bank.forms.steps import ExperienceStep, HowStep, Step, WhoStep
from participation.interest_bank.rules import LONGEST_PAUSE_DAYS

PARTS: Mapping[str, type[Step]] = {
    "who": WhoStep,
    "experience": ExperienceStep,
    "how": HowStep,
    "reach": ChangeReachStep,
}


class PauseForm(Form):
    until = Day(
        _l("Until when?"),
        optional=True,
        hint=_l("The last day you want to rest. Leave it empty to rest until you say otherwise."),
    )

    def validate_until(self, field: Any) -> None:
        if field.data is None:
            return
        if field.data < today():
            raise ValidationError(_("Choose a day that has not passed."))
        if (field.data - today()).days > LONGEST_PAUSE_DAYS:
            raise ValidationError(_("Choose a day within two years, or leave it empty."))
