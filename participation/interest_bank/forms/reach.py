"""The last step of joining, also used to change: how to reach somebody, where they live."""

from typing import Any

from wtforms.validators import ValidationError

from participation.foundation.forms import EmailLine, OneOf, OneOfList, PhoneLine, TextLine
from participation.foundation.i18n import format_phone
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l
from participation.interest_bank.forms.steps import Step
from participation.interest_bank.rules import (
    CONTACT_LABELS,
    GENDER_LABELS,
    ContactWay,
    Gender,
    Profile,
    choices,
    is_a_name,
)


class ReachStep(Step):
    """Step 4: name, contact and where somebody lives."""

    name = TextLine(
        _l("What do you want to be called?"),
        hint=_l("A first name is enough."),
        missing=_l("Write what you want to be called."),
        max_length=60,
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

    def validate_name(self, field: Any) -> None:
        if field.data and not is_a_name(field.data):
            raise ValidationError(_("Write only a name, without addresses or signs."))

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
