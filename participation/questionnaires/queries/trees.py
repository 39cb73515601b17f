"""A version's questions and where their answers lie, parsed once per content and process."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from sqlalchemy.orm import Session

from participation.questionnaires.models import QuestionnaireVersion, SurveyRound
from participation.questionnaires.rules.content import Content
from participation.questionnaires.rules.packing import Place, read_layout
from participation.questionnaires.rules.reading import read_content

TREES_KEPT = 64


@lru_cache(maxsize=TREES_KEPT)
def _tree(_digest: str, source: "_Source") -> Content:
    return read_content(source.content, allow_empty=True)


@dataclass(frozen=True)
class _Source:
    """Carries a content past the cache, which goes by the digest alone."""

    content: Mapping[str, Any] = field(hash=False, compare=False)


def content_of(version: QuestionnaireVersion) -> Content:
    """A version's tree of questions; parsed once per content and process."""
    return _tree(version.digest, _Source(version.content))


@lru_cache(maxsize=TREES_KEPT)
def _places(_digest: str, source: "_Layout") -> tuple[Place, ...]:
    return read_layout(source.places)


@dataclass(frozen=True)
class _Layout:
    places: Sequence[Mapping[str, Any]] = field(hash=False, compare=False)


def layout_of(version: QuestionnaireVersion) -> tuple[Place, ...]:
    """Where a published version's answers lie in their rows."""
    return _places(version.digest, _Layout(version.layout))


def content_of_round(session: Session, survey_round: SurveyRound) -> Content:
    """The questions a round asks."""
    return content_of(survey_round.version)
