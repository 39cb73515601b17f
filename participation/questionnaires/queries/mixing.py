"""What anonymous rounds still need: answers that wait, keys that something is sealed with."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.foundation.outbox import OutboxMail
from participation.foundation.temporary_keys import key_names
from participation.questionnaires.models import RoundContact, SurveyRound, WaitingResponse
from participation.questionnaires.rules.mixing import answers_key, links_key, round_of_key
from participation.questionnaires.rules.rounds import RoundState

ENDED = frozenset({RoundState.CLOSED, RoundState.PUBLISHED})


def rounds_to_mix(session: Session) -> Sequence[int]:
    """Ids of rounds in which answers wait."""
    return session.scalars(
        select(WaitingResponse.round_id).distinct().order_by(WaitingResponse.round_id)
    ).all()


def keys_nobody_needs(session: Session) -> list[str]:
    """Names of keys of rounds that nothing is sealed with any more."""
    return [name for name in key_names() if is_needless(session, name)]


def hold_round_of(session: Session, name: str) -> None:
    """Wait for whoever stores an answer of the key's round, or make them wait."""
    public_id = round_of_key(name)
    session.execute(
        select(SurveyRound.id).where(SurveyRound.public_id == public_id).with_for_update()
    )


def is_needless(session: Session, name: str) -> bool:
    """Whether nothing is sealed with a round's key any more; never of other keys."""
    public_id = round_of_key(name)
    if public_id is None:
        return False
    survey_round = session.scalar(select(SurveyRound).where(SurveyRound.public_id == public_id))
    if survey_round is None:
        return True
    if name == answers_key(public_id):
        return survey_round.state in ENDED and not _has_waiting(session, survey_round.id)
    return name == links_key(public_id) and not _has_links_to_send(session, survey_round, name)


def _has_waiting(session: Session, round_id: int) -> bool:
    waiting = select(WaitingResponse.id).where(WaitingResponse.round_id == round_id)
    return session.scalar(waiting.limit(1)) is not None


def _has_links_to_send(session: Session, survey_round: SurveyRound, name: str) -> bool:
    """Mails not handed over, unsure or failed ones, and people no mail was queued for yet."""
    if survey_round.state in ENDED:
        return False
    sealed = select(OutboxMail.id).where(
        OutboxMail.sealed_with == name, OutboxMail.sealed_values.is_not(None)
    )
    if session.scalar(sealed.limit(1)) is not None:
        return True
    unwritten = select(RoundContact.id).where(
        RoundContact.round_id == survey_round.id, RoundContact.message_id.is_(None)
    )
    return session.scalar(unwritten.limit(1)) is not None
