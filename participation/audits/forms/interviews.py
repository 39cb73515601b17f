"""The shape of guides and interviews."""

from participation.audits.rules.weeks import recent_weeks
from participation.coding.rules.drafts import ROLE_LABELS
from participation.foundation.clock import today
from participation.foundation.forms import (
    Form,
    ManyOf,
    OneOf,
    OneOfList,
    TextBlock,
)
from participation.foundation.i18n import format_day
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l


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


def _weeks() -> list[tuple[str, str]]:
    return [
        (week, _("Week %(number)s, from %(day)s", number=int(week[6:]), day=format_day(monday)))
        for week, monday in recent_weeks(today())
    ]


class InterviewForm(Form):
    """Notes of one interview."""

    respondent_role = OneOf(
        _l("Who did you talk with?"),
        [(role, label) for role, label in ROLE_LABELS.items() if role != "professional"],
    )
    held_week = OneOfList(_l("Which week?"), _weeks)
    notes = TextBlock(
        _l("Your notes"),
        hint=_l(
            "Write what was said, in the person's own words where you can. "
            "No names, no dates, nothing that points to somebody."
        ),
        max_length=20_000,
        rows=14,
    )
