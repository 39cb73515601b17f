"""What coordinators choose and send when a round goes out by mail."""

from collections.abc import Sequence
from typing import Any

from flask_wtf.file import FileField
from wtforms.validators import ValidationError

from participation.activities.rules.placeholders import named_in
from participation.foundation.files.forms import TableFileForm
from participation.foundation.forms import Form, ManyOf, OneOfList, TextBlock, TextLine
from participation.foundation.i18n import DEFAULT_LOCALE, LOCALES, format_and
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l
from participation.questionnaires.rules.words import direction, language_name

MOST_PASTED = 500_000
MOST_SUBJECT = 100
MOST_WORDS = 1_500


class ContactFileForm(TableFileForm):
    """The addresses of those who are to get a link: in a file, or pasted."""

    pasted = TextBlock(
        _l("Paste addresses"),
        hint=_l(
            "One on each row, or as they stand in a mail program. Names beside them are left out."
        ),
        optional=True,
        rows=6,
        max_length=MOST_PASTED,
        render={"dir": "ltr", "autocomplete": "off", "spellcheck": "false"},
    )
    locale = OneOfList(
        _l("Language of the mails to them"),
        lambda: [(code, language_name(code)) for code in LOCALES],
        hint=_l("For those you paste."),
        optional=True,
        default=DEFAULT_LOCALE,
    )
    file = FileField(
        _l("Or choose a list"),
        description=_l(
            "CSV or Excel with a column “e-post”. A column “språk” (sv, en or ar) may say in "
            "which language each one is written to."
        ),
        render_kw={"accept": ".csv,.xlsx"},
    )

    def validate(self, extra_validators: Any = None) -> bool:
        is_valid = bool(super().validate(extra_validators))
        if self.pasted.data or self.file.data:
            return is_valid
        self.add_error("pasted", _("Paste addresses, or choose a list."))
        return False


def words_form(never_named: Sequence[str], **values: Any) -> Any:
    """Own subject and own words of the mails, in each language that mails are written in."""

    def check(_form: Any, field: Any) -> None:
        named = named_in(field.data or "", never_named)
        if named:
            told = _("Mails never tell what it is about. Take away: %(names)s.")
            raise ValidationError(told % {"names": format_and(named)})

    fields: dict[str, Any] = {}
    for code in LOCALES:
        spoken = {"lang": code, "dir": direction(code)}
        subject, text = f"subject_{code}", f"text_{code}"
        fields[subject] = TextLine(
            _("Subject"), optional=True, max_length=MOST_SUBJECT, render=spoken
        )
        fields[text] = TextBlock(
            _("What stands first"), optional=True, rows=4, max_length=MOST_WORDS, render=spoken
        )
        fields |= {f"validate_{subject}": check, f"validate_{text}": check}
    return type("MailWordsForm", (Form,), fields)(**values)


class ReplacementForm(Form):
    address = TextLine(
        _l("E-mail address"),
        hint=_l("The one the first link went to."),
        missing=_l("Write the address."),
        render={"type": "email", "autocomplete": "off", "dir": "ltr"},
    )


def people_form(choices: list[tuple[str, str]], **values: Any) -> Any:
    """Which people of the bank's questionnaire panel are asked."""

    class PeopleForm(Form):
        municipalities = ManyOf(
            _l("Only those who live in"),
            choices,
            hint=_l("Choose none to ask everybody in the panel."),
            optional=True,
        )

    return PeopleForm(**values)
