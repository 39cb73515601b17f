"""Forms for tables: one that takes a list, and one that says why something is taken out."""

from typing import Any

from flask_wtf.file import FileField, FileRequired

from participation.foundation.forms import Form, OneOf, Text, TextLine
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l

MOST_TABLE_BYTES = 5 * 1024 * 1024


def table_file(hint: Any = "") -> Any:
    """A field for a list from Excel or as CSV."""
    return FileField(
        _l("The list"),
        [FileRequired(message=_l("Choose a file first."))],
        description=hint,
        render_kw={"accept": ".csv,.xlsx"},
    )


class TableFileForm(Form):
    """A list in a file, to be read by `foundation.tabular`."""

    file = table_file()

    def content(self) -> bytes | None:
        """What was sent; None with a message when it is too large."""
        found: Any = self.file.data.stream.read(MOST_TABLE_BYTES + 1)
        if len(found) > MOST_TABLE_BYTES:
            self.add_error("file", _("The file is too large: at most 5 MB."))
            return None
        return bytes(found)


def why_field(hint: Text) -> TextLine:
    """Where somebody says why; `hint` gives an example of a reason."""
    return TextLine(
        _l("Why do you take them out?"),
        hint=hint,
        missing=_l("Write why you take them out."),
        max_length=300,
    )


class TakeOutForm(Form):
    """Why something about people leaves in a file, and as which kind of file."""

    reason = why_field(_l("The reason is kept in the log."))
    file_format = OneOf(
        _l("File"), [("xlsx", _l("Excel (.xlsx)")), ("csv", _l("CSV"))], default="xlsx"
    )
