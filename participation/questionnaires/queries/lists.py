"""The coordinator's two lists, as statements for paging: rounds, and what has been written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import Session

from participation.foundation.clock import now
from participation.foundation.permissions import Actor
from participation.questionnaires.models import Questionnaire, QuestionnaireVersion, SurveyRound
from participation.questionnaires.queries.rounds import WITH_VERSION, is_open
from participation.questionnaires.queries.versions import may_manage
from participation.questionnaires.rules.rounds import RoundState
from participation.questionnaires.rules.words import LANGUAGES

# Other languages that names are searched in: the platform's own, the national minorities', and
# those most spoken beside them. A JSON column is asked for each by its key.
SEARCHED_IN = (
    *LANGUAGES[1:],
    *("fi", "se", "rom", "yi", "so", "uk", "fa", "ps", "ti", "ckb", "kmr", "pl", "ru", "sr", "bs"),
    *("es", "fr", "de", "tr", "th", "vi", "zh"),
)


def rounds_listed(
    actor: Actor, state: str = "", words: str = "", moment: datetime | None = None
) -> Select[SurveyRound]:
    """Rounds the actor manages, the one that closes last first.

    `state`: how they stand at `moment` (now), all when empty. `words`: in the questionnaire's
    name, in any language, or the round's own.
    """
    if not may_manage(actor):
        return WITH_VERSION.where(false())
    statement = WITH_VERSION
    if state in set(RoundState):
        statement = statement.where(_stands(RoundState(state), moment or now()))
    for word in words.split():
        in_swedish = Questionnaire.title.icontains(word, autoescape=True)
        in_wave = SurveyRound.wave_label.icontains(word, autoescape=True)
        statement = statement.where(or_(in_swedish, in_wave, _in_other_names(word)))
    return statement.order_by(SurveyRound.closes_at.desc(), SurveyRound.id.desc())


def _in_other_names(word: str) -> ColumnElement[bool]:
    """Whether a version is called something with `word` in another language than Swedish."""
    title = QuestionnaireVersion.content["title"]
    return or_(*(title[code].as_string().icontains(word, autoescape=True) for code in SEARCHED_IN))


def _stands(state: RoundState, moment: datetime) -> Any:
    """What `rules.rounds.standing` says of one round, of all."""
    is_over = SurveyRound.state.in_([RoundState.CLOSED, RoundState.PUBLISHED])
    return {
        RoundState.PLANNED: and_(
            ~is_over, SurveyRound.opens_at > moment, SurveyRound.closes_at > moment
        ),
        RoundState.OPEN: is_open(moment),
        RoundState.CLOSED: or_(
            SurveyRound.state == RoundState.CLOSED,
            and_(~is_over, SurveyRound.closes_at <= moment),
        ),
        RoundState.PUBLISHED: SurveyRound.state == RoundState.PUBLISHED,
    }[state]


def questionnaires_listed(actor: Actor, words: str = "") -> Select[Questionnaire]:
    """Questionnaires the actor manages, by name. `words`: in the name, in any language."""
    if not may_manage(actor):
        return select(Questionnaire).where(false())
    statement = select(Questionnaire)
    for word in words.split():
        elsewhere = select(QuestionnaireVersion.questionnaire_id).where(_in_other_names(word))
        in_swedish = Questionnaire.title.icontains(word, autoescape=True)
        statement = statement.where(or_(in_swedish, Questionnaire.id.in_(elsewhere)))
    return statement.order_by(Questionnaire.title, Questionnaire.id)


@dataclass(frozen=True)
class Written:
    """How far a questionnaire has come.

    `newest`: the number of its newest version. `published`: of its newest published one, None
    when it has none. `last_asked`: when its latest round began or begins.
    """

    newest: int
    published: int | None
    last_asked: datetime | None

    @property
    def has_draft(self) -> bool:
        return self.newest != self.published


def how_far(session: Session, questionnaire_ids: Sequence[int]) -> Mapping[int, Written]:
    """How far each of these questionnaires has come. One statement."""
    version = QuestionnaireVersion
    is_public = version.published_at.is_not(None)
    found = session.execute(
        select(
            version.questionnaire_id,
            func.max(version.number),
            func.max(version.number).filter(is_public),
            func.max(SurveyRound.opens_at),
        )
        .outerjoin(SurveyRound, SurveyRound.version_id == version.id)
        .where(version.questionnaire_id.in_(questionnaire_ids))
        .group_by(version.questionnaire_id)
    )
    return {key: Written(newest, published, asked) for key, newest, published, asked in found}
