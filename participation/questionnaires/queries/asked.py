"""What is asked already: here, and in the surveys of others that the inventory knows."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.inventory.queries import questions_asked
from participation.questionnaires.models import Questionnaire, QuestionnaireVersion
from participation.questionnaires.queries.trees import content_of
from participation.questionnaires.rules.content import BATTERY, Content, Question
from participation.questionnaires.rules.likeness import AskedBefore, about, most_alike
from participation.questionnaires.rules.words import FIRST_LANGUAGE

CONTENTS_KEPT = 512
QUESTIONS_KEPT = 4_096


@lru_cache(maxsize=CONTENTS_KEPT)
def _known(_digest: str) -> dict[str, tuple[tuple[str, str, frozenset[str]], ...]]:
    """A box per content for its questions' stems; filled when the content has been read once."""
    return {}


def asked_elsewhere(session: Session, questionnaire_id: int) -> Sequence[AskedBefore]:
    """The questions of all other questionnaires' newest versions, and of others' surveys.

    A content that was seen before is not read again: three statements at most.
    """
    version = QuestionnaireVersion
    newest = (
        select(version.questionnaire_id, func.max(version.number).label("number"))
        .where(version.questionnaire_id != questionnaire_id)
        .group_by(version.questionnaire_id)
        .subquery()
    )
    rows = session.execute(
        select(version.id, version.digest, Questionnaire.title, Questionnaire.public_id)
        .join(newest, (newest.c.questionnaire_id == version.questionnaire_id))
        .join(Questionnaire, Questionnaire.id == version.questionnaire_id)
        .where(version.number == newest.c.number)
        .order_by(Questionnaire.title, version.id)
    ).all()
    unknown = [row.id for row in rows if not _known(row.digest)]
    if unknown:
        for found in session.scalars(
            select(version).where(version.id.in_(unknown)).order_by(version.id)
        ):
            _known(found.digest)["asked"] = tuple(_stemmed(content_of(found)))
    return [
        AskedBefore(row.title, row.public_id, key, text, stems)
        for row in rows
        for key, text, stems in _known(row.digest).get("asked", ())
    ] + [
        AskedBefore(name, public_id, "", question, _about(question), is_elsewhere=True)
        for name, public_id, question in questions_asked(session)
    ]


@lru_cache(maxsize=QUESTIONS_KEPT)
def _about(question: str) -> frozenset[str]:
    return about(question)


def _stemmed(content: Content) -> list[tuple[str, str, frozenset[str]]]:
    return [
        (question.key, text, about(text))
        for question in content.asked.values()
        if (text := question.text.said(FIRST_LANGUAGE))
    ]


def alike_elsewhere(
    questions: Sequence[Question], others: Sequence[AskedBefore]
) -> Mapping[str, Sequence[AskedBefore]]:
    """By question key: who asks nearly the same already; for a battery, about its statements."""
    found = {}
    for question in questions:
        parts = question.rows if question.kind == BATTERY else (question,)
        close = [
            one for part in parts for one in most_alike(part.text.said(FIRST_LANGUAGE), others)
        ]
        if close:
            found[question.key] = close[:3]
    return found
