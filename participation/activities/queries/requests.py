"""Reads of requests and of the talk about them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload

from participation.activities.models import (
    Activity,
    ParticipationRequest,
    RequestMessage,
    RequestStep,
)
from participation.activities.queries.scope import may_see_request
from participation.activities.rules.states import GOING_REQUEST, RequestState
from participation.county.models import Organisation, Unit
from participation.foundation.clock import now, today
from participation.foundation.errors import NotFound
from participation.foundation.permissions import Actor, Permission

REQUEST_WHOLE = (
    joinedload(ParticipationRequest.organisation),
    joinedload(ParticipationRequest.unit),
    joinedload(ParticipationRequest.area),
)


class RequestSort(StrEnum):
    NEWEST = "newest"
    DUE = "due"
    WANTED = "wanted"


class RequestChoice(StrEnum):
    """Kinds of requests that a list can be narrowed to, besides their states."""

    GOING = "going"
    LATE = "late"


@dataclass(frozen=True, kw_only=True)
class RequestFilters:
    """What a list of requests is narrowed by; empty means all. `state` may be a RequestChoice."""

    state: str = ""
    organisation_id: int | None = None
    area_id: int | None = None
    text: str = ""
    sort: str = RequestSort.NEWEST


def requests_visible_to(
    actor: Actor, filters: RequestFilters | None = None
) -> Select[ParticipationRequest]:
    """Requests the person may see, as a statement for paging.

    Coordinators see no draft but their own; an organisation sees all of its own.
    """
    filters = filters or RequestFilters()
    statement = select(ParticipationRequest).where(may_see_request(actor), *_narrowed(filters))
    return statement.options(*REQUEST_WHOLE).order_by(
        *_order(filters.sort), ParticipationRequest.id.desc()
    )


def _narrowed(filters: RequestFilters) -> list[ColumnElement[bool]]:
    request = ParticipationRequest
    conditions: list[ColumnElement[bool]] = []
    if filters.state in set(RequestState):
        conditions.append(request.state == filters.state)
    elif filters.state == RequestChoice.GOING:
        conditions.append(request.state.in_(GOING_REQUEST))
    elif filters.state == RequestChoice.LATE:
        conditions.append(is_late())
    if filters.organisation_id is not None:
        conditions.append(request.organisation_id == filters.organisation_id)
    if filters.area_id is not None:
        conditions.append(request.area_id == filters.area_id)
    if filters.text.strip():
        conditions.append(_says(filters.text.strip()))
    return conditions


def _says(text: str) -> ColumnElement[bool]:
    """Whether title, task or sender holds the text. SQLite folds a–z only, hence the spellings."""
    spellings = {text, text.lower(), text.upper(), text.capitalize()}
    request = ParticipationRequest
    senders = select(Organisation.id).where(_holds(Organisation.name, spellings))
    units = select(Unit.id).where(_holds(Unit.name, spellings))
    return or_(
        _holds(request.title, spellings),
        _holds(request.task, spellings),
        request.organisation_id.in_(senders),
        request.unit_id.in_(units),
    )


def _holds(column: Any, spellings: Collection[str]) -> ColumnElement[bool]:
    return or_(*(column.icontains(spelling, autoescape=True) for spelling in sorted(spellings)))


def is_late() -> ColumnElement[bool]:
    """Somebody should have acted before today."""
    request = ParticipationRequest
    return or_(
        and_(request.state == RequestState.SUBMITTED, request.answer_due_on < today()),
        and_(request.state == RequestState.INCOMPLETE, request.completion_due_on < today()),
    )


def _order(sort: str) -> list[ColumnElement[Any]]:
    request = ParticipationRequest
    due = func.coalesce(request.answer_due_on, request.completion_due_on)
    if sort == RequestSort.DUE:
        return [due.is_(None), due]
    if sort == RequestSort.WANTED:
        return [request.wanted_from.is_(None), request.wanted_from.asc()]
    return [request.created_at.desc()]


def request_visible_to(
    session: Session, actor: Actor, public_id: str, *, to_change: bool = False
) -> ParticipationRequest:
    """One request; `to_change` locks it. Raises NotFound, also for what may not be seen."""
    statement = (
        select(ParticipationRequest)
        .where(may_see_request(actor), ParticipationRequest.public_id == public_id)
        .options(*REQUEST_WHOLE)
    )
    if to_change:
        statement = statement.with_for_update(of=ParticipationRequest)
    found = session.scalar(statement)
    if found is None:
        raise NotFound
    return found


def requests_to_act_on(
    session: Session, actor: Actor
) -> Sequence[tuple[ParticipationRequest, str]]:
    """Requests that are not over, with who sent them: a coordinator's to answer or plan, an
    organisation's to finish or follow. One query.
    """
    has_activity = select(Activity.request_id).where(Activity.request_id.is_not(None))
    rows = session.execute(
        select(ParticipationRequest, _sender())
        .join(Organisation, Organisation.id == ParticipationRequest.organisation_id)
        .outerjoin(Unit, Unit.id == ParticipationRequest.unit_id)
        .where(
            may_see_request(actor),
            ParticipationRequest.state.in_(GOING_REQUEST),
            ParticipationRequest.id.not_in(has_activity),
        )
        .order_by(ParticipationRequest.submitted_at, ParticipationRequest.id)
    )
    return [(found, sender) for found, sender in rows]


def unread_of(session: Session, actor: Actor, request_ids: Collection[int]) -> Mapping[int, int]:
    """How many messages of the other side nobody of the person's side has read. One query."""
    rows = session.execute(
        _unread(actor)
        .where(RequestMessage.request_id.in_(request_ids))
        .with_only_columns(RequestMessage.request_id, func.count())
        .group_by(RequestMessage.request_id)
    )
    return {row[0]: row[1] for row in rows}


