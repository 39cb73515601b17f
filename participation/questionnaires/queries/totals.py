"""Totals of a whole round, for the disclosure gate."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Text, cast, column, func, select, true
from sqlalchemy.orm import Session

from participation.questionnaires.models import Response, SurveyRound
from participation.questionnaires.queries.rounds import round_by_id
from participation.questionnaires.queries.trees import content_of_round, layout_of
from participation.questionnaires.rules.content import Question
from participation.questionnaires.rules.kinds import kind_of
from participation.questionnaires.rules.words import Words


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
