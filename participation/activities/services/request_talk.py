"""The talk about a request: messages both ways, read marks, and reminders of what is late."""

from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.activities.models import ParticipationRequest, RequestMessage
from participation.activities.rules.deadlines import may_be_reminded
from participation.activities.rules.states import RequestState
from participation.activities.services.request_mails import (
    mail_asker,
    mail_coordinators,
    mail_overdue,
    who_asks,
    who_handles,
)
from participation.foundation.clock import now, today
from participation.foundation.errors import NotFound
from participation.foundation.eventlog.services import log_event
from participation.foundation.permissions import Actor, Permission


def write_message(
    session: Session, actor: Actor, request: ParticipationRequest, text: str
) -> RequestMessage:
    """One more line of the talk; the other side gets a mail. Whoever writes has read the rest."""
    if actor.account_id is None:
        raise NotFound
    is_from_coordinator = speaks_as_coordinator(actor, request)
    mark_read(session, actor, request)
    message = RequestMessage(
        request_id=request.id,
        author_account_id=actor.account_id,
        is_from_coordinator=is_from_coordinator,
        text=text,
    )
    session.add(message)
    if is_from_coordinator:
        request.handled_by_account_id = actor.account_id
    session.flush()
    log_event(session, actor, "request_message", "participation_request", request.public_id)
    if is_from_coordinator:
        mail_asker(session, request, "request_message")
    else:
        mail_coordinators(session, request, "request_reply")
    return message


def mark_read(session: Session, actor: Actor, request: ParticipationRequest) -> None:
    """The actor's side has read everything that is written so far."""
    if speaks_as_coordinator(actor, request):
        request.coordinator_read_at = now()
    else:
        request.asker_read_at = now()
    session.flush()


def speaks_as_coordinator(actor: Actor, request: ParticipationRequest) -> bool:
    """Which side of the talk the person is on."""
    return actor.scope(Permission.HANDLE_REQUEST).has_organisation(request.organisation_id)


def remind_overdue_requests(session: Session) -> int:
    """One mail to each person with something late, each request once a week; how many mails."""
    late = [r for r in _overdue(session) if may_be_reminded(r.reminded_at, now())]
    by_account: dict[int, tuple[Account, list[ParticipationRequest]]] = {}
    for request in late:
        for account in _who_owes(session, request):
            by_account.setdefault(account.id, (account, []))[1].append(request)
        request.reminded_at = now()
    for account, theirs in by_account.values():
        mail_overdue(session, account, theirs)
    session.flush()
    return len(by_account)


def _overdue(session: Session) -> list[ParticipationRequest]:
    request = ParticipationRequest
    found: dict[str, list[ParticipationRequest]] = defaultdict(list)
    for state, due in (
        (RequestState.SUBMITTED, request.answer_due_on),
        (RequestState.INCOMPLETE, request.completion_due_on),
    ):
        found[state] += session.scalars(
            select(request).where(request.state == state, due < today()).order_by(request.id)
        ).all()
    return [row for rows in found.values() for row in rows]


def _who_owes(session: Session, request: ParticipationRequest) -> list[Account]:
    if request.state == RequestState.SUBMITTED:
        return list(who_handles(session, request))
    return [account for account in who_asks(session, request) if account.is_active]
