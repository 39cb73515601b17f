"""Storing responses: the same rows whether one arrives or a demo year is laid in."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import Any

from sqlalchemy import Insert, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from participation.foundation.clock import today
from participation.questionnaires.models import (
    NamedRespondent,
    Response,
    ResponseText,
    SurveyRound,
    new_row_id,
)
from participation.questionnaires.queries import content_of_round, layout_of
from participation.questionnaires.rules.answers import Answers, checked_answers, visible_answers
from participation.questionnaires.rules.content import Content
from participation.questionnaires.rules.packing import pack
from participation.questionnaires.rules.rounds import (
    AnswersFor,
    answers_for,
    has_names,
    week_number,
)

BATCH = 1_000


@dataclass(frozen=True, kw_only=True)
class NewResponse:
    """An answer from elsewhere than a form. `answers`: code, list of codes or number by key."""

    answers: Mapping[str, Any]
    texts: Mapping[str, str] = field(default_factory=dict)
    week: int | None = None  # ISO year and week, 202647; this week when left out
    answers_for: str = AnswersFor.NOT_STATED
    unit_id: int | None = None
    locale: str = "sv"
    name: str = ""  # in a round with names
    account_id: int | None = None


def store_response(
    session: Session,
    survey_round: SurveyRound,
    answers: Mapping[str, Any],
    texts: Mapping[str, str],
    week: int | None = None,
) -> None:
    """Store one answer; see `store_responses`."""
    store_responses(session, survey_round, [NewResponse(answers=answers, texts=texts, week=week)])


def store_responses(
    session: Session,
    survey_round: SurveyRound,
    responses: Iterable[NewResponse],
    new_id: Callable[[], bytes] = new_row_id,
) -> int:
    """Store many checked answers in batches; how many they were.

    Raises:
        AnswerError: a question or value the round's version does not know.
    """
    content = content_of_round(session, survey_round)
    waiting = iter(responses)
    stored = 0
    while batch := list(islice(waiting, BATCH)):
        rows, texts, names = [], [], []
        for one in batch:
            answers = visible_answers(content, checked_answers(content, one.answers, one.texts))
            row_id = new_id()
            rows.append(
                response_row(
                    survey_round,
                    content,
                    answers,
                    row_id,
                    week=one.week,
                    stated=one.answers_for,
                    unit_id=one.unit_id,
                )
            )
            texts += text_rows(survey_round, answers, row_id, one.locale)
            names.append(_name_row(survey_round, one, row_id))
        session.execute(insert(Response), rows)
        if has_names(survey_round.mode):
            session.execute(insert(NamedRespondent), names)
        if texts:
            session.execute(insert(ResponseText), texts)
        stored += len(rows)
    if survey_round.response_count is not None:
        survey_round.response_count += stored
    session.flush()
    return stored


def response_row(
    survey_round: SurveyRound,
    content: Content,
    answers: Answers,
    row_id: bytes,
    *,
    stated: str,
    week: int | None = None,
    unit_id: int | None = None,
) -> dict[str, Any]:
    """The row of one response: no address, no clock, nothing about the browser (TRUST 46)."""
    packed = pack(layout_of(survey_round.version), content, answers)
    return {
        "round_id": survey_round.id,
        "id": row_id,
        "answered_week": week or week_number(today()),
        "respondent_role": content.respondent_role(answers.values),
        "answers_for": answers_for(stated, survey_round.audience),
        "unit_id": unit_id or survey_round.unit_id,
        "answers": packed.signs,
        "numbers": packed.numbers,
    }


def _name_row(survey_round: SurveyRound, one: NewResponse, row_id: bytes) -> dict[str, Any]:
    return {
        "round_id": survey_round.id,
        "response_id": row_id,
        "name": one.name,
        "account_id": one.account_id,
    }


def text_rows(
    survey_round: SurveyRound, answers: Answers, row_id: bytes, locale: str
) -> list[dict[str, Any]]:
    """One row per free text."""
    return [
        {
            "round_id": survey_round.id,
            "response_id": row_id,
            "question_key": key,
            "text": text,
            "locale": locale,
        }
        for key, text in answers.texts.items()
    ]


def insert_once(session: Session, row: Mapping[str, Any]) -> bool:
    """Insert a response unless its key is there already; whether it was new."""
    statement = _insert_if_new(session.get_bind().dialect.name)
    return bool(session.connection().execute(statement, dict(row)).rowcount)


@cache
def _insert_if_new(dialect: str) -> Insert:
    speaks: Any = sqlite if dialect == "sqlite" else postgresql
    statement: Insert = speaks.insert(Response).on_conflict_do_nothing()
    return statement
