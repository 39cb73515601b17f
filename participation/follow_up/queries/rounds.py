"""What became of a round's answers: for those who answered and are nobody to us."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from participation.disclosure.models import Release
from participation.follow_up.queries.feedback import Case, cases_of_findings
from participation.follow_up.queries.voices import rounds_behind
from participation.foundation.errors import NotFound
from participation.questionnaires.models import QuestionnaireVersion, SurveyRound
from participation.questionnaires.rules.rounds import RoundState
from participation.results.models import Finding
from participation.results.queries import as_findings, published_statement, standing_by_source
from participation.results.rules.findings import PublishedFinding


@dataclass(frozen=True)
class FollowedRound:
    """A round, what is published of it, the findings that rest on it and what was answered."""

    round: SurveyRound
    state: RoundState
    release: Release | None
    findings: Sequence[PublishedFinding]
    cases: Sequence[Case]

    def of(self, finding: PublishedFinding) -> list[Case]:
        """The matters of one finding."""
        return [one for one in self.cases if one.feedback.finding_id == finding.finding_id]


def followed_round(session: Session, public_id: str, today: date) -> FollowedRound:
    """A round that public pages tell of, from the day it opens. Raises NotFound."""
    found = session.scalar(
        select(SurveyRound)
        .where(SurveyRound.public_id == public_id)
        .options(joinedload(SurveyRound.version).joinedload(QuestionnaireVersion.questionnaire))
    )
    if found is None or not found.is_listed or found.standing() is RoundState.PLANNED:
        raise NotFound
    findings = _findings(session, public_id)
    return FollowedRound(
        round=found,
        state=found.standing(),
        release=standing_by_source(session, [public_id]).get(public_id),
        findings=findings,
        cases=cases_of_findings(session, [one.finding_id for one in findings], today),
    )


def _findings(session: Session, public_id: str) -> list[PublishedFinding]:
    behind = rounds_behind().subquery()
    resting = select(behind.c.finding_id).where(behind.c.round_public_id == public_id)
    return as_findings(session.execute(published_statement().where(Finding.id.in_(resting))).all())
