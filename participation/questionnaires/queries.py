"""Reading questionnaires, rounds, drafts and whole-round totals."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, Text, and_, cast, column, func, or_, select, true
from sqlalchemy.orm import Session, contains_eager, joinedload

from participation.foundation.clock import now, to_local, year_start
from participation.foundation.errors import NotFound
from participation.foundation.permissions import Actor, Permission
from participation.questionnaires.models import (
    AccessToken,
    Questionnaire,
    QuestionnaireVersion,
    Response,
    ResponseDraft,
    ResponseText,
    SurveyRound,
    SurveySeries,
)
from participation.questionnaires.rules.content import Content, Question
from participation.questionnaires.rules.kinds import kind_of
from participation.questionnaires.rules.packing import Place, read_layout, unpack
from participation.questionnaires.rules.reading import read_content
from participation.questionnaires.rules.rounds import RoundState
from participation.questionnaires.rules.sealing import Draft, access_hash, draft_key, unseal
from participation.questionnaires.rules.words import Words

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


# -- questionnaires and versions -------------------------------------------------------------


def may_manage(actor: Actor) -> bool:
    """Questionnaires are the whole county's, so a narrower coordinator manages none."""
    return actor.scope(Permission.MANAGE_QUESTIONNAIRES).everywhere


def check_manager(actor: Actor) -> None:
    """Raises NotFound for whoever may not manage questionnaires for the whole county."""
    if not may_manage(actor):
        raise NotFound


def questionnaires(session: Session, actor: Actor) -> Sequence[Questionnaire]:
    """All questionnaires by title, for whoever manages them."""
    if not may_manage(actor):
        return []
    statement = select(Questionnaire).order_by(Questionnaire.title, Questionnaire.id)
    return session.scalars(statement).all()


def questionnaire(session: Session, actor: Actor, public_id: str) -> Questionnaire:
    """One questionnaire. Raises NotFound, also for whoever may not manage it."""
    found = session.scalar(select(Questionnaire).where(Questionnaire.public_id == public_id))
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


# -- rounds ----------------------------------------------------------------------------------


def _rounds() -> Select[SurveyRound]:
    """Rounds with what every page about one needs, in one statement."""
    return (
        select(SurveyRound)
        .join(SurveyRound.version)
        .join(QuestionnaireVersion.questionnaire)
        .options(
            contains_eager(SurveyRound.version).contains_eager(QuestionnaireVersion.questionnaire),
            joinedload(SurveyRound.series),
        )
    )


def rounds(
    session: Session, actor: Actor, questionnaire_id: int | None = None
) -> Sequence[SurveyRound]:
    """Rounds, the one that closes last first."""
    if not may_manage(actor):
        return []
    statement = _rounds()
    if questionnaire_id is not None:
        statement = statement.where(QuestionnaireVersion.questionnaire_id == questionnaire_id)
    ordered = statement.order_by(SurveyRound.closes_at.desc(), SurveyRound.id.desc())
    return session.scalars(ordered).all()


def survey_round(session: Session, actor: Actor, public_id: str) -> SurveyRound:
    """One round for whoever manages rounds. Raises NotFound."""
    found: SurveyRound | None = session.scalar(_rounds().where(SurveyRound.public_id == public_id))
    if found is None or not may_manage(actor):
        raise NotFound
    return found


def round_by_id(session: Session, round_id: int) -> SurveyRound:
    """For jobs and subscribers that were handed an id. Raises NotFound."""
    found: SurveyRound | None = session.scalar(_rounds().where(SurveyRound.id == round_id))
    if found is None:
        raise NotFound
    return found


def round_to_answer(session: Session, name: str) -> SurveyRound | None:
    """The round behind an open link: its short name or its public id; anybody may look."""
    found: SurveyRound | None = session.scalar(
        _rounds().where(or_(SurveyRound.slug == name, SurveyRound.public_id == name))
    )
    return found


def open_rounds(session: Session, moment: datetime | None = None) -> Sequence[SurveyRound]:
    """Rounds that take answers at `moment` (now), the one that closes first, first."""
    at = moment or now()
    return session.scalars(
        _rounds().where(_is_open(at)).order_by(SurveyRound.closes_at, SurveyRound.id)
    ).all()


