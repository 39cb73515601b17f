"""Forms: the shape of input. Fields carry their own limits and speak plainly when they refuse.

A field is required unless it says `optional=True`; its label then gets "(om du vill)" from the
template. Values are trimmed, control characters are removed, and what was typed is never lost:
the template renders the raw value again beside the message.
"""

from collections.abc import Callable, Sequence
from typing import Any

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import (
    DataRequired,
    InputRequired,
    Length,
    NumberRange,
    Optional,
    StopValidation,
    ValidationError,
)
from wtforms.widgets import CheckboxInput, ListWidget

from participation.foundation.html import plain
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l
from participation.foundation.i18n import raw_ngettext

SHORT_TEXT = 120
LONG_TEXT = 5_000
EMAIL_LENGTH = 254

# A label, hint or message: text, or text that is translated when shown.
Text = Any
Choices = Sequence[tuple[str, Text]] | Callable[[], Sequence[tuple[str, Text]]]


class Catalogue:
    """WTForms' own messages through this project's gettext; WTForms fills their placeholders."""

    def gettext(self, string: str) -> str:
        return _(string)

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return raw_ngettext(singular, plural, n)


class Form(FlaskForm):
    """Every form's parent: CSRF on, messages in the reader's language."""

    class Meta(FlaskForm.Meta):
        def get_translations(self, form: Any) -> Catalogue:
            return Catalogue()

    def add_error(self, field_name: str, message: Text) -> None:
        """Say what a service refused, at the field it concerns."""
        field = self[field_name]
        field.errors = [*field.errors, message]


def tidy(value: Any) -> Any:
    """Trim, and drop control characters nobody types on purpose."""
    return plain(value).strip() if isinstance(value, str) else value


def _presence(optional: bool, message: Text | None) -> list[Any]:
    if optional:
        return [Optional(strip_whitespace=True)]
    return [InputRequired(message=message or _l("Fill this in."))]


def _text_presence(optional: bool, message: Text | None) -> list[Any]:
    """Spaces alone are not an answer: what counts is what is left after trimming."""
    if optional:
        return _presence(optional, message)
    return [DataRequired(message=message or _l("Fill this in."))]


def _length(maximum: int) -> Length:
    return Length(
        max=maximum, message=_l("This is too long. Use at most %(max)d characters.", max=maximum)
    )


def _keywords(hint: Text, render: dict[str, Any] | None, **attributes: Any) -> dict[str, Any]:
    shown = {key: value for key, value in attributes.items() if value is not None}
    return {"description": hint or "", "render_kw": {**shown, **(render or {})}}


class TextLine(StringField):
    """One line of text."""

    data: Any  # validated: never None where the field is required

    def __init__(
        self,
        label: Text,
        *,
        hint: Text = "",
        optional: bool = False,
        missing: Text | None = None,
        max_length: int = SHORT_TEXT,
        render: dict[str, Any] | None = None,
        **more: Any,
    ) -> None:
        checks = [*_text_presence(optional, missing), _length(max_length), *more.pop("checks", [])]
        super().__init__(
            label, checks, filters=[tidy], **_keywords(hint, render, maxlength=None), **more
        )


class TextBlock(TextAreaField):
    """Several lines of text."""

    data: Any  # validated: never None where the field is required

    def __init__(
        self,
        label: Text,
        *,
        hint: Text = "",
        optional: bool = False,
        missing: Text | None = None,
        max_length: int = LONG_TEXT,
        rows: int = 5,
        render: dict[str, Any] | None = None,
        **more: Any,
    ) -> None:
        checks = [*_text_presence(optional, missing), _length(max_length)]
        super().__init__(
            label, checks, filters=[tidy], **_keywords(hint, render, rows=rows), **more
        )


def is_email(_form: Any, field: Any) -> None:
    """Syntax only: whether the mailbox exists shows when the link is used."""
    if not field.data:
        return
    if "@" not in field.data:
        raise ValidationError(_("Write the e-mail address with an @, for example name@example.org"))
    try:
        field.data = validate_email(
            field.data, check_deliverability=False, test_environment=True
        ).normalized
    except EmailNotValidError as problem:
        raise ValidationError(
            _("Check the e-mail address. It should look like name@example.org")
        ) from problem


class EmailLine(TextLine):
    def __init__(self, label: Text, **more: Any) -> None:
        render = {"type": "email", "autocomplete": "email", "inputmode": "email"}
        more.setdefault("missing", _l("Write your e-mail address."))
        super().__init__(
            label,
            max_length=EMAIL_LENGTH,
            checks=[is_email],
            render={**render, **more.pop("render", {})},
            **more,
        )


def is_phone(_form: Any, field: Any) -> None:
    """A number that can exist; stored in E.164. Numbers without country code are Swedish."""
    if not field.data:
        return
    try:
        number = phonenumbers.parse(field.data, "SE")
    except phonenumbers.NumberParseException as problem:
        raise ValidationError(_("Check the phone number, for example 070-123 45 67")) from problem
    if not phonenumbers.is_possible_number(number):
        raise ValidationError(_("Check the phone number, for example 070-123 45 67"))
    field.data = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


