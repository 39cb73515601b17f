"""Anonymous answers: sealed at submission, rewritten in random order in batches (TRUST 46, 47)."""

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from participation.foundation.clock import to_local
from participation.foundation.temporary_keys import seal, unseal
from participation.questionnaires.models import (
    AccessToken,
    Response,
    ResponseText,
    SurveyRound,
    WaitingResponse,
)
from participation.questionnaires.rules.codes import RANDOM
from participation.questionnaires.rules.mixing import answers_key, batch_size
from participation.questionnaires.rules.rounds import week_number
from participation.questionnaires.rules.sealing import padded, waiting_id

ROWS_AT_A_TIME = 200


def put_in_waiting(
    session: Session,
    survey_round: SurveyRound,
    receipt: str,
    row: Mapping[str, Any],
    texts: Sequence[Mapping[str, Any]],
) -> None:
    """Keep an anonymous answer where neither its key nor its content tells which answer it is.

    `row` and `texts`: what will stand in `responses` and `response_texts`.
    """
    row_id = waiting_id(receipt)
    data = {
        "id": row["id"].hex(),
        "row": {name: value for name, value in row.items() if name != "id"},
        "texts": [[text["question_key"], text["text"], text["locale"]] for text in texts],
    }
    sealed = seal(answers_key(survey_round.public_id), padded(data), row_id)
    session.execute(
        insert(WaitingResponse).values(id=row_id, round_id=survey_round.id, sealed=sealed)
    )


def opening_week(survey_round: SurveyRound) -> int:
    """The only week an anonymous answer knows, the same for all: when the round opened."""
    return week_number(to_local(survey_round.opens_at + timedelta(seconds=1)).date())


def rewrite_waiting(session: Session, survey_round: SurveyRound, *, is_last: bool = False) -> int:
    """Move a batch of waiting answers to where answers lie, in random order; how many.

    Raises:
        KeyGoneError: the round's key is not in the key folder; nothing is changed.
    """
    waiting = session.scalars(
        select(WaitingResponse.id)
        .where(WaitingResponse.round_id == survey_round.id)
        .order_by(WaitingResponse.id)
    ).all()
    chosen = RANDOM.sample(waiting, batch_size(len(waiting), is_last=is_last))
    for start in range(0, len(chosen), ROWS_AT_A_TIME):
        _rewrite(session, survey_round, chosen[start : start + ROWS_AT_A_TIME])
    if survey_round.response_count is not None:  # closed before: papers that came late
        survey_round.response_count += len(chosen)
    if chosen and not is_last:
        _level_links(session, survey_round, is_spent=AccessToken.is_spent)
    return len(chosen)


def _rewrite(session: Session, survey_round: SurveyRound, chosen: Sequence[bytes]) -> None:
    rows = session.execute(
        delete(WaitingResponse)
        .where(WaitingResponse.id.in_(chosen))
        .returning(WaitingResponse.id, WaitingResponse.sealed)
        .execution_options(synchronize_session=False)
    )
    taken = {bytes(row_id): bytes(sealed) for row_id, sealed in rows}
    key = answers_key(survey_round.public_id)
    opened = [
        json.loads(unseal(key, taken[bytes(row_id)], bytes(row_id)))
        for row_id in chosen
        if bytes(row_id) in taken
    ]
    answers = [{"id": bytes.fromhex(one["id"]), **_known(one["row"])} for one in opened]
    texts = [
        {
            "round_id": survey_round.id,
            "response_id": bytes.fromhex(one["id"]),
            "question_key": question_key,
            "text": text,
            "locale": locale,
        }
        for one in opened
        for question_key, text, locale in one["texts"]
    ]
    if answers:
        session.execute(insert(Response), answers)
    if texts:
        session.execute(insert(ResponseText), texts)


def _known(row: Mapping[str, Any]) -> dict[str, Any]:
    """An answer that waited while the platform was renewed may hold what is no longer kept."""
    return {name: value for name, value in row.items() if name in Response.__table__.columns}


def forget_who_answered(session: Session, survey_round: SurveyRound) -> None:
    """At closing no link is of use any more, so none says whether it was used."""
    _level_links(session, survey_round, is_spent=False)


def _level_links(session: Session, survey_round: SurveyRound, *, is_spent: Any) -> None:
    """Write every link of the round anew: the order in which they were used is gone.

    PostgreSQL keeps with each row the number of the transaction that wrote it.
    """
    session.execute(
        update(AccessToken)
        .where(AccessToken.round_id == survey_round.id)
        .values(is_spent=is_spent)
        .execution_options(synchronize_session=False)
    )