def rounds_past_closing(session: Session, moment: datetime) -> Sequence[int]:
    """Ids of rounds whose time is over and which nobody has closed."""
    return session.scalars(
        select(SurveyRound.id)
        .where(
            SurveyRound.closes_at <= moment,
            SurveyRound.state.in_([RoundState.PLANNED, RoundState.OPEN]),
        )
        .order_by(SurveyRound.id)
    ).all()


def _is_open(moment: datetime) -> Any:
    return and_(
        SurveyRound.opens_at <= moment,
        SurveyRound.closes_at > moment,
        SurveyRound.state.in_([RoundState.PLANNED, RoundState.OPEN]),
    )


def response_counts(session: Session, round_ids: Sequence[int]) -> Mapping[int, int]:
    """How many answers each round has: remembered for closed rounds, counted for open ones."""
    known = session.execute(
        select(SurveyRound.id, SurveyRound.response_count).where(SurveyRound.id.in_(round_ids))
    )
    counts = {round_id: count for round_id, count in known if count is not None}
    uncounted = [round_id for round_id in round_ids if round_id not in counts]
    if uncounted:
        counted = session.execute(
            select(Response.round_id, func.count())
            .where(Response.round_id.in_(uncounted))
            .group_by(Response.round_id)
        )
        counts.update({round_id: int(count) for round_id, count in counted})
    return {round_id: counts.get(round_id, 0) for round_id in round_ids}


def response_total(session: Session) -> int:
    """Answers of all rounds together: how much the platform is used, never what people said."""
    closed = session.scalar(select(func.coalesce(func.sum(SurveyRound.response_count), 0)))
    uncounted = select(SurveyRound.id).where(SurveyRound.response_count.is_(None))
    still = session.scalar(
        select(func.count()).select_from(Response).where(Response.round_id.in_(uncounted))
    )
    return int(closed or 0) + int(still or 0)


# -- answering -------------------------------------------------------------------------------


@dataclass(frozen=True)
class OpenedLink:
    """What a code opens: the round, the draft if one was begun, whether the link is used up."""

    survey_round: SurveyRound
    draft: Draft | None
    is_spent: bool = False
    unit_id: int | None = None


def opened_link(session: Session, code: str, *, lock: bool = False) -> OpenedLink | None:
    """What lies behind a link or resume code; None when nothing does. `lock` before saving."""
    key = draft_key(code)
    statement = select(ResponseDraft.round_id, ResponseDraft.sealed).where(
        ResponseDraft.id == key.row_id
    )
    row = session.execute(statement.with_for_update() if lock else statement).one_or_none()
    if row is not None:
        return OpenedLink(round_by_id(session, row.round_id), unseal(row.sealed, key))
    token = session.get(AccessToken, access_hash(code))
    if token is None:
        return None
    return OpenedLink(round_by_id(session, token.round_id), None, token.is_spent, token.unit_id)


# -- totals of a whole round -----------------------------------------------------------------


@dataclass(frozen=True)
class OptionTotal:
    code: str
    text: Words
    count: int
    is_dont_know: bool = False
    is_not_applicable: bool = False


@dataclass(frozen=True)
class QuestionTotal:
    """One closed question: who answered it at all, and how many chose each option."""

    key: str
    kind: str
    text: Words
    answered: int
    options: tuple[OptionTotal, ...]


@dataclass(frozen=True)
class RoundTotals:
    """Whole-round counts for the disclosure gate. Never shown before the gate let them out."""

    round_id: int
    responses: int
    questions: tuple[QuestionTotal, ...]
    by_role: Mapping[str, int]


def round_totals(session: Session, round_id: int) -> RoundTotals:
    """Count every closed question of a round, in SQL.

    Reads all rows of the round once per question (docs/decisions/0001 has the times): call it in
    a job, never in a view.
    """
    survey_round = round_by_id(session, round_id)
    counts = _counts_by_question(session, survey_round)
    roles = session.execute(
        select(Response.respondent_role, func.count())
        .where(Response.round_id == round_id)
        .group_by(Response.respondent_role)
    )
    by_role = {role: int(count) for role, count in roles}
    content = content_of_round(session, survey_round)
    return RoundTotals(
        round_id,
        sum(by_role.values()),
        tuple(
            _question_total(question, counts.get(question.key, {}))
            for question in content.asked.values()
            if kind_of(question).is_closed
        ),
        by_role,
    )


