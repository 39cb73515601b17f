"""Advice that the authors of a questionnaire have thought about."""

from sqlalchemy import delete
from sqlalchemy.orm import Session

from participation.questionnaires.models import ConsideredAdvice, Questionnaire


def consider_advice(
    session: Session, questionnaire: Questionnaire, key: str, code: str, wording: str
) -> None:
    """Keep that this advice was considered, for the words as they stand; twice is once."""
    remind_of_advice(session, questionnaire, key, code)
    session.add(
        ConsideredAdvice(
            questionnaire_id=questionnaire.id, question_key=key, code=code, wording=wording
        )
    )
    session.flush()


def remind_of_advice(session: Session, questionnaire: Questionnaire, key: str, code: str) -> None:
    """Give the advice again."""
    row = ConsideredAdvice
    session.execute(
        delete(row).where(
            row.questionnaire_id == questionnaire.id, row.question_key == key, row.code == code
        )
    )
