"""A form out of a file, whatever program it comes from. Pure."""

from participation.foundation.i18n import gettext as _
from participation.questionnaires.rules.exchange.fhir_reading import read_fhir
from participation.questionnaires.rules.exchange.report import (
    FormSource,
    Notebook,
    Reading,
)
from participation.questionnaires.rules.exchange.xlsform_reading import read_xlsform

BOM_AND_SPACE = b"\xef\xbb\xbf \t\r\n"


def read_form(content: bytes, name: str) -> tuple[FormSource, Reading]:
    """A workbook is a ZIP; a FHIR resource begins with a brace. Never raises."""
    if content.startswith(b"PK"):
        return FormSource.XLSFORM, read_xlsform(content, name)
    if content.lstrip(BOM_AND_SPACE)[:1] == b"{":
        return FormSource.FHIR, read_fhir(content)
    notebook = Notebook()
    notebook.stop(
        "",
        _(
            "The file is no form we can read. Choose an XLSForm workbook (.xlsx) or a FHIR "
            "Questionnaire (.json)."
        ),
    )
    return FormSource.UNKNOWN, Reading(None, notebook.listed())
