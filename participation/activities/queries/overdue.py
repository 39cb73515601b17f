"""What is past its date across all activities: one list, each part one query."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from participation.activities.models import Activity, Invitation, InvitationRound
from participation.activities.queries.scope import may_see_activity
from participation.activities.rules.states import (
    STILL_TO_COME,
    ActivityKind,
    ActivityState,
    InvitationState,
)
from participation.foundation.clock import now
from participation.foundation.permissions import Actor, Permission


@dataclass(frozen=True)
class FreeSeats:
    """An activity whose last day to answer has passed with seats free."""

    activity: Activity
    free: int
    reply_by: datetime


def attendance_not_noted(session: Session, actor: Actor) -> Sequence[Activity]:
    """Activities that have been, whose attendance is not closed."""
    return session.scalars(
        _managed(actor)
        .where(Activity.state.in_(STILL_TO_COME), Activity.ends_at <= now())
        .order_by(Activity.starts_at, Activity.id)
    ).all()


def free_seats_after_last_day(session: Session, actor: Actor) -> Sequence[FreeSeats]:
    """Open activities to come in which nobody can answer any more, and not everybody comes."""
    taken = (
        select(func.count(Invitation.id))
        .where(Invitation.activity_id == Activity.id, Invitation.state == InvitationState.ACCEPTED)
        .scalar_subquery()
    )
    last = (
        select(func.max(InvitationRound.reply_by))
        .where(InvitationRound.activity_id == Activity.id)
        .scalar_subquery()
    )
    rows = session.execute(
        _managed(actor)
        .add_columns(Activity.seats - taken, last)
        .where(
            Activity.state == ActivityState.OPEN,
            Activity.starts_at > now(),
            or_(Activity.draw_on.is_(None), Activity.seats_drawn_at.is_not(None)),
            ~Activity.is_open_to_all,
            Activity.kind != ActivityKind.COUNCIL_MEETING,  # its seats are the council's own
            taken < Activity.seats,
            last <= now(),
        )
        .order_by(Activity.starts_at, Activity.id)
    )
    return [FreeSeats(activity, free, reply_by) for activity, free, reply_by in rows]


def seats_to_draw(session: Session, actor: Actor) -> Sequence[Activity]:
    """Activities whose last day to answer has passed and whose seats are not drawn yet."""
    can_answer = (
        select(InvitationRound.id)
        .where(InvitationRound.activity_id == Activity.id, InvitationRound.reply_by > now())
        .exists()
    )
    return session.scalars(
        _managed(actor)
        .where(
            Activity.state == ActivityState.OPEN,
            Activity.starts_at > now(),
            Activity.draw_on.is_not(None),
            Activity.seats_drawn_at.is_(None),
            ~can_answer,
        )
        .order_by(Activity.draw_on, Activity.id)
    ).all()


def _managed(actor: Actor) -> Select[Activity]:
    return select(Activity).where(may_see_activity(actor, Permission.MANAGE_ACTIVITIES))
