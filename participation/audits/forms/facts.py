"""The shape of a remark about a fact, and of its answer."""

from collections.abc import Iterable
from typing import Any

from participation.audits.forms.reports import TITLE_LENGTH
from participation.audits.models import AuditPoint
from participation.audits.rules.facts import FACT_ANSWER_LABELS, FactAnswer
from participation.foundation.forms import Form, OneOf, TextBlock, TextLine
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l

THE_REPORT = "report"


class RemarkForm(Form):
    """The unit says that a fact is wrong."""

    about = OneOf(_l("Where does it stand?"), [], missing=_l("Choose where it stands."))
    text = TextBlock(
        _l("What is wrong, and what is right?"),
        hint=_l("Write no names. The auditors read it and answer you."),
        rows=4,
        max_length=2_000,
    )


def remark_form(points: Iterable[AuditPoint], *, is_report_free: bool, **values: Any) -> RemarkForm:
    """The form with the points that can still be remarked on."""
    form = RemarkForm(**values)
    form.about.choices = [(str(one.id), one.title) for one in points]
    if is_report_free:
        form.about.choices.append((THE_REPORT, _("The report in whole")))
    return form


class AnswerForm(Form):
    """Whether it is corrected, and why. Forms below hold the words that may be corrected."""

    WORDS: tuple[str, ...] = ()

    answer = OneOf(_l("What do you say?"), list(FACT_ANSWER_LABELS.items()))
    reason = TextBlock(
        _l("Why?"),
        hint=_l("The unit reads it. Nothing of who has said what."),
        rows=3,
        max_length=2_000,
    )

    @property
    def said(self) -> dict[str, Any]:
        """The answer, why, and what shall stand there."""
        return {
            "answer": FactAnswer(self.answer.data),
            "reason": self.reason.data,
            "words": {name: self[name].data or "" for name in self.WORDS},
        }


class AnswerPointForm(AnswerForm):
    """The words of one point."""

    WORDS = ("title", "text", "easy_text")

    title = TextLine(_l("In one sentence"), max_length=TITLE_LENGTH)
    text = TextBlock(_l("What did people say?"), rows=4)
    easy_text = TextBlock(_l("The same in easy words"), optional=True, rows=3)


class AnswerReportForm(AnswerForm):
    """The words of the report in whole."""

    WORDS = ("summary", "easy_summary", "method", "independence", "team_note")

    summary = TextBlock(_l("In short"), rows=5)
    easy_summary = TextBlock(_l("In short, in easy words"), optional=True, rows=4)
    method = TextBlock(_l("How the audit was done"), optional=True, rows=5)
    independence = TextBlock(_l("Independence"), optional=True, rows=3)
    team_note = TextBlock(_l("About the team"), optional=True, rows=2)
