"""What is sent when a form is taken in from another program."""

from typing import Any

from flask_wtf.file import FileField, FileRequired

from participation.foundation.forms import Form, OneOfList, TextLine
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l
from participation.questionnaires.rules.library import AREAS

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


class LibraryFilterForm(Form):
    area = OneOfList(_l("About"), [("", _l("All areas")), *AREAS.items()], optional=True)
    words = TextLine(_l("Words in the question"), optional=True)
