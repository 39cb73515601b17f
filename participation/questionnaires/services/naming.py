"""Who gave an answer, in rounds with names: kept beside the answer, and forgotten with it."""

from collections.abc import Sequence

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from participation.foundation import journal
from participation.foundation.errors import NotFound
from participation.foundation.eventlog.services import log_event
from participation.foundation.permissions import Actor
from participation.questionnaires.models import NamedRespondent, SurveyRound
from participation.questionnaires.queries.named import owner_of_link
from participation.questionnaires.queries.rounds import round_by_id
from participation.questionnaires.rules.sealing import Draft, response_id
from participation.questionnaires.services.withdrawing import JOURNAL, take_back

TAKEN_BACK = "named_answer_taken_back"


def keep_name(session: Session, survey_round: SurveyRound, code: str, draft: Draft) -> None:
    """Beside the answer that `draft` became. What comes by a link that was mailed to somebody of
    the bank is theirs, by whatever name they write: the pages say so before they begin and send.
    """
    owner = owner_of_link(session, survey_round, code)
    session.execute(
        insert(NamedRespondent).values(
            round_id=survey_round.id,
            response_id=response_id(draft.receipt),
            name=draft.name,
            account_id=owner.id if owner is not None else None,
        )
    )


def take_back_named(
    session: Session, actor: Actor, survey_round: SurveyRound, respondent: NamedRespondent
) -> None:
    """Somebody who answered asks to have it taken back, without a receipt: the name is enough."""
    row_id = bytes(respondent.response_id)
    account_id = respondent.account_id
    if not take_back(session, survey_round, row_id):
        raise NotFound
    journal.note(JOURNAL, row_id.hex())
    log_event(
        session,
        actor,
        TAKEN_BACK,
        "survey_round",
        survey_round.public_id,
        subject_account_id=account_id,
    )


def forget_named_answers(session: Session, account_id: int) -> int:
    """Somebody is erased: what they answered in their name goes, out of coding too; how much."""
    rows: Sequence[tuple[int, bytes]] = [
        (round_id, bytes(row_id))
        for round_id, row_id in session.execute(
            select(NamedRespondent.round_id, NamedRespondent.response_id)
            .where(NamedRespondent.account_id == account_id)
            .order_by(NamedRespondent.round_id, NamedRespondent.response_id)
        )
    ]
    for round_id, row_id in rows:
        take_back(session, round_by_id(session, round_id), row_id)
        journal.note(JOURNAL, row_id.hex())
    return len(rows)
