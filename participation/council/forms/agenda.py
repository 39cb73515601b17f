"""A point of the agenda, and a paper beside it."""

from flask_wtf.file import FileField, FileRequired

from participation.council.models import TITLE_LENGTH
from participation.council.services import AgendaPoint
from participation.foundation.forms import Form, TextBlock, TextLine, WholeNumber
from participation.foundation.i18n import lazy_gettext as _l

LONGEST_POINT = 480  # minutes


class AgendaForm(Form):
    """One point of the agenda."""

    title = TextLine(_l("Point"), max_length=TITLE_LENGTH)
    text = TextBlock(
        _l("What is it about?"),
        hint=_l("Plain words, so that everybody can prepare."),
        optional=True,
        rows=3,
    )
    owner = TextLine(_l("Who leads it?"), optional=True, max_length=100)
    planned_minutes = WholeNumber(
        _l("How many minutes?"), minimum=1, maximum=LONGEST_POINT, optional=True
    )

    def point(self) -> AgendaPoint:
        """What was written, as services take it."""
        return AgendaPoint(
            title=self["title"].data,
            text=self["text"].data or "",
            owner=self["owner"].data or "",
            planned_minutes=self["planned_minutes"].data,
        )


class PaperForm(Form):
    """A paper for a point."""

    paper = FileField(
        _l("The paper"),
        validators=[FileRequired(message=_l("Choose a file."))],
        description=_l("A PDF of at most 5 megabytes. The file's name is shown to the members."),
        render_kw={"accept": ".pdf"},
    )
