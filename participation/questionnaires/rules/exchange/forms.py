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
OLD_EXCEL = b"\xd0\xcf\x11\xe0"


def read_form(content: bytes, name: str) -> tuple[FormSource, Reading]:
    """A workbook is a ZIP; a FHIR resource begins with a brace. Never raises."""
    if content.startswith(b"PK"):
        return FormSource.XLSFORM, read_xlsform(content, name)
    if content.lstrip(BOM_AND_SPACE)[:1] == b"{":
        return FormSource.FHIR, read_fhir(content)
    notebook = Notebook()
    notebook.stop("", _why_not(content, name))
    return FormSource.UNKNOWN, Reading(None, notebook.listed())


def _why_not(content: bytes, name: str) -> str:
    """What to do with a file that is no form, as far as can be told from it."""
    if content.startswith(OLD_EXCEL):
        return _("This is a workbook of an old Excel. Open it, save it as .xlsx and try again.")
    if content.lstrip(BOM_AND_SPACE)[:1] == b"<":
        return _("XML is not read. Have the FHIR Questionnaire as JSON and try again.")
    if name.lower().endswith((".csv", ".tsv")):
        return _(
            "A CSV file has room for one sheet only. Save the form as a workbook (.xlsx) with the "
            "sheets survey and choices."
        )
    return _(
        "The file is no form we can read. Choose an XLSForm workbook (.xlsx) or a FHIR "
        "Questionnaire (.json)."
    )
