"""The county's own surveys and what came of them, for the survey inventory."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased, contains_eager

from participation.commitments.models import Commitment
from participation.county.models import Area, Unit
from participation.disclosure.models import Release
from participation.foundation.clock import now
from participation.questionnaires.models import (
    Questionnaire,
    QuestionnaireVersion,
    SurveyRound,
)
from participation.questionnaires.rules.rounds import Mode
from participation.questionnaires.rules.words import EASY, FIRST_LANGUAGE
from participation.results.models import Finding
from participation.results.queries import standing_by_source


@dataclass
class HeldSurvey:
    """A questionnaire that has been asked, with its newest round and what came of it all."""

    round: SurveyRound
    area: str
    unit: str
    titles: Mapping[str, str]  # in the languages it speaks beside Swedish
    area_names: Mapping[str, str]
    release_id: str = ""  # of the newest publication of any of its rounds
    findings: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)  # what groups said they will do


def held_surveys(session: Session) -> list[HeldSurvey]:
    """Every questionnaire that has been open to many, by title. Four statements.

    Rounds with names are for the people they were sent to, and stand on no public page.
    """
    rows = session.execute(
        select(SurveyRound, Area.name, Unit.name, QuestionnaireVersion.content["title"], Area.names)
        .join(SurveyRound.version)
        .join(QuestionnaireVersion.questionnaire)
        .outerjoin(Area, Area.id == SurveyRound.area_id)
        .outerjoin(Unit, Unit.id == SurveyRound.unit_id)
        .options(
            contains_eager(SurveyRound.version)
            .defer(QuestionnaireVersion.content)
            .defer(QuestionnaireVersion.layout),
            contains_eager(SurveyRound.version, QuestionnaireVersion.questionnaire),
        )
        .where(SurveyRound.opens_at <= now(), SurveyRound.mode != Mode.NAMED)
        .order_by(Questionnaire.title, SurveyRound.closes_at.desc(), SurveyRound.id.desc())
    ).all()
    held: dict[int, HeldSurvey] = {}
    by_round: dict[str, HeldSurvey] = {}
    for survey_round, area, unit, words, names in rows:
        key = survey_round.version.questionnaire_id
        titles = {code: text for code, text in words.items() if code not in {FIRST_LANGUAGE, EASY}}
        newest = HeldSurvey(survey_round, area or "", unit or "", titles, names or {})
        survey = held.setdefault(key, newest)
        by_round[survey_round.public_id] = survey
    for public_id, release in standing_by_source(session, list(by_round)).items():
        by_round[public_id].release_id = release.public_id
    _add_what_came(session, by_round)
    return list(held.values())


def _add_what_came(session: Session, by_round: Mapping[str, HeldSurvey]) -> None:
    """Findings that rest on the rounds' numbers, and the groups' public answers to them."""
    source = aliased(Release)
    found = session.execute(
        select(Finding.public_id, Finding.title, source.source_public_id)
        .join(source, source.id == Finding.figure_release_id)
        .where(Finding.state == "published", source.source_public_id.in_(list(by_round)))
        .order_by(Finding.published_at.desc(), Finding.id.desc())
    ).all()
    about: dict[str, HeldSurvey] = {}
    for public_id, title, round_id in found:
        about[public_id] = by_round[round_id]
        by_round[round_id].findings.append(title)
    answers = session.execute(
        select(Commitment.subject_public_id, Commitment.action_text)
        .where(
            Commitment.subject_kind == "finding",
            Commitment.subject_public_id.in_(list(about)),
            Commitment.is_public,
            Commitment.action_text != "",
        )
        .order_by(Commitment.answered_on.desc(), Commitment.id.desc())
    )
    for public_id, action in answers:
        about[public_id].answers.append(action)