class PhoneLine(TextLine):
    def __init__(self, label: Text, **more: Any) -> None:
        render = {"type": "tel", "autocomplete": "tel", "inputmode": "tel"}
        super().__init__(label, max_length=40, checks=[is_phone], render=render, **more)


class PasswordLine(PasswordField):
    def __init__(self, label: Text, *, autocomplete: str, hint: Text = "", **more: Any) -> None:
        checks = [InputRequired(message=_l("Write your password.")), _length(1_000)]
        keywords = _keywords(hint, None, autocomplete=autocomplete)
        super().__init__(label, checks, **keywords, **more)


def _choices(choices: Choices) -> dict[str, Any]:
    """Choices may be a function, asked anew for each form (its rows come from the database)."""
    if callable(choices):
        return {"choices": choices}
    return {"choices": [SelectChoice(value, label) for value, label in choices]}


NOT_A_CHOICE = _l("Choose one of the alternatives.")


def _values(field: Any) -> set[str]:
    """The values a choice field offers.

    Whoever sends another is stopped there: `Optional` would take the error back when the first of
    several values is empty.
    """
    return {choice.value for choice in field.iter_choices()}


class OneOf(RadioField):
    """One choice, all shown."""

    data: Any  # validated: never None where the field is required

    def __init__(
        self,
        label: Text,
        choices: Choices,
        *,
        hint: Text = "",
        optional: bool = False,
        missing: Text | None = None,
        **more: Any,
    ) -> None:
        checks = _presence(optional, missing or NOT_A_CHOICE)
        super().__init__(label, checks, **_choices(choices), **_keywords(hint, None), **more)

    def pre_validate(self, form: Any) -> None:
        if self.data and self.data not in _values(self):
            raise StopValidation(str(NOT_A_CHOICE))


class OneOfList(SelectField):
    """One choice out of many, folded together."""

    data: Any  # validated: never None where the field is required

    def __init__(
        self,
        label: Text,
        choices: Choices,
        *,
        hint: Text = "",
        optional: bool = False,
        missing: Text | None = None,
        **more: Any,
    ) -> None:
        checks = _presence(optional, missing or NOT_A_CHOICE)
        super().__init__(label, checks, **_choices(choices), **_keywords(hint, None), **more)

    def pre_validate(self, form: Any) -> None:
        if self.data and self.data not in _values(self):
            raise StopValidation(str(NOT_A_CHOICE))


class ManyOf(SelectMultipleField):
    """Several choices as tick boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(
        self,
        label: Text,
        choices: Choices,
        *,
        hint: Text = "",
        optional: bool = False,
        missing: Text | None = None,
        **more: Any,
    ) -> None:
        checks = _presence(optional, missing or _l("Choose at least one."))
        super().__init__(label, checks, **_choices(choices), **_keywords(hint, None), **more)

    def pre_validate(self, form: Any) -> None:
        if self.data and not set(self.data) <= _values(self):
            raise StopValidation(str(NOT_A_CHOICE))


class Tick(BooleanField):
    """One box to tick; `must` makes ticking it a condition."""

    def __init__(
        self, label: Text, *, hint: Text = "", must: Text | None = None, **more: Any
    ) -> None:
        checks = [InputRequired(message=must)] if must else []
        super().__init__(label, checks, **_keywords(hint, None), **more)


class Day(DateField):
    """A date, typed or picked."""

    data: Any  # validated: never None where the field is required

    def __init__(
        self, label: Text, *, hint: Text = "", optional: bool = False, **more: Any
    ) -> None:
        checks = _presence(optional, _l("Write a date, for example 2026-11-30."))
        super().__init__(label, checks, **_keywords(hint, more.pop("render", None)), **more)

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as problem:
            raise ValueError(_("Write a date that exists, for example 2026-11-30.")) from problem


class Clock(TimeField):
    """A time of day."""

    data: Any  # validated: never None where the field is required

    def __init__(
        self, label: Text, *, hint: Text = "", optional: bool = False, **more: Any
    ) -> None:
        checks = _presence(optional, _l("Write a time, for example 17:30."))
        super().__init__(label, checks, **_keywords(hint, more.pop("render", None)), **more)

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as problem:
            raise ValueError(_("Write a time, for example 17:30.")) from problem


class WholeNumber(IntegerField):
    """A whole number within limits."""

    data: Any  # validated: never None where the field is required

    def __init__(
        self,
        label: Text,
        *,
        minimum: int,
        maximum: int,
        hint: Text = "",
        optional: bool = False,
        wrong: Text = "",
        **more: Any,
    ) -> None:
        self.usual_refusal = _l(
            "Write a whole number between %(low)d and %(high)d.", low=minimum, high=maximum
        )
        between = wrong or self.usual_refusal
        checks = [
            *_presence(optional, between),
            NumberRange(min=minimum, max=maximum, message=between),
        ]
        self.between = between
        super().__init__(label, checks, **_keywords(hint, {"inputmode": "numeric"}), **more)

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as problem:
            raise ValueError(str(self.between)) from problem


class Hidden(HiddenField):
    """A value the form carries; still untrusted."""

    def __init__(self, max_length: int = SHORT_TEXT, **more: Any) -> None:
        super().__init__("", [_length(max_length)], **more)
