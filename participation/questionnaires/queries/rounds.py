"""Rounds: which are planned, open and closed, and how many answers each has."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, func, or_, select
from sqlalchemy.orm import Session, contains_eager, defer, joinedload

from participation.foundation.clock import now, to_local, year_start
from participation.foundation.errors import NotFound
from participation.foundation.i18n import format_day
from participation.foundation.permissions import Actor
from participation.foundation.providers import Address, NamedLink
from participation.questionnaires.models import (
    Questionnaire,
    QuestionnaireVersion,
    Response,
    SurveyRound,
)
from participation.questionnaires.queries.versions import may_manage
from participation.questionnaires.rules.rounds import RoundState

# Rounds with what every page about one needs, in one statement.
WITH_VERSION = (
    select(SurveyRound)
    .join(SurveyRound.version)
    .join(QuestionnaireVersion.questionnaire)
    .options(
        contains_eager(SurveyRound.version).contains_eager(QuestionnaireVersion.questionnaire),
        joinedload(SurveyRound.series),
    )
)


def rounds_of(session: Session, actor: Actor, questionnaire_id: int) -> Sequence[SurveyRound]:
    """The rounds of one questionnaire, the one that closes last first."""
    if not may_manage(actor):
        return []
    statement = WITH_VERSION.where(QuestionnaireVersion.questionnaire_id == questionnaire_id)
    ordered = statement.order_by(SurveyRound.closes_at.desc(), SurveyRound.id.desc())
    return session.scalars(ordered).all()


def rounds_over(session: Session, actor: Actor) -> Sequence[SurveyRound]:
    """Rounds that have been closed, published or not, the one that closed last first."""
    if not may_manage(actor):
        return []
    statement = WITH_VERSION.where(
        SurveyRound.state.in_([RoundState.CLOSED, RoundState.PUBLISHED]),
        SurveyRound.closed_at.is_not(None),
    )
    ordered = statement.order_by(SurveyRound.closes_at.desc(), SurveyRound.id.desc())
    return session.scalars(ordered).all()


def round_names(session: Session) -> Sequence[tuple[str, str]]:
    """Public id and name of every round, the newest first. One statement."""
    rows = session.execute(
        select(SurveyRound.public_id, Questionnaire.title, SurveyRound.wave_label)
        .join(SurveyRound.version)
        .join(QuestionnaireVersion.questionnaire)
        .order_by(SurveyRound.opens_at.desc(), SurveyRound.id.desc())
    )
    return [(public_id, f"{title} {wave_label}") for public_id, title, wave_label in rows]


def rounds_about(session: Session, actor: Actor, kind: str, public_id: str) -> Sequence[NamedLink]:
    """Links to the rounds that belong to one activity, commitment or audit, for who manages them.

    Newest first; one statement, none for everybody else.
    """
    if not may_manage(actor):
        return []
    about = SurveyRound.subject_public_id == public_id, SurveyRound.subject_kind == kind
    ordered = WITH_VERSION.where(*about).order_by(
        SurveyRound.closes_at.desc(), SurveyRound.id.desc()
    )
    return [
        NamedLink(
            title=f"{one.version.questionnaire.title} {one.wave_label}",
            text=f"{format_day(one.opens_at)} – {format_day(one.last_moment)}",
            address=Address(
                endpoint="questionnaires.round_page", values={"public_id": one.public_id}
            ),
        )
        for one in session.scalars(ordered)
    ]


def survey_round(session: Session, actor: Actor, public_id: str) -> SurveyRound:
    """One round for whoever manages rounds. Raises NotFound."""
    found: SurveyRound | None = session.scalar(
        WITH_VERSION.where(SurveyRound.public_id == public_id)
    )
    if found is None or not may_manage(actor):
        raise NotFound
    return found


# Built once: every answer page asks for one of these, and building took longer than the database.
# The questions themselves are parsed once per process, so they stay in the database (trees.py).
_KNOWN = contains_eager(SurveyRound.version).options(
    defer(QuestionnaireVersion.content), defer(QuestionnaireVersion.layout)
)
_BY_ID = WITH_VERSION.options(_KNOWN).where(SurveyRound.id == bindparam("round_id"))
# What only coordinators ask of a round is left out as well: each column costs every answer.
TO_ANSWER = (
    contains_eager(SurveyRound.version).load_only(QuestionnaireVersion.digest),
    *(
        defer(column)
        for column in (
            SurveyRound.created_at,
            SurveyRound.series_id,
            SurveyRound.agreement_id,
            SurveyRound.area_id,
            SurveyRound.subject_kind,
            SurveyRound.subject_public_id,
            SurveyRound.wave_label,
            SurveyRound.results_said,
            SurveyRound.mail_words,
            SurveyRound.secrecy_provision,
            SurveyRound.shown_count,
            SurveyRound.shown_changes,
        )
    ),
)
_TO_ANSWER = (
    select(SurveyRound)
    .join(SurveyRound.version)
    .options(*TO_ANSWER)
    .where(or_(SurveyRound.slug == bindparam("name"), SurveyRound.public_id == bindparam("name")))
)


def round_by_id(session: Session, round_id: int) -> SurveyRound:
    """For jobs and subscribers that were handed an id. Raises NotFound."""
    found: SurveyRound | None = session.scalar(_BY_ID, {"round_id": round_id})
    if found is None:
        raise NotFound
    return found


def round_to_answer(session: Session, name: str) -> SurveyRound | None:
    """The round behind an open link: its short name or its public id; anybody may look."""
    found: SurveyRound | None = session.scalar(_TO_ANSWER, {"name": name})
    return found


def open_rounds(session: Session, moment: datetime | None = None) -> Sequence[SurveyRound]:
    """Rounds that take answers at `moment` (now), the one that closes first, first."""
    at = moment or now()
    return session.scalars(
        WITH_VERSION.where(is_open(at)).order_by(SurveyRound.closes_at, SurveyRound.id)
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


def is_open(moment: datetime) -> Any:
    """Which rounds take answers at `moment`."""
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
    return _counted(session, {row.id: row.response_count for row in known})


def answers_of(session: Session, found: Sequence[SurveyRound]) -> Mapping[int, int]:
    """As `response_counts`, of rounds that are read already: at most one statement."""
    return _counted(session, {one.id: one.response_count for one in found})


def _counted(session: Session, known: Mapping[int, int | None]) -> Mapping[int, int]:
    counts = {round_id: count for round_id, count in known.items() if count is not None}
    uncounted = [round_id for round_id in known if round_id not in counts]
    if uncounted:
        counted = session.execute(
            select(Response.round_id, func.count())
            .where(Response.round_id.in_(uncounted))
            .group_by(Response.round_id)
        )
        counts.update({round_id: int(count) for round_id, count in counted})
    return {round_id: counts.get(round_id, 0) for round_id in known}


def has_answers_of_units(session: Session, round_id: int) -> bool:
    """Whether some answers of a round came through a unit's link."""
    one = select(Response.unit_id).where(
        Response.round_id == round_id, Response.unit_id.is_not(None)
    )
    return session.scalar(one.limit(1)) is not None


def response_total(session: Session) -> int:
    """Answers of all closed rounds together: how much the platform is used, never what people said.

    Open ones are left out: on a public page the number would tell when an answer came.
    """
    total = session.scalar(select(func.sum(SurveyRound.response_count)))
    return int(total or 0)


def rounds_of_year(session: Session, year: int) -> Sequence[SurveyRound]:
    """Rounds that closed, or were to close, in a year."""
    ends = func.coalesce(SurveyRound.closed_at, SurveyRound.closes_at)
    return session.scalars(
        WITH_VERSION.where(ends >= year_start(year), ends < year_start(year + 1)).order_by(
            SurveyRound.closes_at, SurveyRound.id
        )
    ).all()


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