def _question_total(question: Question, counts: Mapping[str, int]) -> QuestionTotal:
    totals = kind_of(question).summarise(question, counts)
    return QuestionTotal(
        question.key,
        question.kind,
        question.text,
        sum(counts.values()),
        tuple(_option_total(question, code, count) for code, count in totals.items()),
    )


def _option_total(question: Question, code: str, count: int) -> OptionTotal:
    option = question.option(code)
    if option is None:
        return OptionTotal(code, Words({"sv": code}), count)
    return OptionTotal(code, option.text, count, option.is_dont_know, option.is_not_applicable)


def _counts_by_question(
    session: Session, survey_round: SurveyRound
) -> Mapping[str, Mapping[str, int]]:
    """How often each stored value occurs, by question key: one grouping per question."""
    found: dict[str, dict[str, int]] = {}
    for place in layout_of(survey_round.version):
        signs = func.substr(Response.answers, place.start + 1, place.width)
        rows = session.execute(
            select(signs, func.count()).where(Response.round_id == survey_round.id).group_by(signs)
        )
        named = {place.unpack(cut): int(count) for cut, count in rows}
        found[place.key] = {value: count for value, count in named.items() if value is not None}
    return {**found, **_counts_of_numbers(session, survey_round)}


def _counts_of_numbers(
    session: Session, survey_round: SurveyRound
) -> Mapping[str, Mapping[str, int]]:
    asked = content_of_round(session, survey_round).asked.values()
    if not any(kind_of(question).render == "number" for question in asked):
        return {}
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    unpack_json = func.json_each if is_sqlite else func.jsonb_each_text
    pairs = unpack_json(Response.numbers).table_valued(column("key", Text), column("value", Text))
    value = cast(pairs.c.value, Text)
    rows = session.execute(
        select(pairs.c.key, value, func.count())
        .select_from(Response)
        .join(pairs, true())
        .where(Response.round_id == survey_round.id)
        .group_by(pairs.c.key, value)
    )
    found: dict[str, dict[str, int]] = {}
    for key, stored, count in rows:
        found.setdefault(key, {})[str(stored)] = int(count)
    return found


# -- texts for coding ------------------------------------------------------------------------


@dataclass(frozen=True)
class SpokenText:
    """A free text with what the same response says about who wrote it."""

    question_key: str
    text: str
    locale: str
    source_ref: str
    respondent_role: str
    unit_id: int | None
    answers: Mapping[str, Any]


def free_texts(session: Session, round_id: int) -> Sequence[SpokenText]:
    """Every free text of a round, by question and then by random key: no order of arrival."""
    places = layout_of(round_by_id(session, round_id).version)
    rows = session.execute(
        select(ResponseText, Response)
        .join(
            Response,
            and_(
                Response.round_id == ResponseText.round_id,
                Response.id == ResponseText.response_id,
            ),
        )
        .where(ResponseText.round_id == round_id)
        .order_by(ResponseText.question_key, ResponseText.response_id)
    )
    return [
        SpokenText(
            text.question_key,
            text.text,
            text.locale,
            response.id.hex(),
            response.respondent_role,
            response.unit_id,
            unpack(places, response.answers, response.numbers),
        )
        for text, response in rows
    ]


# -- the model's own indicator ---------------------------------------------------------------


def rounds_followed_up(
    session: Session, years: range, roles: Collection[str]
) -> dict[int, int | None]:
    """Rounds about a cooperation agreement that asked `roles`, by the year they closed."""
    closed = session.execute(
        select(SurveyRound.closed_at, SurveyRound.audience).where(
            SurveyRound.agreement_id.is_not(None),
            SurveyRound.closed_at >= year_start(years.start),
            SurveyRound.closed_at < year_start(years.stop),
        )
    )
    by_year = Counter(
        to_local(closed_at).year
        for closed_at, audience in closed
        if closed_at is not None and set(audience) & set(roles)
    )
    return {year: by_year[year] for year in years}
