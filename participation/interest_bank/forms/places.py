"""The choices of the steps that come from the county."""

from collections.abc import Sequence
from dataclasses import dataclass

from participation.county.models import Area, Municipality
from participation.foundation.i18n import current_locale
from participation.foundation.i18n import gettext as _
from participation.interest_bank.forms.reach import ReachStep
from participation.interest_bank.forms.steps import ExperienceStep, Step
from participation.interest_bank.rules import PROPOSED_AGES, AgePolicy


@dataclass(frozen=True)
class Places:
    """What the choices of the steps are made of; the view fetches it."""

    areas: Sequence[Area]
    municipalities: Sequence[Municipality]
    policy: AgePolicy = PROPOSED_AGES

    def offer(self, form: Step) -> Step:
        """Give a step the choices that come from the county; municipalities by name."""
        locale = current_locale()
        if isinstance(form, ExperienceStep):
            form.areas.choices = [(str(area.id), area.name_in(locale)) for area in self.areas]
        if isinstance(form, ReachStep):
            named = sorted((place.name_in(locale), place.code) for place in self.municipalities)
            form.municipality_code.choices = [
                ("", _("Choose")),
                *((code, name) for name, code in named),
            ]
        return form
