"""A version's questions and where their answers lie, parsed once per content and process."""

from dataclasses import dataclass, field
from functools import lru_cache

from sqlalchemy.orm import Session

from participation.questionnaires.models import QuestionnaireVersion, SurveyRound
from participation.questionnaires.rules.content import Content
from participation.questionnaires.rules.packing import Place, read_layout
from participation.questionnaires.rules.reading import read_stored

TREES_KEPT = 64


@lru_cache(maxsize=TREES_KEPT)
def _tree(_digest: str, source: "_Source") -> Content:
    return read_stored(source.version.content)


@dataclass(frozen=True)
class _Source:
    """Carries a version past the cache, which goes by the digest alone.

    Its content and layout are fetched only when they are not known yet (queries/rounds.py).
    """

    version: QuestionnaireVersion = field(hash=False, compare=False)


def content_of(version: QuestionnaireVersion) -> Content:
    """A version's tree of questions; parsed once per content and process."""
    return _tree(version.digest, _Source(version))


@lru_cache(maxsize=TREES_KEPT)
def _places(_digest: str, source: "_Source") -> tuple[Place, ...]:
    return read_layout(source.version.layout)


def layout_of(version: QuestionnaireVersion) -> tuple[Place, ...]:
    """Where a published version's answers lie in their rows."""
    return _places(version.digest, _Source(version))


def content_of_round(session: Session, survey_round: SurveyRound) -> Content:
    """The questions a round asks."""
    return content_of(survey_round.version)
