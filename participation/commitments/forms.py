"""The shape of input on the pages of commitments."""

from datetime import date
from typing import Any

from wtforms.validators import ValidationError

from participation.commitments.rules import (
    Answer,
    ListFilter,
    Status,
    can_become,
    is_far_ahead,
    needs_action,
)
from participation.foundation.clock import today
from participation.foundation.forms import (
    Day,
    Form,
    OneOf,
    OneOfList,
    TextBlock,
    TextLine,
    Tick,
)
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l

ANSWER_NAMES: dict[Answer, Any] = {
    Answer.YES: _l("Yes, we do it"),
    Answer.PARTLY: _l("Yes, partly"),
    Answer.NO: _l("No"),
}
STATUS_NAMES: dict[Status, tuple[str, Any]] = {
    Status.OPEN: ("new", _l("Waiting for an answer")),
    Status.IN_PROGRESS: ("going", _l("In progress")),
    Status.DONE: ("done", _l("Done")),
    Status.DECLINED: ("no", _l("No")),
    Status.CALLED_OFF: ("no", _l("No answer is needed any more")),
}
FILTER_NAMES: dict[ListFilter, Any] = {
    ListFilter.LATE: _l("Late"),
    ListFilter.OPEN: _l("Not finished"),
    ListFilter.OVER: _l("Finished"),
    ListFilter.ALL: _l("All"),
}


class AnswerForm(Form):
    """Yes, partly or no, and why; then what, who and when."""

    answer = OneOf(
        _l("What do you answer?"),
        [(answer.value, name) for answer, name in ANSWER_NAMES.items()],
        missing=_l("Choose yes, partly or no."),
    )
    answer_text = TextBlock(
        _l("Why?"),
        hint=_l("Write to those who asked, in plain words. An honest no is better than silence."),
        missing=_l("Say why. A sentence or two is enough."),
    )
    action_text = TextBlock(
        _l("What will you do?"), hint=_l("Leave it empty if you say no."), optional=True, rows=3
    )
    responsible = TextLine(
        _l("Who sees to it?"), hint=_l("A function rather than a name."), optional=True
    )
    action_due_on = Day(_l("When is it done?"), optional=True)
    is_done = Tick(_l("It is done already"))
    promised_on: date | None = None  # the day they have promised before, which may have passed

    def validate_action_due_on(self, field: Any) -> None:
        """A mistyped year would make them late at once, in public."""
        if field.data is None or self.answer.data == Answer.NO:
            return
        if is_far_ahead(field.data, today()):
            raise ValidationError(_("The day is more than ten years ahead. Is the year right?"))
        is_kept = field.data == self.promised_on
        if field.data < today() and not self.is_done.data and not is_kept:
            raise ValidationError(
                _("That day has passed. Choose a later one, or tick “It is done already”.")
            )

    def validate(self, extra_validators: Any = None) -> bool:
        """An optional field's own check would be skipped when it is empty."""
        is_valid = bool(super().validate(extra_validators))
        said = self.answer.data
        if said in set(Answer) and needs_action(Answer(said), self.action_text.data or ""):
            self.add_error("action_text", _("Say what you will do."))
            return False
        return is_valid

    @property
    def said(self) -> dict[str, Any]:
        """The answer as answer_commitment takes it."""
        return {
            "answer": self.answer.data,
            "answer_text": self.answer_text.data or "",
            "action_text": self.action_text.data or "",
            "responsible": self.responsible.data or "",
            "action_due_on": self.action_due_on.data,
            "is_done": bool(self.is_done.data),
        }


class TakeBackForm(Form):
    """Why an answer is taken back."""

    reason = TextLine(
        _l("What was wrong?"),
        hint=_l("It stays inside, in the history."),
        missing=_l("Say what was wrong."),
        max_length=300,
    )


class StatusForm(Form):
    """How it goes."""

    status = OneOf(_l("How does it go?"), [])
    text = TextBlock(_l("Tell those who asked"), optional=True, rows=3)

    def offer(self, now: Status) -> "StatusForm":
        """Only what the present status allows."""
        self.status.choices = [
            (status.value, label)
            for status, (_kind, label) in STATUS_NAMES.items()
            if can_become(now, status)
        ]
        return self


class MoveForm(Form):
    """A new day, and why."""

    day = Day(_l("New date"))
    reason = TextLine(
        _l("Why does it take longer?"),
        hint=_l("Everybody can read it."),
        missing=_l("Say why."),
        max_length=300,
    )

    def validate_day(self, field: Any) -> None:
        if field.data and field.data < today():
            raise ValidationError(_("Choose a day that has not passed."))
        if field.data and is_far_ahead(field.data, today()):
            raise ValidationError(_("The day is more than ten years ahead. Is the year right?"))


class CommitmentFilter(Form):
    """Whose commitments to list; fetched, so without CSRF."""

    class Meta(Form.Meta):
        csrf = False

    place = OneOfList(_l("Who owes"), [("", _l("All"))], optional=True)
