"""The form for whoever wants to be called."""

from typing import Any

from wtforms.validators import ValidationError

from participation.foundation.forms import Form, PhoneLine, TextLine
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l
from participation.interest_bank.rules import is_a_name

WORDS = ("name", "phone", "suits", "language")


class CallMeForm(Form):
    name = TextLine(
        _l("What do you want to be called?"),
        hint=_l("A first name is enough."),
        missing=_l("Write what you want to be called."),
        max_length=60,
        render={"autocomplete": "given-name"},
    )
    phone = PhoneLine(_l("Phone number"), missing=_l("Write the number we shall call."))
    suits = TextLine(
        _l("When does it suit you?"),
        hint=_l("For example: weekdays after four."),
        optional=True,
        max_length=120,
    )
    language = TextLine(
        _l("Which language do you want to speak?"),
        hint=_l("Leave it empty if Swedish is fine. Otherwise we call with an interpreter."),
        optional=True,
        max_length=60,
    )

    def validate_name(self, field: Any) -> None:
        if field.data and not is_a_name(field.data):
            raise ValidationError(_("Write only a name, without addresses or signs."))

    def told(self) -> dict[str, str]:
        return {field.name: field.data or "" for field in self if field.name in WORDS}
