"""Free texts of a round, for coding."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from participation.questionnaires.models import Response, ResponseText
from participation.questionnaires.queries.rounds import round_by_id
from participation.questionnaires.queries.trees import layout_of
from participation.questionnaires.rules.packing import unpack


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
