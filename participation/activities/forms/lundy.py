"""The form of the four questions."""

from typing import Any

from participation.activities.rules.lundy import (
    EMPTY_LABELS,
    LONGEST_ANSWER,
    QUESTION_HINTS,
    QUESTION_LABELS,
    LundyQuestion,
)
from participation.foundation.forms import Form, TextBlock


def _question(question: LundyQuestion) -> Any:
    return TextBlock(
        QUESTION_LABELS[question],
        hint=QUESTION_HINTS[question],
        missing=EMPTY_LABELS[question],
        max_length=LONGEST_ANSWER,
        rows=3,
    )


class LundyForm(Form):
    """How children get space, voice, audience and influence."""

    space = _question(LundyQuestion.SPACE)
    voice = _question(LundyQuestion.VOICE)
    audience = _question(LundyQuestion.AUDIENCE)
    influence = _question(LundyQuestion.INFLUENCE)

    def answers(self) -> dict[LundyQuestion, str]:
        return {question: self[question.value].data for question in LundyQuestion}
