"""Forms of the short evaluation: a person's own, and making their words readable."""

from participation.activities.rules.evaluation import QUESTIONS, THOUGHT_LABELS, Thought
from participation.foundation.forms import Form, OneOf, TextBlock
from participation.foundation.i18n import lazy_gettext as _l
from participation.interest_bank.rules import choices

MISSING = _l("Choose one of the answers.")


class EvaluationForm(Form):
    understood = OneOf(QUESTIONS["understood"], choices(THOUGHT_LABELS), missing=MISSING)
    listened = OneOf(QUESTIONS["listened"], choices(THOUGHT_LABELS), missing=MISSING)
    again = OneOf(QUESTIONS["again"], choices(THOUGHT_LABELS), missing=MISSING)
    words = TextBlock(
        _l("What should we do in another way?"),
        optional=True,
        rows=4,
        max_length=2_000,
        hint=_l("Leave out names. A coordinator reads it, and takes away what shows who you are."),
    )

    def thoughts(self) -> dict[str, Thought]:
        return {name: Thought(self[name].data) for name in QUESTIONS}


class ShownWordsForm(Form):
    """What the activity's page may show of somebody's words."""

    text = TextBlock(_l("What the page shows"), rows=4, max_length=2_000)
