"""Reads of activities: lists, one activity, those open to everybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session, joinedload

from participation.activities.models import Activity, CoArranger
from participation.activities.queries.scope import may_see_activity
from participation.activities.rules.states import (
    CAN_BE_OPEN_TO_ALL,
    STILL_TO_COME,
    ActivityKind,
    ActivityState,
)
from participation.county.models import Organisation
from participation.foundation.clock import now, year_start
from participation.foundation.errors import NotFound
from participation.foundation.permissions import Actor, Permission

ACTIVITY_WHOLE = (
    joinedload(Activity.organisation),
    joinedload(Activity.unit),
    joinedload(Activity.group),
    joinedload(Activity.area),
    joinedload(Activity.course),
    joinedload(Activity.series),
)


@dataclass(frozen=True, kw_only=True)
class ActivityFilters:
    """What a list of activities is narrowed by; empty means all."""

    state: str = ""
    kind: str = ""
    text: str = ""
    area_id: int | None = None
    year: int | None = None


def activities_visible_to(actor: Actor, filters: ActivityFilters | None = None) -> Select[Activity]:
    """Activities the person may see, those still to come first, as a statement for paging."""
    filters = filters or ActivityFilters()
    statement = select(Activity).where(may_see_activity(actor, Permission.READ_ACTIVITIES))
    if filters.state in set(ActivityState):
        statement = statement.where(Activity.state == filters.state)
    if filters.kind in set(ActivityKind):
        statement = statement.where(Activity.kind == filters.kind)
    if filters.text:
        statement = statement.where(Activity.title.icontains(filters.text, autoescape=True))
    if filters.area_id is not None:
        statement = statement.where(Activity.area_id == filters.area_id)
    if filters.year is not None:
        start, end = _year(filters.year)
        statement = statement.where(Activity.starts_at >= start, Activity.starts_at < end)
    return statement.options(*ACTIVITY_WHOLE).order_by(
        Activity.state.in_(STILL_TO_COME).desc(), Activity.starts_at.desc(), Activity.id.desc()
    )


def activity_visible_to(
    session: Session,
    actor: Actor,
    public_id: str,
    permission: Permission = Permission.READ_ACTIVITIES,
) -> Activity:
    """One activity where the person holds `permission`. Raises NotFound."""
    found = session.scalar(
        select(Activity)
        .where(may_see_activity(actor, permission), Activity.public_id == public_id)
        .options(*ACTIVITY_WHOLE)
    )
    if found is None:
        raise NotFound
    return found


def activity_of_request(session: Session, request_id: int) -> Activity | None:
    """The newest activity that was made out of a request."""
    return session.scalar(
        select(Activity)
        .where(Activity.request_id == request_id)
        .order_by(Activity.id.desc())
        .limit(1)
    )


def activity_by_public_id(session: Session, public_id: str) -> Activity | None:
    """For services only: what an event is about."""
    return session.scalar(select(Activity).where(Activity.public_id == public_id))


def public_activity(session: Session, public_id: str) -> Activity:
    """An activity open to everybody. Raises NotFound for any other."""
    found = session.scalar(
        select(Activity)
        .where(_is_public(), Activity.public_id == public_id)
        .options(*ACTIVITY_WHOLE)
    )
    if found is None:
        raise NotFound
    return found


def public_activities(session: Session, most: int = 20) -> Sequence[Activity]:
    """Coming activities that are open to everybody, nearest first."""
    return session.scalars(
        select(Activity)
        .where(_is_public(), Activity.state.in_(STILL_TO_COME), Activity.ends_at > now())
        .order_by(Activity.starts_at, Activity.id)
        .limit(most)
    ).all()


def co_arrangers_of(session: Session, activity_id: int) -> Sequence[Organisation]:
    """The user organisations that arrange an activity together with whoever invites."""
    return session.scalars(
        select(Organisation)
        .join(CoArranger, CoArranger.organisation_id == Organisation.id)
        .where(CoArranger.activity_id == activity_id)
        .order_by(Organisation.name, Organisation.id)
    ).all()


def occasions_of_course(session: Session, course_id: int) -> Sequence[Activity]:
    """Coming occasions of a course that are open to everybody, nearest first."""
    return session.scalars(
        select(Activity)
        .where(
            _is_public(),
            Activity.course_id == course_id,
            Activity.state.in_(STILL_TO_COME),
            Activity.ends_at > now(),
        )
        .order_by(Activity.starts_at, Activity.id)
    ).all()


def activities_to_act_on(session: Session, actor: Actor) -> Sequence[Activity]:
    """Activities that wait for a coordinator: nobody invited yet, or attendance not noted."""
    return session.scalars(
        select(Activity)
        .where(
            may_see_activity(actor, Permission.MANAGE_ACTIVITIES),
            or_(
                (Activity.state == ActivityState.PLANNED),
                (Activity.state == ActivityState.OPEN) & (Activity.starts_at <= now()),
            ),
        )
        .order_by(Activity.starts_at, Activity.id)
    ).all()


def all_activities(session: Session) -> Sequence[Activity]:
    """Every activity, for the search index."""
    return session.scalars(select(Activity).order_by(Activity.id)).all()


def _is_public() -> ColumnElement[bool]:
    return Activity.is_open_to_all & Activity.kind.in_(CAN_BE_OPEN_TO_ALL)


def _year(year: int) -> tuple[datetime, datetime]:
    return year_start(year), year_start(year + 1)
