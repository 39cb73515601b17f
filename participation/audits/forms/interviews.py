"""The shape of guides and interviews."""

from collections.abc import Iterable, Sequence
from typing import Any

from participation.audits.forms.field import CONSENT_HINT, CONSENT_LABEL, NOTES_HINT
from participation.audits.models import AuditQuestion
from participation.audits.rules.weeks import monday_of, recent_weeks
from participation.coding.rules.drafts import ROLE_LABELS
from participation.foundation.clock import today
from participation.foundation.forms import (
    Form,
    Hidden,
    ManyOf,
    OneOf,
    OneOfList,
    TextBlock,
    Tick,
)
from participation.foundation.i18n import format_day
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l

LONGEST_NOTES = 20_000
_ANSWER = "answer_"


class QuestionForm(Form):
    """One more question of the guide."""

    text = TextBlock(
        _l("Question"), hint=_l("Open, short, about one thing."), rows=2, max_length=500
    )
    follow_up = TextBlock(_l("Ask further"), optional=True, rows=2, max_length=500)


class PickForm(Form):
    """Questions out of the library, theme by theme."""

    questions = ManyOf(_l("Questions"), [], missing=_l("Choose at least one question."))
    wording = OneOf(
        _l("Which words?"),
        [("usual", _l("Usual words")), ("easy", _l("Easy words"))],
        default="usual",
    )


class CopyForm(Form):
    """The guide of another audit."""

    audit = OneOfList(_l("Whose guide?"), [])


def _week(week: str) -> str:
    return _("Week %(number)s, from %(day)s", number=int(week[6:]), day=format_day(monday_of(week)))


def _weeks() -> list[tuple[str, str]]:
    return [(week, _week(week)) for week, _monday in recent_weeks(today())]


class InterviewForm(Form):
    """Notes of one interview; `interview_form` adds a field for each question of the guide."""

    respondent_role = OneOf(
        _l("Who did you talk with?"),
        [(role, label) for role, label in ROLE_LABELS.items() if role != "professional"],
    )
    held_week = OneOfList(_l("Which week?"), [])
    second = OneOfList(_l("Who was with you?"), [("", _l("Nobody else"))], optional=True)
    consent = Tick(
        CONSENT_LABEL,
        hint=CONSENT_HINT,
        must=_l("Without the person's yes nothing is saved. Tick, or leave the page."),
    )
    notes = TextBlock(
        _l("Anything else that was said"),
        hint=NOTES_HINT,
        optional=True,
        max_length=LONGEST_NOTES,
        rows=6,
    )
    consent_version = Hidden()
    was = Hidden()

    @property
    def answers(self) -> dict[int, str]:
        """What was noted at each question that has a field."""
        return {int(one.name.removeprefix(_ANSWER)): one.data or "" for one in self.answer_fields}

    @property
    def answer_fields(self) -> list[Any]:
        return [one for one in self if one.name.startswith(_ANSWER)]

    def validate(self, extra_validators: Any = None) -> bool:
        is_valid = bool(super().validate(extra_validators))
        if is_valid and not (self.notes.data or any(self.answers.values())):
            self.add_error("notes", _("Nothing is written yet."))
            return False
        return is_valid


def interview_form(
    questions: Iterable[AuditQuestion],
    colleagues: Sequence[tuple[str, str]],
    extra_week: str = "",
    **values: Any,
) -> InterviewForm:
    """The form with a field for each question of the guide. `colleagues`: place and name.
    `extra_week`: one that may be chosen however long ago it was."""
    asked = {
        f"{_ANSWER}{one.number}": TextBlock(
            one.text, hint=one.follow_up, optional=True, rows=4, max_length=LONGEST_NOTES
        )
        for one in questions
    }
    form: InterviewForm = type("AskedForm", (InterviewForm,), asked)(**values)
    weeks = _weeks()
    if extra_week and extra_week not in dict(weeks):
        weeks.append((extra_week, _week(extra_week)))
    form.held_week.choices = weeks
    form.second.choices = [("", _("Nobody else")), *colleagues]
    return form
