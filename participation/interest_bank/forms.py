"""Forms of the interest bank: the four steps of joining (also used to change), pausing, lists."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms.validators import ValidationError

from participation.county.models import Area, Municipality
from participation.foundation.clock import today
from participation.foundation.forms import (
    Day,
    EmailLine,
    Form,
    Hidden,
    ManyOf,
    OneOf,
    OneOfList,
    PhoneLine,
    TextBlock,
    TextLine,
    Tick,
    WholeNumber,
)
from participation.foundation.i18n import current_locale, format_phone, ngettext
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l
from participation.interest_bank.rules import (
    CONTACT_LABELS,
    GENDER_LABELS,
    HIGHEST_CEILING,
    LANGUAGE_LABELS,
    LONGEST_PAUSE_DAYS,
    NEED_LABELS,
    OLDEST_BIRTH_YEAR,
    REASON_LABELS,
    ROLE_LABELS,
    SHORT_ROLE_LABELS,
    STATE_LABELS,
    TIME_LABELS,
    WAY_LABELS,
    ContactWay,
    ExperienceRole,
    Gender,
    MemberState,
    OpeningReason,
    Profile,
    choices,
)

TYPED_LENGTH = 30_000
OWN_WORDS = 2_000
ANY = [("", _l("All"))]


class Step(Form):
    """One step of joining; the same fields change one part of what was told."""

    typed = Hidden(max_length=TYPED_LENGTH)
    step = Hidden()

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
    times = ManyOf(_l("When can you?"), choices(TIME_LABELS), optional=True)
    languages = ManyOf(
        _l("Which languages do you speak?"), choices(LANGUAGE_LABELS), optional=True, default=["sv"]
    )
    needs = ManyOf(_l("What do you need to take part?"), choices(NEED_LABELS), optional=True)
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

    def told(self) -> dict[str, Any]:
        ceiling = self.yearly_ceiling.data
        return {
            "ways": tuple(self.ways.data or ()),
            "times": tuple(self.times.data or ()),
            "languages": tuple(self.languages.data or ()),
            "needs": tuple(self.needs.data or ()),
            "needs_text": self.needs_text.data or None,
            "yearly_ceiling": int(ceiling) if ceiling else None,
        }

    @staticmethod
    def of(profile: Profile) -> dict[str, Any]:
        return {
            "ways": profile.ways,
            "times": profile.times,
            "languages": profile.languages,
            "needs": profile.needs,
            "needs_text": profile.needs_text,
            "yearly_ceiling": str(profile.yearly_ceiling or ""),
        }


class ReachStep(Step):
    """Step 4: name, contact and where somebody lives."""

    name = TextLine(
        _l("What do you want to be called?"),
        hint=_l("A first name is enough."),
        missing=_l("Write what you want to be called."),
        render={"autocomplete": "given-name"},
    )
    email: Any = EmailLine(_l("E-mail"), hint=_l("We send a link there. You need no password."))
    phone = PhoneLine(_l("Mobile number"), optional=True)
    preferred_contact = OneOf(
        _l("How do you want us to contact you?"),
        choices(CONTACT_LABELS),
        missing=_l("Choose how you want us to contact you."),
    )
    municipality_code = OneOfList(
        _l("Which municipality do you live in?"),
        [],
        missing=_l("Choose your municipality."),
    )
    gender = OneOf(
        _l("Gender"),
        choices(GENDER_LABELS),
        hint=_l("So that we see whose voice is missing."),
        missing=_l("Choose one. You can choose not to say."),
    )
    gender_text = TextLine(_l("My own words about gender"), optional=True, max_length=60)

    def validate(self, extra_validators: Any = None) -> bool:
        holds = bool(super().validate(extra_validators))
        wants_phone = self.preferred_contact.data in {ContactWay.SMS, ContactWay.CALL}
        if wants_phone and not self.phone.data and not self.phone.errors:
            self.add_error("phone", _("Write your number, so that we can reach you by phone."))
            return False
        return holds

    def told(self) -> dict[str, Any]:
        return {
            "name": self.name.data,
            "phone": self.phone.data or None,
            "preferred_contact": ContactWay(self.preferred_contact.data),
            "municipality_code": self.municipality_code.data,
            "gender": Gender(self.gender.data),
            "gender_text": self.gender_text.data or None,
        }

    @staticmethod
    def of(profile: Profile) -> dict[str, Any]:
        return {
            "name": profile.name,
            "phone": profile.phone and format_phone(profile.phone),
            "preferred_contact": profile.preferred_contact,
            "municipality_code": profile.municipality_code,
            "gender": profile.gender,
            "gender_text": profile.gender_text,
        }


class ChangeReachStep(ReachStep):
    """As step 4 for somebody in the bank; the e-mail address is changed with the account."""

    email = None


STEPS: tuple[type[Step], ...] = (WhoStep, ExperienceStep, HowStep, ReachStep)
PARTS: Mapping[str, type[Step]] = {
    "who": WhoStep,
    "experience": ExperienceStep,
    "how": HowStep,
    "reach": ChangeReachStep,
}


@dataclass(frozen=True)
class Places:
    """What the choices of the steps are made of; the view fetches it."""

    areas: Sequence[Area]
    municipalities: Sequence[Municipality]

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


class Joining:
    """What somebody has typed in all four steps, carried by the page itself.

    Nothing is kept on the server before the last step, and nothing typed is lost on the way back:
    every page carries the other steps' values, which count for nothing until they are
    checked again at the end.
    """

    def __init__(self, posted: MultiDict[str, str], places: Places) -> None:
        self.places = places
        self.number = _step_number(posted.get("step", ""))
        self.values = _unpacked(posted.get("typed", ""))
        if posted:
            for name in _names(STEPS[self.number - 1]):
                self.values[name] = posted.getlist(name)

    def form(self, number: int) -> Step:
        """The form of one step with what was typed there, or empty the first time."""
        step = STEPS[number - 1]
        names = [name for name in _names(step) if name in self.values]
        typed = MultiDict((name, value) for name in names for value in self.values[name])
        form = step(typed if names else None)
        form.typed.data = self.packed()
        form.step.data = str(number)
        return self.places.offer(form)

    def first_wrong(self, up_to: int) -> tuple[int, Step] | None:
        """The first step that does not hold, checked from the beginning, or None."""
        for number in range(1, up_to + 1):
            form = self.form(number)
            if not form.validate():
                return number, form
        return None

    def profile(self) -> Profile:
        """What was told; every step must hold."""
        told: dict[str, Any] = {}
        for number in range(1, len(STEPS) + 1):
            form = self.form(number)
            form.validate()
            told |= form.told()
        return Profile(**told)

    def birth_year(self) -> int:
        form = self.form(1)
        form.validate()
        return int(form["birth_year"].data)

    def email(self) -> str:
        form = self.form(len(STEPS))
        form.validate()
        return str(form["email"].data)

    def packed(self) -> str:
        return json.dumps(self.values, ensure_ascii=False, separators=(",", ":"))


def _names(step: type[Step]) -> list[str]:
    carried = {"typed", "step", "csrf_token"}
    return [name for name, _field in step(None)._unbound_fields if name not in carried]


def _step_number(text: str) -> int:
    return int(text) if text in {"1", "2", "3", "4"} else 1


def _unpacked(text: str) -> dict[str, list[str]]:
    """The carried values; anything odd counts as nothing typed."""
    try:
        found = json.loads(text[:TYPED_LENGTH]) if text else {}
    except ValueError:
        return {}
    known = {name for step in STEPS for name in _names(step)}
    if not isinstance(found, dict):
        return {}
    return {
        name: [str(value) for value in values]
        for name, values in found.items()
        if name in known and isinstance(values, list)
    }


class ConfirmForm(Form):
    """One button."""


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


class OpenMemberForm(Form):
    """Why a coordinator opens somebody's page."""

    reason = OneOf(_l("Why do you open the page?"), choices(REASON_LABELS))
    words = TextLine(_l("In your own words"), optional=True, max_length=200)

    def validate(self, extra_validators: Any = None) -> bool:
        holds = bool(super().validate(extra_validators))
        if self.reason.data == OpeningReason.OTHER and not self.words.data:
            self.add_error("words", _("Write why, in a few words."))
            return False
        return holds


class ProtectionForm(Form):
    words = TextLine(
        _l("Why?"), hint=_l("It stands in the event log."), missing=_l("Write why, in a few words.")
    )


class MemberFilter(Form):
    """The list of members; everything may be empty."""

    class Meta(Form.Meta):
        csrf = False

    q = TextLine(_l("Name, e-mail or phone"), optional=True)
    municipality = OneOfList(_l("Municipality"), [], optional=True)
    area = OneOfList(_l("Area"), [], optional=True)
    role = OneOfList(_l("Experience as"), [*ANY, *choices(SHORT_ROLE_LABELS)], optional=True)
    way = OneOfList(_l("Takes part"), [*ANY, *choices(WAY_LABELS)], optional=True)
    state = OneOfList(
        _l("State"),
        [
            *ANY,
            *((str(s), STATE_LABELS[s]) for s in (MemberState.ACTIVE, MemberState.PAUSED)),
        ],
        optional=True,
    )
