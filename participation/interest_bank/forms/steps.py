"""The first steps of joining, also used to change: experience, and how to take part."""

from typing import Any

from wtforms.validators import ValidationError

from participation.foundation.clock import today
from participation.foundation.forms import (
    Form,
    Hidden,
    ManyOf,
    OneOfList,
    TextBlock,
    TextLine,
    Tick,
    WholeNumber,
)
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l
from participation.foundation.i18n import ngettext
from participation.interest_bank.rules import (
    ASSIGNMENT_LABELS,
    HIGHEST_CEILING,
    LANGUAGE_LABELS,
    NEED_LABELS,
    OLDEST_BIRTH_YEAR,
    ROLE_LABELS,
    TIME_LABELS,
    WAY_LABELS,
    ExperienceRole,
    Need,
    Profile,
    choices,
)

TYPED_LENGTH = 30_000
OWN_WORDS = 2_000


class Step(Form):
    """One step of joining; the same fields change one part of what was told."""

    typed = Hidden(max_length=TYPED_LENGTH)
    step = Hidden()
    notice = Hidden()

    def told(self) -> dict[str, Any]:
        """The step's part of a Profile."""
        raise NotImplementedError

    @staticmethod
    def of(profile: Profile) -> dict[str, Any]:
        """What the step's fields show for somebody who is in the bank."""
        raise NotImplementedError


class WhoStep(Step):
    """Step 1: from which side, and how old."""

    roles = ManyOf(
        _l("Which experience do you have?"),
        choices(ROLE_LABELS),
        hint=_l("Choose all that fit."),
        missing=_l("Choose at least one. That is how we know what to ask you about."),
    )
    birth_year = WholeNumber(
        _l("Which year were you born?"),
        minimum=OLDEST_BIRTH_YEAR,
        maximum=2100,
        wrong=_l("Write the year you were born, with four digits."),
        hint=_l("Four digits. We want people of all ages to be heard."),
    )

    def validate_birth_year(self, field: Any) -> None:
        if field.data is not None and field.data > today().year:
            raise ValidationError(_("Write the year you were born, with four digits."))

    def told(self) -> dict[str, Any]:
        return {
            "roles": tuple(ExperienceRole(role) for role in self.roles.data or ()),
            "birth_year": self.birth_year.data,
        }

    @staticmethod
    def of(profile: Profile) -> dict[str, Any]:
        return {"roles": list(profile.roles), "birth_year": profile.birth_year}


class ExperienceStep(Step):
    """Step 2: areas and own words; nothing is kept without a consent of its own."""

    areas = ManyOf(
        _l("Areas"),
        [],
        optional=True,
        hint=_l("Choose all that fit. You can also leave it empty."),
    )
    experience_text = TextBlock(
        _l("Do you want to tell more?"),
        optional=True,
        max_length=OWN_WORDS,
        rows=4,
        hint=_l("A few lines are enough. Do not write anybody else's name."),
    )
    agrees = Tick(
        _l("Yes, you may keep what I tell about my experience"),
        hint=_l(
            "It can say something about health. Only the coordinators see it, and only to ask "
            "you about what fits. You can take it back whenever you like."
        ),
    )

    def validate_agrees(self, field: Any) -> None:
        if (self.areas.data or self.experience_text.data) and not field.data:
            raise ValidationError(_("Tick the box if we may keep this, or leave the rest empty."))

    def told(self) -> dict[str, Any]:
        return {
            "area_ids": tuple(int(area_id) for area_id in self.areas.data or ()),
            "experience_text": self.experience_text.data or None,
        }

    @staticmethod
    def of(profile: Profile) -> dict[str, Any]:
        return {
            "areas": [str(area_id) for area_id in profile.area_ids],
            "experience_text": profile.experience_text,
            "agrees": profile.tells_experiences,
        }


class HowStep(Step):
    """Step 3: ways, times, languages, needs, and how often."""

    ways = ManyOf(
        _l("How can you take part?"),
        choices(WAY_LABELS),
        hint=_l("Choose all that suit you."),
        missing=_l("Choose at least one way."),
    )
    assignments = ManyOf(
        _l("Do you want to do something more?"),
        choices(ASSIGNMENT_LABELS),
        optional=True,
        hint=_l("You are trained for it first, and we ask you before anything begins."),
    )
    times = ManyOf(_l("When can you?"), choices(TIME_LABELS), optional=True)
    languages = ManyOf(
        _l("Which languages do you speak?"), choices(LANGUAGE_LABELS), optional=True, default=["sv"]
    )
    needs = ManyOf(_l("What do you need to take part?"), choices(NEED_LABELS), optional=True)
    interpreter_language = TextLine(
        _l("Interpreter to which language?"),
        optional=True,
        max_length=60,
        hint=_l("Only if you need an interpreter."),
    )
    needs_text = TextLine(_l("Anything else that helps?"), optional=True, max_length=300)
    yearly_ceiling = OneOfList(
        _l("How often may we ask you?"),
        lambda: [
            ("", _("Whenever something fits")),
            *(
                (str(n), ngettext("At most once a year", "At most %(num)s times a year", n))
                for n in (1, 2, 3, 4, 6, HIGHEST_CEILING)
            ),
        ],
        optional=True,
        hint=_l("You can always say no, and nobody minds."),
    )

    def validate(self, extra_validators: Any = None) -> bool:
        holds = bool(super().validate(extra_validators))
        if Need.INTERPRETER in (self.needs.data or ()) and not self.interpreter_language.data:
            self.add_error("interpreter_language", _("Write which language you want."))
            return False
        return holds

    def told(self) -> dict[str, Any]:
        ceiling = self.yearly_ceiling.data
        return {
            "ways": tuple(self.ways.data or ()),
            "assignments": tuple(self.assignments.data or ()),
            "times": tuple(self.times.data or ()),
            "languages": tuple(self.languages.data or ()),
            "needs": tuple(self.needs.data or ()),
            "interpreter_language": self.interpreter_language.data or None,
            "needs_text": self.needs_text.data or None,
            "yearly_ceiling": int(ceiling) if ceiling else None,
        }

    @staticmethod
    def of(profile: Profile) -> dict[str, Any]:
        return {
            "ways": profile.ways,
            "assignments": profile.assignments,
            "times": profile.times,
            "languages": profile.languages,
            "needs": profile.needs,
            "interpreter_language": profile.interpreter_language,
            "needs_text": profile.needs_text,
            "yearly_ceiling": str(profile.yearly_ceiling or ""),
        }
