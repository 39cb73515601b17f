"""Asking to be called, and what comes of it. No number is kept once it is settled."""

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from participation.foundation.clock import now
from participation.foundation.crypto import phone_index
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.permissions import Actor
from participation.interest_bank.models import CallRequest
from participation.interest_bank.rules.calls import KEPT, CallOutcome


def ask_for_call(
    session: Session, *, name: str, phone: str, suits: str, language: str, locale: str
) -> CallRequest:
    """Put somebody on the list. Whoever stands there already gets the new words, not a new place.

    `phone`: as typed in a phone field (E.164). `suits`, `language`: own words, may be empty.
    """
    told = {"name": name, "phone": phone, "suits": suits, "language": language, "locale": locale}
    waiting = _waiting(session, phone)
    if waiting is None:
        try:
            with session.begin_nested():
                waiting = CallRequest(phone_index=phone_index(phone), **told)
                session.add(waiting)
                session.flush()
        except IntegrityError:  # the same number, at the same moment
            waiting = _waiting(session, phone)
    if waiting is None:
        raise Conflict
    for field, value in told.items():
        setattr(waiting, field, value)
    session.flush()
    return waiting


def settle_call(
    session: Session, actor: Actor, asked: CallRequest, outcome: CallOutcome
) -> CallRequest:
    """Note a try, or that it is done: then name, number and words are gone at once.

    Raises Conflict when a colleague was first.
    """
    if asked.settled_at is not None:
        raise Conflict
    log_event(
        session, actor, "call_request_handled", "call_request", asked.public_id, outcome=outcome
    )
    if outcome is CallOutcome.NO_ANSWER:
        asked.tries += 1
        asked.tried_at = now()
    else:
        asked.settled_by_account_id = actor.account_id
        _empty(asked, outcome)
    session.flush()
    return asked


def forget_old_calls(session: Session) -> int:
    """Whoever nobody managed to call in time: the promise on the form holds anyway; how many."""
    old = session.scalars(
        select(CallRequest)
        .where(CallRequest.settled_at.is_(None), CallRequest.created_at < now() - KEPT)
        .order_by(CallRequest.id)
    ).all()
    for asked in old:
        _empty(asked, CallOutcome.TOO_LATE)
    session.flush()
    return len(old)


def _empty(asked: CallRequest, outcome: CallOutcome) -> None:
    asked.settled_at, asked.settled_how = now(), outcome
    asked.name = asked.phone = asked.phone_index = asked.suits = asked.language = ""


def _waiting(session: Session, phone: str) -> CallRequest | None:
    return session.scalar(
        select(CallRequest)
        .where(CallRequest.phone_index == phone_index(phone), CallRequest.settled_at.is_(None))
        .with_for_update()
    )
