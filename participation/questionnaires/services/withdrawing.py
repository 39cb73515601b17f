"""An answer taken back with its receipt code; repeated after a restore (TRUST 50)."""

from collections.abc import Iterable, Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from participation.coding.services import forget_material
from participation.foundation import journal
from participation.foundation.errors import NotFound
from participation.foundation.eventlog.services import log_event
from participation.foundation.permissions import SYSTEM, Actor
from participation.questionnaires.models import Response, SurveyRound, WaitingResponse
from participation.questionnaires.queries import round_by_id
from participation.questionnaires.rules.sealing import response_id, waiting_id

JOURNAL = "withdrawn-answers"


def withdraw_response(
    session: Session, actor: Actor, survey_round: SurveyRound, receipt: str
) -> None:
    """Take an answer back for whoever holds its receipt code, also out of coding.

    What has been published stays; the next publication is without it.

    Raises:
        NotFound: no answer of this round has that receipt.
    """
    row_id = response_id(receipt)
    if not take_back(session, survey_round, row_id) and not _take_back_waiting(session, receipt):
        raise NotFound
    journal.note(JOURNAL, row_id.hex())
    log_event(session, actor, "response_withdrawn", "survey_round", survey_round.public_id)
    session.flush()


def was_taken_back(receipt: str) -> bool:
    """Whether an answer with this receipt was taken back since the journal was begun."""
    return response_id(receipt).hex() in set(journal.noted(JOURNAL))


def round_of_receipt(session: Session, receipt: str) -> SurveyRound | None:
    """The round in which an answer has this receipt."""
    found = session.scalar(
        select(WaitingResponse.round_id).where(WaitingResponse.id == waiting_id(receipt))
    )
    if found is None:
        found = session.scalar(
            select(Response.round_id).where(
                Response.round_id.in_(_every_round(session)), Response.id == response_id(receipt)
            )
        )
    return round_by_id(session, found) if found is not None else None


def repeat_withdrawals(session: Session, noted: Iterable[str]) -> int:
    """After a restore: what was withdrawn since the backup goes again; how many answers."""
    again = 0
    rounds = _every_round(session)
    for hexadecimal in noted:
        row_id = bytes.fromhex(hexadecimal)
        round_id = session.scalar(
            select(Response.round_id).where(Response.round_id.in_(rounds), Response.id == row_id)
        )
        if round_id is None:
            continue
        survey_round = round_by_id(session, round_id)
        take_back(session, survey_round, row_id)
        log_event(session, SYSTEM, "response_withdrawn", "survey_round", survey_round.public_id)
        again += 1
    return again


def _every_round(session: Session) -> Sequence[int]:
    """So that an answer is found by its key in each round; no index without the round is kept."""
    return session.scalars(select(SurveyRound.id).order_by(SurveyRound.id)).all()


def take_back(session: Session, survey_round: SurveyRound, row_id: bytes) -> bool:
    """Delete one answer with its texts and name, also out of coding; whether it was there."""
    found = session.scalar(
        delete(Response)
        .where(Response.round_id == survey_round.id, Response.id == row_id)
        .returning(Response.answered_week)
        .execution_options(synchronize_session=False)
    )
    if found is None:
        return False
    counts = ["response_count", "changed_count"]
    session.refresh(survey_round, counts, with_for_update=True)  # another may be taken back now
    if survey_round.response_count is not None:
        survey_round.response_count -= 1
    session.flush()
    forget_material(session, row_id.hex())
    return True


def _take_back_waiting(session: Session, receipt: str) -> bool:
    found = session.scalar(
        delete(WaitingResponse)
        .where(WaitingResponse.id == waiting_id(receipt))
        .returning(WaitingResponse.round_id)
        .execution_options(synchronize_session=False)
    )
    return found is not None
