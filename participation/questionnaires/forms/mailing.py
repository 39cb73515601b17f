"""What coordinators choose and send when a round goes out by mail."""

from typing import Any

from participation.foundation.files.forms import TableFileForm, table_file
from participation.foundation.forms import Form, ManyOf, TextLine
from participation.foundation.i18n import lazy_gettext as _l


class ContactFileForm(TableFileForm):
    """The addresses of those who are to get a link."""

    file = table_file(
        _l(
            "CSV or Excel with a column “e-post”. A column “språk” (sv, en or ar) may say in "
            "which language each one is written to."
        )
    )


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
