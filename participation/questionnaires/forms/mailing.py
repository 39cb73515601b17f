"""What coordinators choose and send when a round goes out by mail."""

from typing import Any

from flask_wtf.file import FileField, FileRequired

from participation.foundation.forms import Form, ManyOf, TextLine
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l

MOST_BYTES = 5 * 1024 * 1024


class ContactFileForm(Form):
    file = FileField(
        _l("The list"),
        [FileRequired(message=_l("Choose a file first."))],
        description=_l(
            "CSV or Excel with a column “e-post”. A column “språk” (sv, en or ar) may say in "
            "which language each one is written to."
        ),
        render_kw={"accept": ".csv,.xlsx"},
    )

    def content(self) -> bytes | None:
        """What was sent; None with a message when it is too large."""
        found: Any = self.file.data.stream.read(MOST_BYTES + 1)
        if len(found) > MOST_BYTES:
            self.add_error("file", _("The file is too large: at most 5 MB."))
            return None
        return bytes(found)


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
