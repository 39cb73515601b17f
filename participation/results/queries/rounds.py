"""Rounds that are over, and what is published of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.disclosure.models import Release
from participation.foundation.errors import NotFound
from participation.foundation.jobs import Job
from participation.foundation.permissions import Actor, Permission
from participation.questionnaires import queries as questionnaires
from participation.questionnaires.models import (
    QuestionnaireVersion,
    SurveyRound,
)

JOB_KIND = "results.publish_round"

PREVIEW_KIND = "results.preview_round"


@dataclass(frozen=True)
class RoundLine:
    """A closed round and its newest standing release, if it has one."""

    round: SurveyRound
    title: str
    release: Release | None


def closed_rounds(session: Session, actor: Actor) -> list[RoundLine]:
    """Rounds that are over, newest first, with what is published of them. Two queries."""
    if not actor.scope(Permission.PUBLISH_FINDINGS).everywhere:
        return []
    over = questionnaires.rounds_over(session, actor)
    published = standing_by_source(session, [found.public_id for found in over])
    return [RoundLine(found, round_title(found), published.get(found.public_id)) for found in over]


def closed_round(session: Session, actor: Actor, public_id: str) -> RoundLine:
    """One round that is over. Raises NotFound."""
    for line in closed_rounds(session, actor):
        if line.round.public_id == public_id:
            return line
    raise NotFound


def round_title(found: SurveyRound) -> str:
    """ "Enkät till närstående 2026"."""
    version: QuestionnaireVersion = found.version
    return f"{version.questionnaire.title} {found.wave_label}"


def standing_by_source(session: Session, public_ids: list[str]) -> Mapping[str, Release]:
    """The newest standing release of each of these rounds. One statement."""
    rows = session.scalars(
        select(Release)
        .where(
            Release.source_kind == "round",
            Release.source_public_id.in_(public_ids),
            Release.withdrawn_at.is_(None),
        )
        .order_by(Release.number, Release.id)
    )
    return {found.source_public_id: found for found in rows}


def newest_publication_job(session: Session, round_id: int) -> Job | None:
    """The newest try to publish a round's totals."""
    return _newest_job(session, JOB_KIND, round_id)


def newest_preview_job(session: Session, round_id: int) -> Job | None:
    """The newest look at what the gate would do to a round's totals."""
    return _newest_job(session, PREVIEW_KIND, round_id)


def _newest_job(session: Session, kind: str, round_id: int) -> Job | None:
    return session.scalar(
        select(Job)
        .where(Job.kind == kind, Job.once_key.startswith(f"{kind}:{round_id}:"))
        .order_by(Job.id.desc())
        .limit(1)
    )
