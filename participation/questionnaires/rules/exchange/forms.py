"""A form out of a file, whatever program it comes from. Pure."""

from participation.foundation.i18n import gettext as _
from participation.questionnaires.rules.exchange.report import (
    FormSource,
    Notebook,
    Reading,
)
from participation.questionnaires.rules.exchange.xlsform_reading import read_xlsform


def read_form(content: bytes, name: str) -> tuple[FormSource, Reading]:
    """An XLSForm workbook is a ZIP. Never raises."""
    if content.startswith(b"PK"):
        return FormSource.XLSFORM, read_xlsform(content, name)
    notebook = Notebook()
    notebook.stop(
        "",
        _("The file is no form we can read. Choose an XLSForm workbook (.xlsx)."),
    )
    return FormSource.UNKNOWN, Reading(None, notebook.listed())
