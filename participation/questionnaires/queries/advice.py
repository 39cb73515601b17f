"""Which advice on a questionnaire has been considered."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from participation.foundation.errors import NotFound
from participation.foundation.permissions import Actor
from participation.questionnaires.models import ConsideredAdvice, Questionnaire
from participation.questionnaires.queries.versions import may_manage


def considered_advice(session: Session, questionnaire_id: int) -> frozenset[tuple[str, str, str]]:
    """(question key, code, digest of the words it was about)."""
    row = ConsideredAdvice
    found = session.execute(
        select(row.question_key, row.code, row.wording)
        .where(row.questionnaire_id == questionnaire_id)
        .order_by(row.question_key, row.code)
    )
    return frozenset((key, code, words) for key, code, words in found)


def advised_questionnaire(
    session: Session, actor: Actor, public_id: str
) -> tuple[Questionnaire, frozenset[tuple[str, str, str]]]:
    """One questionnaire with the same about it, in one statement.

    Raises:
        NotFound: also for who may not manage it.
    """
    found = (
        session.scalars(
            select(Questionnaire)
            .where(Questionnaire.public_id == public_id)
            .options(joinedload(Questionnaire.considered))
            .order_by(Questionnaire.id)
        )
        .unique()
        .one_or_none()
    )
    if found is None or not may_manage(actor):
        raise NotFound
    return found, frozenset((one.question_key, one.code, one.wording) for one in found.considered)
