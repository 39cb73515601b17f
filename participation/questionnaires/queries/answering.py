"""What lies behind a link or a resume code."""

from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from participation.questionnaires.models import (
    AccessToken,
    ResponseDraft,
    SurveyRound,
)
from participation.questionnaires.queries.rounds import TO_ANSWER, round_by_id
from participation.questionnaires.rules.codes import LINK_LENGTH
from participation.questionnaires.rules.rounds import has_names
from participation.questionnaires.rules.sealing import Draft, access_hash, draft_key, unseal

# Built once: every answer page asks for one of these, the draft and its round together. The
# questions are parsed once per process (trees.py), so of the version only the digest is fetched.
_DRAFT = (
    select(ResponseDraft.sealed, SurveyRound)
    .join(SurveyRound, SurveyRound.id == ResponseDraft.round_id)
    .join(SurveyRound.version)
    .options(*TO_ANSWER)
    .where(ResponseDraft.id == bindparam("id"))
)
_DRAFT_LOCKED = _DRAFT.with_for_update(of=ResponseDraft)


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
    row = session.execute(_DRAFT_LOCKED if lock else _DRAFT, {"id": key.row_id}).one_or_none()
    if row is not None and was_replaced(session, row.SurveyRound, code):
        return None
    if row is not None:
        return OpenedLink(row.SurveyRound, unseal(row.sealed, key))
    token = session.get(AccessToken, access_hash(code))
    if token is None:
        return None
    return OpenedLink(round_by_id(session, token.round_id), None, token.is_spent, token.unit_id)


_LINK = select(AccessToken.hash).where(AccessToken.hash == bindparam("hash"))
_LINK_LOCKED = _LINK.with_for_update()


def was_replaced(
    session: Session, survey_round: SurveyRound, code: str, *, lock: bool = False
) -> bool:
    """Of a personal link: its owner got another, so what was begun with it is not sent.

    `lock` before sending: whoever makes another link meanwhile waits, and then finds this one used.
    """
    if not has_names(survey_round.mode) or len(code) != LINK_LENGTH:
        return False
    return session.scalar(_LINK_LOCKED if lock else _LINK, {"hash": access_hash(code)}) is None
