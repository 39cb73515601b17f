"""The form behind a personal link."""

from typing import Any

from participation.activities.rules.states import ANSWER_LABELS, Answer
from participation.foundation.forms import Form, OneOf, TextBlock
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l
from participation.interest_bank.rules import choices


class ReplyForm(Form):
    text = TextBlock(
        _l("Your answer"),
        rows=4,
        max_length=2_000,
        hint=_l("They get a mail, and read it behind their link."),
    )


class AnswerForm(Form):
    answer = OneOf(
        _l("What do you say?"), choices(ANSWER_LABELS), missing=_l("Choose one of the answers.")
    )
    words = TextBlock(
        _l("Do you want to add something?"),
        optional=True,
        rows=3,
        max_length=1_000,
        hint=_l("You need not say why you say no."),
    )

    def validate(self, extra_validators: Any = None) -> bool:
        holds = bool(super().validate(extra_validators))
        if self.answer.data == Answer.MORE and not self.words.data:
            self.add_error("words", _("Write what you want to know."))
            return False
        return holds


class RecordForm(AnswerForm):
    """What somebody said by phone, as a coordinator notes it."""

    answer = OneOf(
        _l("What did the person say?"),
        choices(ANSWER_LABELS),
        missing=_l("Choose one of the answers."),
    )
    words = TextBlock(_l("What did they add?"), optional=True, rows=3, max_length=1_000)
