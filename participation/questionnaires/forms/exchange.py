"""What is sent when a form is taken in from another program."""

from typing import Any

from flask_wtf.file import FileField, FileRequired

from participation.foundation.forms import Form, OneOfList, TextLine
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l
from participation.questionnaires.rules.library import AREAS, LICENCES

MOST_BYTES = 10 * 1024 * 1024


class FormFileForm(Form):
    file = FileField(
        _l("The form"),
        [FileRequired(message=_l("Choose a file first."))],
        description=_l("An XLSForm workbook (.xlsx) or a FHIR R4 Questionnaire (.json)."),
        render_kw={"accept": ".xlsx,.json"},
    )

    def content(self) -> bytes | None:
        """What was sent; None with a message when it is too large."""
        found: Any = self.file.data.stream.read(MOST_BYTES + 1)
        if len(found) > MOST_BYTES:
            self.add_error("file", _("The file is too large: at most 10 MB."))
            return None
        return bytes(found)


class ShareForm(Form):
    """What the library says about a question of the county's own."""

    area = OneOfList(_l("About"), lambda: list(AREAS.items()))
    owner = TextLine(
        _l("Who stands behind it"),
        hint=_l("An organisation or a group, not a person."),
        max_length=200,
        missing=_l("Say who stands behind the question."),
    )
    source = TextLine(
        _l("Where it comes from"),
        hint=_l("For example a study, another questionnaire, or: written here, 2026."),
        max_length=200,
        missing=_l("Say where the question comes from."),
    )
    licence = OneOfList(
        _l("Licence"),
        lambda: [
            ("CC0-1.0", _l("CC0: anybody may use and change it")),
            ("CC-BY-4.0", _l("CC BY: anybody may use it and says where it is from")),
            *LICENCES.items(),
        ],
    )


class LibraryFilterForm(Form):
    area = OneOfList(_l("About"), [("", _l("All areas")), *AREAS.items()], optional=True)
    words = TextLine(_l("Words in the question"), optional=True)
