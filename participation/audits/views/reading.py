"""The tick of whoever has read the words that may point to somebody."""

from participation.audits.forms.reports import ReadForm
from participation.audits.queries.doubts import Doubts
from participation.audits.services import NotRead


def reading_form(doubts: Doubts, missed: NotRead | None = None) -> ReadForm:
    """The tick beside the words, with the reason at it where it was missed."""
    form = ReadForm(formdata=None, data={"mark": doubts.mark})
    if missed is not None:
        form.add_error("is_read", missed.message)
    return form


def read_mark() -> str:
    """Of which words the person says that they have read them; "" without a tick."""
    form = ReadForm()
    return form.mark.data or "" if form.is_read.data else ""
