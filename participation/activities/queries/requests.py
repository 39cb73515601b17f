"""Reads of requests and of the talk about them."""

from collections.abc import Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from participation.activities.models import Activity, ParticipationRequest, RequestMessage
from participation.activities.queries.scope import may_see_request
from participation.activities.rules.states import RequestState
from participation.county.models import Organisation, Unit
from participation.foundation.errors import NotFound
from participation.foundation.permissions import Actor, Permission

REQUEST_WHOLE = (
    joinedload(ParticipationRequest.organisation),
    joinedload(ParticipationRequest.unit),
    joinedload(ParticipationRequest.area),
)


def requests_visible_to(
    actor: Actor, state: str = "", organisation_id: int | None = None
) -> Select[ParticipationRequest]:
    """Requests the person may see, newest first, as a statement for paging.

    Coordinators see no draft but their own; an organisation sees all of its own.
    """
    statement = select(ParticipationRequest).where(may_see_request(actor))
    if state in set(RequestState):
        statement = statement.where(ParticipationRequest.state == state)
    if organisation_id is not None:
        statement = statement.where(ParticipationRequest.organisation_id == organisation_id)
    return statement.options(*REQUEST_WHOLE).order_by(
        ParticipationRequest.created_at.desc(), ParticipationRequest.id.desc()
    )


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
        select(ParticipationRequest, func.coalesce(Unit.name, Organisation.name))
        .join(Organisation, Organisation.id == ParticipationRequest.organisation_id)
        .outerjoin(Unit, Unit.id == ParticipationRequest.unit_id)
        .where(
            may_see_request(actor),
            ParticipationRequest.state.in_(
                (RequestState.DRAFT, RequestState.SUBMITTED, RequestState.ACCEPTED)
            ),
            ParticipationRequest.id.not_in(has_activity),
        )
        .order_by(ParticipationRequest.submitted_at, ParticipationRequest.id)
    )
    return [(found, sender) for found, sender in rows]


def messages_about(session: Session, request_id: int) -> Sequence[RequestMessage]:
    """The talk about a request, oldest first."""
    return session.scalars(
        select(RequestMessage)
        .where(RequestMessage.request_id == request_id)
        .order_by(RequestMessage.created_at, RequestMessage.id)
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
        .where(ParticipationRequest.state != RequestState.DRAFT)
        .order_by(ParticipationRequest.id)
    ).all()
