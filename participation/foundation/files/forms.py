"""A form that takes a list: one file from Excel or as CSV."""

from typing import Any

from flask_wtf.file import FileField, FileRequired

from participation.foundation.forms import Form
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
