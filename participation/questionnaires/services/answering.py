"""Answering: begin, save at every Next, send once. No cookie, no clock, no name (TRUST 45a, 46)."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from random import SystemRandom

from sqlalchemy import Table, bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from participation.foundation.errors import Conflict
from participation.questionnaires.models import (
    AccessToken,
    Response,
    ResponseDraft,
    ResponseText,
    SurveyRound,
    WaitingResponse,
)
from participation.questionnaires.queries import content_of_round
from participation.questionnaires.queries.answering import was_replaced
from participation.questionnaires.rules.answers import missing_answers, visible_answers
from participation.questionnaires.rules.codes import new_code, new_link_token
from participation.questionnaires.rules.content import Content, Question
from participation.questionnaires.rules.mixing import is_mixed
from participation.questionnaires.rules.rounds import RoundState, has_names
from participation.questionnaires.rules.sealing import (
    Draft,
    access_hash,
    draft_key,
    response_id,
    seal,
    unseal,
    waiting_id,
)
from participation.questionnaires.services.naming import keep_name
from participation.questionnaires.services.rewriting import opening_week, put_in_waiting
from participation.questionnaires.services.storing import insert_once, response_row, text_rows


def issue_links(
    session: Session,
    survey_round: SurveyRound,
    count: int,
    unit_id: int | None = None,
    make: Callable[[], str] = new_link_token,
) -> list[str]:
    """Tokens for `count` personal links; only their keyed hashes are stored, shuffled.

    `make=new_code` for codes that are typed from a letter or a paper form.
    """
    tokens = [make() for _number in range(count)]
    rows = [
        {
            "hash": access_hash(token),
            "round_id": survey_round.id,
            "unit_id": unit_id,
            "is_spent": False,
        }
        for token in tokens
    ]
    SystemRandom().shuffle(rows)
    session.execute(insert(AccessToken), rows)
    return tokens


def begin_draft(
    session: Session,
    survey_round: SurveyRound,
    *,
    code: str | None = None,
    answers_for: str = "",
    unit_id: int | None = None,
    language: str = "",
    until: int = 0,
    name: str = "",
) -> str:
    """Start to answer: an empty sealed draft; the code that opens it again is returned.

    A personal link is its own `code`; pressing Start twice keeps what is there. `name`: who
    answers; kept in a round with names only.

    Raises:
        Conflict: the round takes no answers now.
    """
    if not survey_round.is_answerable:
        raise Conflict
    code = code or new_code()
    key = draft_key(code)
    if session.get(ResponseDraft, key.row_id) is None:
        draft = Draft(
            receipt=new_code(),
            answers_for=answers_for,
            unit_id=unit_id,
            language=language,
            until=until,
            name=name if has_names(survey_round.mode) else "",
        )
        session.add(ResponseDraft(id=key.row_id, round_id=survey_round.id, sealed=seal(draft, key)))
        session.flush()
    return code


# Built once: every answer needs them.
_DRAFTS, _LINKS = ResponseDraft.__table__, AccessToken.__table__
assert isinstance(_DRAFTS, Table)
assert isinstance(_LINKS, Table)
_SAVE = (
    update(_DRAFTS).where(_DRAFTS.c.id == bindparam("row_id")).values(sealed=bindparam("content"))
)
_TO_SEND = (
    select(_DRAFTS.c.sealed)
    .where(_DRAFTS.c.id == bindparam("row_id"), _DRAFTS.c.round_id == bindparam("of_round"))
    .with_for_update()
)
_SPEND = update(_LINKS).where(_LINKS.c.hash == bindparam("link")).values(is_spent=True)
_FORGET = delete(_DRAFTS).where(_DRAFTS.c.id == bindparam("row_id"))


def save_draft(session: Session, code: str, draft: Draft) -> None:
    """Keep what has been answered so far; saving the same twice changes nothing."""
    key = draft_key(code)
    session.execute(_SAVE, {"row_id": key.row_id, "content": seal(draft, key)})


def forget_draft(session: Session, code: str) -> None:
    """Somebody leaves without sending: the draft is gone."""
    session.execute(_FORGET, {"row_id": draft_key(code).row_id})


class Outcome(StrEnum):
    SENT = "sent"  # stored now, or stored before under the same receipt
    INCOMPLETE = "incomplete"
    CLOSED = "closed"
    ALREADY = "already"  # this link has been used for another answer
    REPLACED = "replaced"  # its owner got another link meanwhile
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Sent:
    """What became of a submission."""

    outcome: Outcome
    receipt: str = ""
    missing: tuple[Question, ...] = ()


def send_answers(
    session: Session, survey_round: SurveyRound, code: str, receipt: str, locale: str
) -> Sent:
    """Store the draft's answers once, spend the link, forget the draft: one transaction.

    However often and in parallel it is called with one link, there is one answer, and every
    caller with that answer's receipt gets it (TRUST 33, 34, 46, 50).
    """
    draft = draft_to_send(session, survey_round, code)
    if draft is None:
        return sent_before(session, survey_round, code, receipt)
    return send_draft(session, survey_round, code, draft, locale)


def draft_to_send(session: Session, survey_round: SurveyRound, code: str) -> Draft | None:
    """The draft, held until the transaction ends; None when it, its link or the round is gone.

    Whoever sends the same link at the same time waits here, and then finds nothing.
    """
    if is_mixed(survey_round.mode) and _has_closed_meanwhile(session, survey_round):
        return None
    # The link before the draft: who makes another link holds the link alone.
    if was_replaced(session, survey_round, code, lock=True):
        return None
    key = draft_key(code)
    found = {"row_id": key.row_id, "of_round": survey_round.id}
    sealed = session.scalar(_TO_SEND, found)
    return unseal(sealed, key) if sealed is not None else None


def send_draft(
    session: Session, survey_round: SurveyRound, code: str, draft: Draft, locale: str
) -> Sent:
    """Send what `draft_to_send` gave, with what was answered since; see `send_answers`."""
    if not survey_round.is_answerable:
        return Sent(Outcome.CLOSED)
    content = content_of_round(session, survey_round)
    missing = missing_answers(content, draft.answers)
    if missing and not draft.is_paper:  # nobody can ask the one who wrote
        return Sent(Outcome.INCOMPLETE, missing=tuple(missing))
    if not visible_answers(content, draft.answers).values:  # nothing said; the page says so
        return Sent(Outcome.INCOMPLETE)
    keep_answers(session, survey_round, code, draft, locale)
    return Sent(Outcome.SENT, draft.receipt)


def keep_answers(
    session: Session, survey_round: SurveyRound, code: str, draft: Draft, locale: str
) -> None:
    """Answers go where answers lie, or wait to be mixed; the link is used up, the draft gone."""
    content = content_of_round(session, survey_round)
    seen = replace(draft, answers=visible_answers(content, draft.answers))
    if _store(session, survey_round, content, seen, locale) and has_names(survey_round.mode):
        keep_name(session, survey_round, code, seen)
    session.execute(_SPEND, {"link": access_hash(code)})
    session.execute(_FORGET, {"row_id": draft_key(code).row_id})


def _store(
    session: Session, survey_round: SurveyRound, content: Content, draft: Draft, locale: str
) -> bool:
    """Whether it is there now; False when it was there before."""
    row_id = response_id(draft.receipt)
    is_anonymous = is_mixed(survey_round.mode)
    row = response_row(
        survey_round,
        content,
        draft.answers,
        row_id,
        week=opening_week(survey_round) if is_anonymous else None,
        stated=draft.answers_for,
        unit_id=draft.unit_id,
    )
    texts = text_rows(survey_round, draft.answers, row_id, locale)
    if is_anonymous:
        put_in_waiting(session, survey_round, draft.receipt, row, texts)
        return True
    if not insert_once(session, row):
        return False
    if texts:
        session.execute(insert(ResponseText), texts)
    return True


def _has_closed_meanwhile(session: Session, survey_round: SurveyRound) -> bool:
    """Wait for a closing under way, or make it wait: none slips in behind the last batch."""
    state = session.scalar(
        select(SurveyRound.state)
        .where(SurveyRound.id == survey_round.id)
        .with_for_update(read=True)
    )
    return state in {RoundState.CLOSED, RoundState.PUBLISHED}


def is_stored(session: Session, survey_round: SurveyRound, receipt: str) -> bool:
    """Whether an answer of the round has this receipt, also one that waits to be mixed."""
    found = session.scalar(
        select(Response.round_id).where(
            Response.round_id == survey_round.id, Response.id == response_id(receipt)
        )
    )
    if found is None and is_mixed(survey_round.mode):
        found = session.scalar(
            select(WaitingResponse.round_id).where(
                WaitingResponse.id == waiting_id(receipt),
                WaitingResponse.round_id == survey_round.id,
            )
        )
    return found is not None


def sent_before(session: Session, survey_round: SurveyRound, code: str, receipt: str) -> Sent:
    """The draft is gone: a replay with its receipt, a spent link, or a code nobody knows."""
    if receipt and is_stored(session, survey_round, receipt):
        return Sent(Outcome.SENT, receipt)
    spent = session.scalar(
        select(AccessToken.is_spent).where(AccessToken.hash == access_hash(code))
    )
    if spent:
        return Sent(Outcome.ALREADY)
    if not survey_round.is_answerable or _has_closed_meanwhile(session, survey_round):
        return Sent(Outcome.CLOSED)
    if was_replaced(session, survey_round, code):
        return Sent(Outcome.REPLACED)
    return Sent(Outcome.UNKNOWN)
