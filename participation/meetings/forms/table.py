"""Forms on a table's phone. The page gives the CSRF value that follows from the table's code."""

from participation.foundation.deidentification import Certainty, find_spans
from participation.foundation.forms import Form, Hidden, ManyOf, TextBlock
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l
from participation.foundation.i18n import ngettext
from participation.meetings.rules.states import LONGEST_NOTE, LONGEST_STATEMENT


class TableForm(Form):
    class Meta(Form.Meta):
        csrf = False


class NoteForm(TableForm):
    text = TextBlock(
        _l("What did you talk about?"),
        hint=_l("One thing at a time. No names."),
        missing=_l("Write something first."),
        max_length=LONGEST_NOTE,
        rows=4,
    )


class StatementForm(TableForm):
    text = TextBlock(
        _l("What does your table want to say?"),
        hint=_l("One sentence that everybody at the table can stand behind. No names."),
        missing=_l("Write something first."),
        max_length=LONGEST_STATEMENT,
        rows=3,
    )
    seen = Hidden(max_length=LONGEST_STATEMENT)

    def is_seen(self) -> bool:
        """Whether no word points to somebody, or the table has read those and pressed once more."""
        text = self.text.data
        found = [
            text[one.start : one.end]
            for one in find_spans(text)
            if one.certainty > Certainty.POSSIBLE
        ]
        if not found or self.seen.data == " · ".join(found):
            return True
        self.seen.data = " · ".join(found)
        self.add_error(
            "text",
            _(
                "This may point to somebody: %(words)s. Every table sees it at once. Change it, or "
                "show it as it is.",
                words=self.seen.data,
            ),
        )
        return False


class DotsForm(TableForm):
    chosen = ManyOf("", [], optional=True)

    def offer(self, statements: list[tuple[str, str]], most: int) -> "DotsForm":
        self.chosen.choices = statements
        self.chosen.label.text = ngettext(
            "Choose the statement that matters most to you",
            "Choose at most %(num)s statements that matter most to you",
            most,
        )
        return self

    def refuse_too_many(self, most: int, chosen: int) -> None:
        self.add_error(
            "chosen",
            _(
                "You have %(most)s dots and chose %(chosen)s. Take some away.",
                most=most,
                chosen=chosen,
            ),
        )
