"""The shape of texts that are sent in, and of how they are divided."""

from typing import Any

from flask_wtf.file import FileField

from participation.coding.rules.intake import (
    Answers,
    Division,
    Words,
    divided,
    likely_division,
    likely_text_column,
)
from participation.coding.services.exchange.variables import ORDER, TITLES
from participation.coding.services.importing import Columns
from participation.foundation.forms import Form, OneOf, OneOfList, TextBlock, TextLine
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l
from participation.foundation.i18n import ngettext

MOST_BYTES = 5 * 1024 * 1024
MOST_PASTED = 200_000


class MaterialForm(Form):
    """A text that is pasted, or a file."""

    text = TextBlock(
        _l("Paste the text"),
        hint=_l("For example answers from a letter box, or notes from a conversation."),
        optional=True,
        rows=8,
        max_length=MOST_PASTED,
    )
    file = FileField(
        _l("Or choose a file"),
        description=_l("Word (.docx), text (.txt), or a list of answers in Excel or as CSV."),
        render_kw={"accept": ".docx,.txt,.xlsx,.csv"},
    )

    def content(self) -> bytes | None:
        """The file; None with a message when it is too large, or there is none."""
        sent: Any = self.file.data
        found = sent.stream.read(MOST_BYTES + 1) if sent else b""
        if len(found) > MOST_BYTES:
            self.add_error("file", _("The file is too large: at most 5 MB."))
            return None
        if not found and not sent:
            self.add_error("text", _("Paste a text, or choose a file."))
            return None
        return bytes(found)


class _TitleForm(Form):
    title = TextLine(_l("What shall the texts be called here?"), max_length=200)


class DivideForm(_TitleForm):
    """Whose words are whose."""

    how = OneOf(_l("Whose words are they?"), [])

    def offered(self, words: Words) -> "DivideForm":
        said = {
            Division.PARAGRAPHS: _("Each paragraph is from one person"),
            Division.BLANK_LINES: _("There is an empty line between people"),
            Division.SPEAKERS: _("Who speaks stands before the words, with a colon"),
            Division.WHOLE: _("All of it is from one person"),
        }
        self.how.choices = [
            (how.value, f"{label} ({_people(words, how)})") for how, label in said.items()
        ]
        if not self.is_submitted():
            self.how.data = likely_division(words.paragraphs).value
        return self


def _people(words: Words, how: Division) -> str:
    number = len(divided(words.paragraphs, how))
    return ngettext("%(num)s person", "%(num)s people", number)


class ColumnsForm(_TitleForm):
    """Which column is what."""

    text = OneOfList(_l("Where are the answers?"), [])
    role = OneOfList(_l("Respondent role"), [], optional=True)
    municipality = OneOfList(_l("Municipality"), [], optional=True)
    area = OneOfList(_l("Area"), [], optional=True)
    unit = OneOfList(_l("Unit"), [], optional=True)

    def offered(self, answers: Answers) -> "ColumnsForm":
        columns = [(heading, heading) for heading in answers.headings]
        self.text.choices = columns
        by_name = {heading.casefold(): heading for heading in answers.headings}
        for kind in ORDER:
            field: Any = self[kind]
            field.choices = [("", _("Not in the list")), *columns]
            if not self.is_submitted():
                field.data = by_name.get(TITLES[kind].casefold(), "")
        if not self.is_submitted():
            self.text.data = likely_text_column(answers)
        return self

    def columns(self) -> Columns:
        """What was chosen."""
        known = {kind: str(self[kind].data) for kind in ORDER if self[kind].data}
        return Columns(text=str(self.text.data), known=known)
