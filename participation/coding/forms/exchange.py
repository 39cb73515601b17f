"""The shape of files that come in and go out."""

from typing import Any

from flask_wtf.file import FileField, FileRequired

from participation.coding.models import Codebook
from participation.coding.rules.exchange.report import BY_CODE, BY_THEME
from participation.foundation.files.forms import why_field
from participation.foundation.forms import Form, OneOf, OneOfList, TextLine, Tick
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l

MOST_BYTES = 10 * 1024 * 1024
NEW_BOOK = "new"


class ProjectFileForm(Form):
    """A project or a codebook of another program."""

    file = FileField(
        _l("The file"),
        [FileRequired(message=_l("Choose a file first."))],
        description=_l("A project (.qdpx) or a codebook (.qdc)."),
        render_kw={"accept": ".qdpx,.qdc"},
    )

    def content(self) -> bytes | None:
        """What was sent; None with a message when it is too large."""
        found: Any = self.file.data.stream.read(MOST_BYTES + 1)
        if len(found) > MOST_BYTES:
            self.add_error("file", _("The file is too large: at most 10 MB."))
            return None
        return bytes(found)


class TakeInForm(Form):
    """Where codes and texts go."""

    title = TextLine(_l("What shall the texts be called here?"), max_length=200)
    codebook = OneOfList(_l("Codebook"), [(NEW_BOOK, _l("A new codebook"))])
    book_title = TextLine(
        _l("What is the new codebook called?"),
        hint=_l("Only for a new codebook."),
        optional=True,
        max_length=120,
    )

    def with_codebooks(self, books: list[Codebook]) -> "TakeInForm":
        self.codebook.choices = [
            (NEW_BOOK, _("A new codebook")),
            *((book.public_id, book.title) for book in books),
        ]
        return self


class TakeOutTextsForm(Form):
    """Why texts leave, and as which kind of file."""

    reason = why_field(
        _l("For example: two researchers code the same texts. The reason is kept in the log.")
    )
    file_format = OneOf(
        _l("File"),
        [
            ("qdpx", _l("For other coding programs (.qdpx): QualCoder, NVivo, ATLAS.ti, MAXQDA")),
            ("xlsx", _l("Excel (.xlsx): passages, answers against codes, the codebook")),
            ("docx", _l("Word (.docx): a report to read, with the passages under their codes")),
            ("html", _l("A page (.html): the same report, to open in a browser")),
        ],
        default="qdpx",
    )
    arranged = OneOf(
        _l("Order in the report"),
        [
            (BY_THEME, _l("Theme by theme")),
            (BY_CODE, _l("Code by code, by number")),
        ],
        default=BY_THEME,
        optional=True,
    )
    memos = Tick(
        _l("Memos on the material and its texts come along in the report"),
        hint=_l("Read them first: nobody has hidden anything in them."),
    )
