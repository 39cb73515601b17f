"""Requests: an organisation files, a coordinator answers."""

from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.activities.models import ParticipationRequest, RequestMessage
from participation.activities.rules.details import RequestDetails
from participation.activities.rules.states import REQUEST_MOVES, RequestState
from participation.county.models import Organisation
from participation.foundation.clock import now
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.eventlog.services import log_event
from participation.foundation.mail_templates import absolute_url
from participation.foundation.outbox.services import queue_mail
from participation.foundation.permissions import Actor, Permission


class NotAdopted(Conflict):
    """The organisation has not adopted the participation model, so it may not invite."""

    code = "not_adopted"


def file_request(
    session: Session, actor: Actor, details: RequestDetails, *, is_draft: bool = False
) -> ParticipationRequest:
    """Write down what an organisation wishes; submitted at once unless it is a draft.

    Raises:
        NotFound: the person does not speak for the organisation.
        NotAdopted: the organisation has not adopted the model (DOMAIN.md, model point 2).
    """
    if not actor.scope(Permission.FILE_REQUEST).has_organisation(details.organisation_id):
        raise NotFound
    if actor.account_id is None:
        raise NotFound
    organisation = session.get_one(Organisation, details.organisation_id)
    if not organisation.has_adopted:
        raise NotAdopted
    request = ParticipationRequest(
        created_by_account_id=actor.account_id,
        is_fictional=organisation.is_fictional,
        **vars(details),
    )
    request.state = RequestState.DRAFT
    session.add(request)
    session.flush()
    if not is_draft:
        submit_request(session, actor, request)
    return request


def change_draft(
    session: Session, actor: Actor, request: ParticipationRequest, details: RequestDetails
) -> None:
    """Change a draft; its organisation stays.

    Raises:
        Conflict: the request is no longer a draft, or another organisation is named.
    """
    if request.state != RequestState.DRAFT or request.organisation_id != details.organisation_id:
        raise Conflict
    for name, value in vars(details).items():
        setattr(request, name, value)
    log_event(session, actor, "request_changed", "participation_request", request.public_id)
    session.flush()


def submit_request(session: Session, actor: Actor, request: ParticipationRequest) -> None:
    """Send a draft to the coordinators."""
    _move(request, RequestState.SUBMITTED)
    request.submitted_at = now()
    log_event(session, actor, "request_submitted", "participation_request", request.public_id)
    session.flush()


def accept_request(session: Session, actor: Actor, request: ParticipationRequest) -> None:
    """Say yes: an activity will be made of it. The contact person gets a mail."""
    _move(request, RequestState.ACCEPTED)
    _answer(session, actor, request, "request_accepted", "activities/request_accepted")


def decline_request(
    session: Session, actor: Actor, request: ParticipationRequest, reason: str
) -> None:
    """Say no, with the reason. The contact person gets a mail."""
    _move(request, RequestState.DECLINED)
    request.state_reason = reason
    _answer(session, actor, request, "request_declined", "activities/request_declined")


def write_message(
    session: Session, actor: Actor, request: ParticipationRequest, text: str
) -> RequestMessage:
    """One more line of the talk about a request; the contact person is told by mail."""
    if actor.account_id is None:
        raise NotFound
    is_from_coordinator = bool(actor.scope(Permission.HANDLE_REQUEST))
    message = RequestMessage(
        request_id=request.id,
        author_account_id=actor.account_id,
        is_from_coordinator=is_from_coordinator,
        text=text,
    )
    session.add(message)
    session.flush()
    if is_from_coordinator:
        _mail_contact_person(session, request, "activities/request_message")
    return message


def _answer(
    session: Session, actor: Actor, request: ParticipationRequest, action: str, template: str
) -> None:
    request.answered_at = now()
    log_event(session, actor, action, "participation_request", request.public_id)
    session.flush()
    _mail_contact_person(session, request, template)


def _mail_contact_person(session: Session, request: ParticipationRequest, template: str) -> None:
    contact = session.get_one(Account, request.created_by_account_id)
    queue_mail(
        session,
        to=contact.email,
        template=template,
        locale=contact.locale,
        context={
            "name": contact.display_name,
            "link": absolute_url(f"/requests/{request.public_id}"),
        },
        about=("participation_request", request.public_id),
    )


def _move(request: ParticipationRequest, wanted: RequestState) -> None:
    if wanted not in REQUEST_MOVES[RequestState(request.state)]:
        raise Conflict
    request.state = wanted
