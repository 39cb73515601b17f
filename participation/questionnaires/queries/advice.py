"""Which advice on a questionnaire has been considered."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.questionnaires.models import ConsideredAdvice


def considered_advice(session: Session, questionnaire_id: int) -> frozenset[tuple[str, str, str]]:
    """(question key, code, digest of the words it was about)."""
    row = ConsideredAdvice
    found = session.execute(
        select(row.question_key, row.code, row.wording)
        .where(row.questionnaire_id == questionnaire_id)
        .order_by(row.question_key, row.code)
    )
    return frozenset((key, code, words) for key, code, words in found)
