"""The four questions to answer before a child is invited.

Source: Lundy, "Voice" is not enough (British Educational Research Journal 33:6, 2007): article
12 of the Convention on the Rights of the Child asks for space, voice, audience and influence.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from participation.foundation.i18n import lazy_gettext as _l

LONGEST_ANSWER = 1_000


class LundyQuestion(StrEnum):
    SPACE = "space"
    VOICE = "voice"
    AUDIENCE = "audience"
    INFLUENCE = "influence"


QUESTION_LABELS: Mapping[str, Any] = {
    LundyQuestion.SPACE: _l("Space: where and when can the children speak and feel safe?"),
    LundyQuestion.VOICE: _l("Voice: how do we make it easy for them to say what they think?"),
    LundyQuestion.AUDIENCE: _l("Audience: who listens, who can decide something?"),
    LundyQuestion.INFLUENCE: _l("Influence: what can change, and when do they hear about it?"),
}
QUESTION_HINTS: Mapping[str, Any] = {
    LundyQuestion.SPACE: _l("Place, time, a grown-up to trust, and the right to say no."),
    LundyQuestion.VOICE: _l("Information in their words; talking, drawing, writing; interpreter."),
    LundyQuestion.AUDIENCE: _l(
        "Name a function that takes it further, not only who leads the talk."
    ),
    LundyQuestion.INFLUENCE: _l("Say what is open and what is not, and the day of the answer."),
}
EMPTY_LABELS: Mapping[str, Any] = {
    LundyQuestion.SPACE: _l("Write where and when the children can speak."),
    LundyQuestion.VOICE: _l("Write how we make it easy to say what they think."),
    LundyQuestion.AUDIENCE: _l("Write who listens and can decide."),
    LundyQuestion.INFLUENCE: _l("Write what can change and when they hear about it."),
}
