"""Papers: which codes may still be typed, and what waits for the second entry."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.questionnaires.models import (
    AccessToken,
    PaperEntry,
    SurveyRound,
    WaitingResponse,
)
from participation.questionnaires.rules.mixing import BATCH
from participation.questionnaires.rules.paper import Typed, paper_key, unseal_typed
from participation.questionnaires.rules.sealing import access_hash


def paper_code(
    session: Session, survey_round: SurveyRound, code: str, *, lock: bool = False
) -> AccessToken | None:
    """The round's link behind a paper's code; None when it is no code of this round."""
    statement = select(AccessToken).where(
        AccessToken.hash == access_hash(code), AccessToken.round_id == survey_round.id
    )
    return session.scalar(statement.with_for_update() if lock else statement)


def typed_so_far(session: Session, survey_round: SurveyRound, code: str) -> Typed | None:
    """What has been typed from the paper with this code."""
    key = paper_key(code)
    sealed = session.scalar(
        select(PaperEntry.sealed).where(
            PaperEntry.id == key.row_id, PaperEntry.round_id == survey_round.id
        )
    )
    return unseal_typed(sealed, key) if sealed is not None else None


def papers_waiting(session: Session, survey_round: SurveyRound) -> int:
    """How many papers have been typed once, or twice with differences."""
    counted = select(func.count()).where(PaperEntry.round_id == survey_round.id)
    return session.scalar(counted) or 0


def is_batch_waiting(session: Session, survey_round: SurveyRound) -> bool:
    """Whether the late papers of an anonymous round that wait are enough to come in."""
    counted = select(func.count()).where(WaitingResponse.round_id == survey_round.id)
    return (session.scalar(counted) or 0) >= BATCH
