"""The steps of joining in words for children and young people, and the guardian's name.

Short words, few questions. The same fields as for grown-ups: a page begun there goes on here.
"""

from typing import Any, ClassVar

from werkzeug.datastructures import MultiDict
from wtforms.validators import ValidationError

from participation.foundation.clock import today
from participation.foundation.crypto import normalised_email
from participation.foundation.forms import (
    EmailLine,
    Form,
    ManyOf,
    OneOf,
    OneOfList,
    TextBlock,
    TextLine,
    Tick,
    WholeNumber,
)
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l
from participation.interest_bank.forms.joining import Joining
from participation.interest_bank.forms.reach import ReachStep
from participation.interest_bank.forms.steps import (
    OWN_WORDS,
    ExperienceStep,
    Step,
    WhoStep,
)
from participation.interest_bank.rules import (
    OLDEST_BIRTH_YEAR,
    YOUNG_GENDER_LABELS,
    YOUNG_NEED_LABELS,
    YOUNG_ROLE_LABELS,
    YOUNG_WAY_LABELS,
    ContactWay,
    Gender,
    NoticeKind,
    Profile,
    choices,
    needs_guardian,
)


class YoungWhoStep(WhoStep):
    """Step 1: how old, and from which side."""

    birth_year = WholeNumber(
        _l("Which year were you born?"),
        minimum=OLDEST_BIRTH_YEAR,
        maximum=2100,
        wrong=_l("Write the year you were born. It has four digits."),
    )
    roles = ManyOf(
        _l("What is like you?"),
        choices(YOUNG_ROLE_LABELS),
        hint=_l("You can choose more than one."),
        missing=_l("Choose at least one."),
    )


class YoungExperienceStep(ExperienceStep):
    """Step 2: own words; nothing is kept without a yes of its own."""

    areas = ManyOf(_l("Is it about any of this?"), [], optional=True)
    experience_text = TextBlock(
        _l("Do you want to tell us something?"),
        optional=True,
        max_length=OWN_WORDS,
        rows=4,
        hint=_l("You do not have to. Do not write other people's names."),
    )
    agrees = Tick(
        _l("Yes, you may keep what I write here"),
        hint=_l("Only we who work here can read it. You can say no later too."),
    )

    def validate_agrees(self, field: Any) -> None:
        if (self.areas.data or self.experience_text.data) and not field.data:
            raise ValidationError(_("Tick the box if we may keep it. Or leave it all empty."))


class YoungHowStep(Step):
    """Step 3: how to take part, and what helps."""

    ways = ManyOf(
        _l("How do you want to be with us?"),
        choices(YOUNG_WAY_LABELS),
        missing=_l("Choose at least one way."),
    )
    needs = ManyOf(_l("What do you need?"), choices(YOUNG_NEED_LABELS), optional=True)
    needs_text = TextLine(_l("Something else that is good for us to know"), optional=True)

    def told(self) -> dict[str, Any]:
        return {
            "ways": tuple(self.ways.data or ()),
            "times": (),
            "languages": (),
            "needs": tuple(self.needs.data or ()),
            "needs_text": self.needs_text.data or None,
            "yearly_ceiling": None,
        }

    @staticmethod
    def of(profile: Profile) -> dict[str, Any]:
        return {
            "ways": profile.ways,
            "needs": profile.needs,
            "needs_text": profile.needs_text,
        }


class YoungReachStep(ReachStep):
    """Step 4: name and address; a grown-up's address where one must say yes."""

    name = TextLine(
        _l("What are you called?"),
        hint=_l("Your first name is enough."),
        missing=_l("Write what you are called."),
        max_length=60,
        render={"autocomplete": "given-name"},
    )
    email: Any = EmailLine(
        _l("Your own e-mail"),
        hint=_l("We write to you there. If you have none, ask a grown-up to call us."),
    )
    guardian_email: Any = EmailLine(
        _l("The e-mail of a grown-up who takes care of you"),
        hint=_l("The grown-up must say yes too. The grown-up cannot see what you answer."),
        missing=_l("Write the e-mail of a grown-up who takes care of you."),
    )
    phone = None  # type: ignore[assignment]
    preferred_contact = None  # type: ignore[assignment]
    municipality_code = OneOfList(
        _l("Where do you live?"), [], missing=_l("Choose the place where you live.")
    )
    gender = OneOf(
        _l("What are you?"),
        choices(YOUNG_GENDER_LABELS),
        missing=_l("Choose one. You can choose not to say."),
    )
    gender_text = TextLine(_l("My own words"), optional=True, max_length=60)

    def validate(self, extra_validators: Any = None) -> bool:
        return bool(Form.validate(self, extra_validators))

    def validate_guardian_email(self, field: Any) -> None:
        if is_same_address(field.data, self.email.data):
            raise ValidationError(_("Write the grown-up's own e-mail, not yours."))

    def told(self) -> dict[str, Any]:
        return {
            "name": self.name.data,
            "phone": None,
            "preferred_contact": ContactWay.EMAIL,
            "municipality_code": self.municipality_code.data,
            "gender": Gender(self.gender.data),
            "gender_text": self.gender_text.data or None,
        }


def is_same_address(one: str | None, other: str | None) -> bool:
    """Two spellings of one mailbox are one address."""
    return bool(one and other) and normalised_email(one or "") == normalised_email(other or "")


class AskGuardianForm(Form):
    """The child names a grown-up anew."""

    guardian_email = EmailLine(
        _l("The e-mail of a grown-up who takes care of you"),
        hint=_l("The grown-up must say yes too. The grown-up cannot see what you answer."),
        missing=_l("Write the e-mail of a grown-up who takes care of you."),
    )

    def __init__(self, own_email: str, **more: Any) -> None:
        super().__init__(**more)
        self.own_email = own_email

    def validate_guardian_email(self, field: Any) -> None:
        if is_same_address(field.data, self.own_email):
            raise ValidationError(_("Write the grown-up's own e-mail, not yours."))


class YoungJoining(Joining):
    """Joining through the young people's entrance."""

    steps: ClassVar[tuple[type[Step], ...]] = (
        YoungWhoStep,
        YoungExperienceStep,
        YoungHowStep,
        YoungReachStep,
    )
    notices: ClassVar[tuple[NoticeKind, ...]] = (NoticeKind.CHILD,)

    def form(self, number: int) -> Step:
        form = super().form(number)
        if isinstance(form, YoungReachStep) and not self._needs_guardian():
            del form.guardian_email
        return form

    def _needs_guardian(self) -> bool:
        """Whether the first step's year asks for a guardian; a wrong year is refused there."""
        typed: MultiDict[str, str] = MultiDict(
            {"birth_year": (self.values.get("birth_year") or [""])[0]}
        )
        year = YoungWhoStep(typed).birth_year.data
        return year is None or needs_guardian(year, today(), self.places.policy)
