"""Requests: an organisation files, completes and withdraws; a coordinator answers."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.activities.models import Activity, ParticipationRequest, RequestStep
from participation.activities.rules.deadlines import answer_due_on, completion_due_on
from participation.activities.rules.details import RequestDetails
from participation.activities.rules.states import (
    REQUEST_MOVES,
    STILL_TO_COME,
    WRITABLE_REQUEST,
    ActivityState,
    RequestState,
)
from participation.activities.services.request_mails import mail_asker
from participation.county.models import Organisation
from participation.foundation.clock import now, today
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.eventlog.services import log_event
from participation.foundation.permissions import Actor, Permission


class NotAdopted(Conflict):
    """The organisation has not adopted the participation model, so it may not invite."""

    code = "not_adopted"


def file_request(
    session: Session, actor: Actor, details: RequestDetails, *, is_draft: bool = False
) -> ParticipationRequest:
    """Write down what an organisation wishes; submitted at once unless it is a draft.

    Any organisation may have drafts; only one that has adopted the model may send.

    Raises:
        NotFound: the person does not speak for the organisation.
        NotAdopted: the organisation has not adopted the model (DOMAIN.md, model point 2).
    """
    if not actor.scope(Permission.FILE_REQUEST).has_organisation(details.organisation_id):
        raise NotFound
    if actor.account_id is None:
        raise NotFound
    organisation = session.get_one(Organisation, details.organisation_id)
    if not is_draft and not organisation.has_adopted:
        raise NotAdopted
    request = ParticipationRequest(
        created_by_account_id=actor.account_id,
        is_fictional=organisation.is_fictional,
        state=RequestState.DRAFT,
        **_columns(details),
    )
    session.add(request)
    session.flush()
    _note(session, actor, request)
    if not is_draft:
        submit_request(session, actor, request)
    return request


def change_request(
    session: Session, actor: Actor, request: ParticipationRequest, details: RequestDetails
) -> None:
    """Change a draft, or a request that needs completion; its organisation stays.

    Raises:
        Conflict: a coordinator has it, or another organisation is named.
    """
    if request.state not in WRITABLE_REQUEST or request.organisation_id != details.organisation_id:
        raise Conflict
    for name, value in _columns(details).items():
        setattr(request, name, value)
    log_event(session, actor, "request_changed", "participation_request", request.public_id)
    session.flush()


def submit_request(session: Session, actor: Actor, request: ParticipationRequest) -> None:
    """Send a draft, or a completed request, to the coordinators; their week begins.

    Raises NotAdopted when the organisation does not hold to the model (any more).
    """
    _must_have_adopted(session, request)
    request.answer_due_on = answer_due_on(today())
    request.completion_due_on = request.reminded_at = None
    request.submitted_at = now()
    _move(session, actor, request, RequestState.SUBMITTED)


def return_request(
    session: Session, actor: Actor, request: ParticipationRequest, missing: str
) -> None:
    """Ask the organisation to complete its request, and say what is missing. They get a mail."""
    request.completion_due_on = completion_due_on(today())
    request.answer_due_on = request.reminded_at = None
    request.state_reason = missing
    _answer(session, actor, request, RequestState.INCOMPLETE, missing)


def accept_request(session: Session, actor: Actor, request: ParticipationRequest) -> None:
    """Say yes: an activity will be made of it. The contact person gets a mail.

    Raises NotAdopted when the organisation does not hold to the model any more.
    """
    _must_have_adopted(session, request)
    request.state_reason = None
    _answer(session, actor, request, RequestState.ACCEPTED)


def decline_request(
    session: Session, actor: Actor, request: ParticipationRequest, reason: str
) -> None:
    """Say no, with the reason. The contact person gets a mail."""
    request.state_reason = reason
    _answer(session, actor, request, RequestState.DECLINED, reason)


def withdraw_request(
    session: Session, actor: Actor, request: ParticipationRequest, reason: str = ""
) -> None:
    """The organisation takes its request back, until an activity is planned.

    Raises Conflict when it is too late for that.
    """
    request.state_reason = reason or None
    request.answer_due_on = request.completion_due_on = None
    _move(session, actor, request, RequestState.WITHDRAWN, reason)


def follow_activities(session: Session, actor: Actor, request_id: int | None) -> None:
    """A request follows its activities.

    Planned while one is still to come; closed once one was held and none is to come; accepted
    again when all were called off.
    """
    if request_id is None:
        return
    request = session.get_one(ParticipationRequest, request_id)
    wanted = _state_after(_activity_states(session, request_id))
    if wanted is not RequestState(request.state):
        _move(session, actor, request, wanted)


def _activity_states(session: Session, request_id: int) -> dict[str, int]:
    rows = session.execute(
        select(Activity.state, func.count())
        .where(Activity.request_id == request_id)
        .group_by(Activity.state)
    )
    return {row[0]: row[1] for row in rows}


def _state_after(activities: dict[str, int]) -> RequestState:
    if any(activities.get(state) for state in STILL_TO_COME):
        return RequestState.PLANNED
    if activities.get(ActivityState.COMPLETED):
        return RequestState.CLOSED
    return RequestState.ACCEPTED


def _must_have_adopted(session: Session, request: ParticipationRequest) -> None:
    if not session.get_one(Organisation, request.organisation_id).has_adopted:
        raise NotAdopted


def _answer(
    session: Session,
    actor: Actor,
    request: ParticipationRequest,
    state: RequestState,
    text: str = "",
) -> None:
    """A coordinator's answer: the one who answers handles it from now on."""
    request.answered_at = now()
    request.handled_by_account_id = actor.account_id
    if state is not RequestState.INCOMPLETE:
        request.answer_due_on = None
    _move(session, actor, request, state, text)
    mail_asker(session, request, f"request_{state}")


def _move(
    session: Session,
    actor: Actor,
    request: ParticipationRequest,
    wanted: RequestState,
    text: str = "",
) -> None:
    if wanted not in REQUEST_MOVES[RequestState(request.state)]:
        raise Conflict
    request.state = wanted
    session.flush()
    _note(session, actor, request, text)
    log_event(session, actor, f"request_{wanted}", "participation_request", request.public_id)


def _note(session: Session, actor: Actor, request: ParticipationRequest, text: str = "") -> None:
    session.add(
        RequestStep(
            request_id=request.id,
            state=request.state,
            by_account_id=actor.account_id,
            is_by_coordinator=bool(actor.scope(Permission.HANDLE_REQUEST)),
            text=text,
        )
    )
    session.flush()


def _columns(details: RequestDetails) -> dict[str, Any]:
    columns: dict[str, Any] = asdict(details)
    for name in ("wanted_roles", "wanted_ways"):
        columns[name] = list(columns[name])
    return columns
