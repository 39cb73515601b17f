"""The shape of input on the pages of accounts."""

import re
from typing import Any

from wtforms.validators import ValidationError

from participation.accounts.rules.roles import GRANTED_BY_HAND
from participation.accounts.rules.secrets import (
    MINIMUM_PASSWORD,
    PasswordProblem,
    password_problem,
)
from participation.foundation.files.forms import TakeOutForm, why_field
from participation.foundation.forms import (
    Day,
    EmailLine,
    Form,
    Hidden,
    OneOf,
    OneOfList,
    PasswordLine,
    TextLine,
)
from participation.foundation.i18n import LOCALES
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l
from participation.foundation.permissions import Role

NEXT_LENGTH = 300
CODE_LENGTH = 40
COVER_NAME_LENGTH = 32
COVER_NAME = re.compile(r"system|[0-9a-f]{8,32}")

ROLE_NAMES: dict[Role, Any] = {
    Role.RESIDENT: _l("Resident"),
    Role.COUNCIL_MEMBER: _l("Council member"),
    Role.AUDITOR: _l("User auditor"),
    Role.USER_ORGANISATION: _l("User organisation"),
    Role.CONTACT_PERSON: _l("Contact person of an organisation"),
    Role.GROUP_MEMBER: _l("Group member"),
    Role.COORDINATOR: _l("Coordinator"),
    Role.ADMINISTRATOR: _l("Administrator"),
    Role.DATA_PROTECTION_OFFICER: _l("Data protection officer"),
    Role.PROTECTION_KEEPER: _l("Opens protected identities"),
}

PASSWORD_PROBLEMS: dict[PasswordProblem, Any] = {
    PasswordProblem.TOO_SHORT: _l(
        "Use at least %(least)s characters. A few words in a row work well.",
        least=MINIMUM_PASSWORD,
    ),
    PasswordProblem.TOO_LONG: _l("Use at most 1,000 characters."),
    PasswordProblem.COMMON: _l("Many people use that password. Choose another one."),
    PasswordProblem.ABOUT_YOU: _l("Choose something that is not your name or address."),
}


def _one_time_code(label: Any, hint: Any) -> TextLine:
    return TextLine(
        label,
        hint=hint,
        max_length=CODE_LENGTH,
        missing=_l("Write the code."),
        render={"autocomplete": "one-time-code", "inputmode": "text", "dir": "ltr"},
    )


class AskForLinkForm(Form):
    """Who wants to sign in."""

    email = EmailLine(_l("Your e-mail address"), hint=_l("We send you a link. No password needed."))
    next = Hidden(max_length=NEXT_LENGTH)


class MailCodeForm(Form):
    """The eight digits of the mail."""

    code = _one_time_code(_l("The code in the mail"), _l("Eight digits, for example 1234 5678."))


class PasswordForm(Form):
    """Password and authenticator in one go: the answer never says which of them was wrong."""

    email = EmailLine(_l("Your e-mail address"), render={"autocomplete": "username"})
    password = PasswordLine(_l("Password"), autocomplete="current-password")
    code = _one_time_code(
        _l("Code from your authenticator app"),
        _l("Six digits that change every half minute. A recovery code works too."),
    )
    next = Hidden(max_length=NEXT_LENGTH)


class InvitationForm(Form):
    """A new password and the first code of the authenticator."""

    password = PasswordLine(
        _l("Choose a password"),
        hint=_l("At least 12 characters. A few words in a row work well. You may paste it."),
        autocomplete="new-password",
    )
    code = _one_time_code(
        _l("The six digits that the app shows now"), _l("They change every half minute.")
    )

    def __init__(self, *about: str, **more: Any) -> None:
        super().__init__(**more)
        self.about = about

    def validate_password(self, field: Any) -> None:
        problem = password_problem(field.data or "", *self.about)
        if problem is not None:
            raise ValidationError(str(PASSWORD_PROBLEMS[problem]))


class LanguageForm(Form):
    language = OneOf(_l("Language"), list(LOCALES.items()))


class NewEmailForm(Form):
    email = EmailLine(
        _l("New e-mail address"),
        hint=_l("We send a link there. The address changes when you have opened it."),
    )


class NameForm(Form):
    name = TextLine(
        _l("What would you like to be called?"),
        missing=_l("Write a name."),
        render={"autocomplete": "name"},
    )


def _role_choices() -> list[tuple[str, Any]]:
    return [(role.value, ROLE_NAMES[role]) for role in GRANTED_BY_HAND]


class GrantForm(Form):
    """A role, and what it is limited to. `place`: "organisation:<id>", "group:<id>" or empty."""

    role = OneOf(_l("Role"), _role_choices)
    place = OneOfList(
        _l("For which organisation or group?"),
        [("", _l("Everywhere"))],
        hint=_l(
            "Contact persons and user organisations need an organisation, group members a group."
        ),
        optional=True,
    )


class InviteForm(GrantForm):
    """A person to invite."""

    name = TextLine(_l("Name"), missing=_l("Write a name."))
    email = EmailLine(_l("E-mail address"))
    language = OneOf(_l("Language"), list(LOCALES.items()), default="sv")

    field_order = ("name", "email", "language", "role", "place")


class AccountFilter(Form):
    """Search among accounts; fetched, so without CSRF."""

    class Meta(Form.Meta):
        csrf = False

    q = TextLine(_l("E-mail address, or the beginning of a name"), optional=True)
    role = OneOfList(_l("Role"), lambda: [("", _("All roles")), *_role_choices()], optional=True)


class EventFilter(Form):
    """Which lines of the log to show; fetched, so without CSRF."""

    class Meta(Form.Meta):
        csrf = False

    action = OneOfList(_l("What happened"), [("", _l("Everything"))], optional=True)
    thing = OneOfList(_l("With what"), [("", _l("Everything"))], optional=True)
    person = TextLine(
        _l("Cover name"),
        optional=True,
        max_length=COVER_NAME_LENGTH,
        render={"dir": "ltr", "autocomplete": "off", "spellcheck": "false"},
    )
    first_day = Day(_l("First day"), optional=True)
    last_day = Day(_l("Last day"), optional=True)

    def validate_person(self, field: Any) -> None:
        if field.data and not COVER_NAME.fullmatch(field.data.lower()):
            raise ValidationError(
                _("Write a cover name as it stands in the list: at least 8 letters and digits.")
            )

    def validate_last_day(self, field: Any) -> None:
        if field.data and self.first_day.data and field.data < self.first_day.data:
            raise ValidationError(_("The last day must not be before the first."))


class CoverNameForm(Form):
    """Whose lines somebody asks about; their cover name is what the log is searched for."""

    email = EmailLine(_l("E-mail address"), hint=_l("It is logged that you looked."))


class EventFileForm(TakeOutForm):
    """Why lines of the log leave in a file."""

    reason = why_field(
        _l("For example: somebody asked who has seen them. The reason is kept in the log.")
    )
