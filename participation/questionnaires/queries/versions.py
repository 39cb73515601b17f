"""Questionnaires and their versions, and who may manage them."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, joinedload

from participation.foundation.errors import NotFound
from participation.foundation.permissions import Actor, Permission
from participation.questionnaires.models import (
    Questionnaire,
    QuestionnaireVersion,
    SurveySeries,
)


def may_manage(actor: Actor) -> bool:
    """Questionnaires are the whole county's, so a narrower coordinator manages none."""
    return actor.scope(Permission.MANAGE_QUESTIONNAIRES).everywhere


def check_manager(actor: Actor) -> None:
    """Raises NotFound for whoever may not manage questionnaires for the whole county."""
    if not may_manage(actor):
        raise NotFound


def questionnaire(
    session: Session, actor: Actor, public_id: str, *, to_change: bool = False
) -> Questionnaire:
    """One questionnaire; `to_change` locks it. Raises NotFound, also for who may not manage it."""
    statement = select(Questionnaire).where(Questionnaire.public_id == public_id)
    found = session.scalar(statement.with_for_update() if to_change else statement)
    if found is None or not may_manage(actor):
        raise NotFound
    return found


def versions(session: Session, questionnaire_id: int) -> Sequence[QuestionnaireVersion]:
    """The versions of a questionnaire, newest first."""
    version = QuestionnaireVersion
    return session.scalars(
        select(version)
        .where(version.questionnaire_id == questionnaire_id)
        .options(joinedload(version.questionnaire))
        .order_by(version.number.desc(), version.id)
    ).all()


def versions_by_key(
    session: Session, keys: Sequence[str]
) -> Mapping[str, Sequence[QuestionnaireVersion]]:
    """The versions of each questionnaire that is here, newest first. One statement."""
    found: dict[str, list[QuestionnaireVersion]] = {}
    for one in session.scalars(
        select(QuestionnaireVersion)
        .join(QuestionnaireVersion.questionnaire)
        .where(Questionnaire.key.in_(keys))
        .options(contains_eager(QuestionnaireVersion.questionnaire))
        .order_by(QuestionnaireVersion.number.desc(), QuestionnaireVersion.id)
    ):
        found.setdefault(one.questionnaire.key, []).append(one)
    return found


def version(session: Session, questionnaire_id: int, number: int) -> QuestionnaireVersion:
    """One version by its number. Raises NotFound."""
    for found in versions(session, questionnaire_id):
        if found.number == number:
            return found
    raise NotFound


def questionnaire_by_key(session: Session, key: str) -> Questionnaire | None:
    return session.scalar(select(Questionnaire).where(Questionnaire.key == key))


def newest_published(session: Session, questionnaire_id: int) -> QuestionnaireVersion | None:
    """What a new round asks."""
    found = versions(session, questionnaire_id)
    return next((one for one in found if one.is_published), None)


def all_published(session: Session) -> Sequence[Questionnaire]:
    """Questionnaires that have a published version; for the search index."""
    published = select(QuestionnaireVersion.questionnaire_id).where(
        QuestionnaireVersion.published_at.is_not(None)
    )
    statement = select(Questionnaire).where(Questionnaire.id.in_(published))
    return session.scalars(statement.order_by(Questionnaire.id)).all()


def all_series(session: Session) -> Sequence[SurveySeries]:
    return session.scalars(select(SurveySeries).order_by(SurveySeries.title, SurveySeries.id)).all()
