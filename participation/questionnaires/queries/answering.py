"""What lies behind a link or a resume code."""

from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from participation.questionnaires.models import AccessToken, ResponseDraft, SurveyRound
from participation.questionnaires.queries.rounds import round_by_id
from participation.questionnaires.rules.sealing import Draft, access_hash, draft_key, unseal

# Built once: every answer page asks for one of these.
_DRAFT = select(ResponseDraft.round_id, ResponseDraft.sealed).where(
    ResponseDraft.id == bindparam("id")
)
_DRAFT_LOCKED = _DRAFT.with_for_update()


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
    if row is not None:
        return OpenedLink(round_by_id(session, row.round_id), unseal(row.sealed, key))
    token = session.get(AccessToken, access_hash(code))
    if token is None:
        return None
    return OpenedLink(round_by_id(session, token.round_id), None, token.is_spent, token.unit_id)