def requests_with_unread(
    session: Session, actor: Actor
) -> Sequence[tuple[ParticipationRequest, str, int]]:
    """Requests with messages to read, who sent them, and how many messages. One query."""
    counted = (
        _unread(actor)
        .with_only_columns(RequestMessage.request_id, func.count().label("unread"))
        .group_by(RequestMessage.request_id)
        .subquery()
    )
    rows = session.execute(
        select(ParticipationRequest, _sender(), counted.c.unread)
        .join(counted, counted.c.request_id == ParticipationRequest.id)
        .join(Organisation, Organisation.id == ParticipationRequest.organisation_id)
        .outerjoin(Unit, Unit.id == ParticipationRequest.unit_id)
        .where(may_see_request(actor))
        .order_by(ParticipationRequest.id)
    )
    return [(found, sender, unread) for found, sender, unread in rows]


def _unread(actor: Actor) -> Select[Any]:
    handles = actor.can(Permission.HANDLE_REQUEST)
    request = ParticipationRequest
    read_at = request.coordinator_read_at if handles else request.asker_read_at
    return (
        select(RequestMessage)
        .join(request, request.id == RequestMessage.request_id)
        .where(
            RequestMessage.is_from_coordinator.is_(not handles),
            or_(read_at.is_(None), RequestMessage.created_at > read_at),
            RequestMessage.created_at <= now(),
        )
    )


def _sender() -> Any:
    return func.coalesce(Unit.name, Organisation.name)


def messages_about(session: Session, request_id: int) -> Sequence[RequestMessage]:
    """The talk about a request, oldest first."""
    return session.scalars(
        select(RequestMessage)
        .where(RequestMessage.request_id == request_id)
        .order_by(RequestMessage.created_at, RequestMessage.id)
    ).all()


def steps_of(session: Session, request_id: int) -> Sequence[RequestStep]:
    """What a request has been through, oldest first."""
    return session.scalars(
        select(RequestStep)
        .where(RequestStep.request_id == request_id)
        .order_by(RequestStep.created_at, RequestStep.id)
    ).all()


def organisations_of(session: Session, actor: Actor) -> Sequence[Organisation]:
    """The organisations the person may file requests for, by name."""
    scope = actor.scope(Permission.FILE_REQUEST)
    statement = select(Organisation).where(Organisation.is_current)
    if not scope.everywhere:
        statement = statement.where(Organisation.id.in_(scope.organisation_ids))
    return session.scalars(statement.order_by(Organisation.name, Organisation.id)).all()


def all_requests(session: Session) -> Sequence[ParticipationRequest]:
    """Every request that was sent, for the search index."""
    return session.scalars(
        select(ParticipationRequest)
        .where(ParticipationRequest.submitted_at.is_not(None))
        .order_by(ParticipationRequest.id)
    ).all()


def going_requests_of(session: Session, organisation_id: int) -> Sequence[ParticipationRequest]:
    """An organisation's requests that were sent and that somebody still has to act on."""
    return session.scalars(
        select(ParticipationRequest)
        .where(
            ParticipationRequest.organisation_id == organisation_id,
            ParticipationRequest.submitted_at.is_not(None),
            ParticipationRequest.state.in_((*GOING_REQUEST, RequestState.PLANNED)),
        )
        .options(*REQUEST_WHOLE)
        .order_by(ParticipationRequest.id)
    ).all()
