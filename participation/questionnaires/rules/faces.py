"""Faces beside the words of a scale: which mood each alternative's face has. Pure.

A face never stands alone: the words are what is read aloud, printed and counted.
"""

from collections.abc import Mapping, Sequence

from participation.questionnaires.rules.content import BATTERY, Option, Question

GLAD_FIRST, GLAD_LAST = "glad_first", "glad_last"
FACES = (GLAD_FIRST, GLAD_LAST)
FACE_KINDS = frozenset({"single", "scale", BATTERY})
FEWEST_FACES, MOST_FACES = 2, 7  # more cannot be told apart
GLADDEST = 100


def with_faces(options: Sequence[Option]) -> list[Option]:
    """The alternatives that get a face: none for "don't know", "none of these" and "other"."""
    return [o for o in options if not (o.is_apart or o.is_exclusive or o.has_text)]


def moods(question: Question) -> Mapping[str, int]:
    """The mood of each face by code, from 100 (glad) to -100 (sad) in even steps.

    {"always": 100, "sometimes": 0, "never": -100}; nothing where there are no faces.
    """
    shown = with_faces(question.options) if question.faces else []
    if len(shown) < FEWEST_FACES:
        return {}
    step = 2 * GLADDEST / (len(shown) - 1)
    falling = [round(GLADDEST - step * place) for place in range(len(shown))]
    if question.faces == GLAD_LAST:
        falling.reverse()
    return {option.code: mood for option, mood in zip(shown, falling, strict=True)}
