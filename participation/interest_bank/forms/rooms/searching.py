"""Forms around the list of members: keeping a search, taking a list along."""

from participation.foundation.forms import Form, ManyOf, OneOf, TextLine, Tick
from participation.foundation.i18n import lazy_gettext as _l
from participation.interest_bank.rules import choices
from participation.interest_bank.rules.exporting import (
    FORMAT_LABELS,
    PART_LABELS,
    ExportFormat,
)


class SaveSearchForm(Form):
    name = TextLine(
        _l("What shall the search be called?"),
        missing=_l("Give the search a name, for example “Young people in Kalmar”."),
        max_length=80,
    )
    is_shared = Tick(_l("My colleagues may use it too"))


class ExportForm(Form):
    reason = TextLine(
        _l("What is the list for?"),
        hint=_l("Each person on the list can read it in their log."),
        missing=_l("Write what the list is for. Each person can read it."),
        max_length=200,
    )
    parts = ManyOf(
        _l("What shall be in the file?"),
        choices(PART_LABELS),
        optional=True,
        hint=_l("Code, experience as, ways, times, languages and needs always go along."),
    )
    file_format = OneOf(_l("Kind of file"), choices(FORMAT_LABELS), default=ExportFormat.XLSX)
