"""Seats and who waits for them. Everything here runs under the activity's lock."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.activities.models import Activity, Invitation
from participation.activities.rules.calendars import Method
from participation.activities.rules.states import InvitationState
from participation.activities.services.mails import mail_invited


def locked_activity(session: Session, activity_id: int) -> Activity:
    """The activity's row, locked: whoever changes seats, answers or state waits for it."""
    return session.scalars(
        select(Activity)
        .where(Activity.id == activity_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def accepted_count(session: Session, activity_id: int) -> int:
    """How many seats are taken."""
    return (
        session.scalar(
            select(func.count(Invitation.id)).where(
                Invitation.activity_id == activity_id,
                Invitation.state == InvitationState.ACCEPTED,
            )
        )
        or 0
    )


def put_in_line(session: Session, invitation: Invitation) -> None:
    """Give somebody the last place on the waiting list."""
    last = session.scalar(
        select(func.max(Invitation.waiting_number)).where(
            Invitation.activity_id == invitation.activity_id
        )
    )
    invitation.waiting_number = (last or 0) + 1
    invitation.state = InvitationState.WAITING
    session.flush()


def fill_seats(session: Session, activity: Activity) -> None:
    """Give free seats to those who wait, in their order."""
    free = activity.seats - accepted_count(session, activity.id)
    if free <= 0:
        return
    waiting = session.scalars(
        select(Invitation)
        .where(
            Invitation.activity_id == activity.id,
            Invitation.state == InvitationState.WAITING,
        )
        .order_by(Invitation.waiting_number, Invitation.id)
        .limit(free)
        .execution_options(populate_existing=True)
    ).all()
    for invitation in waiting:
        invitation.state = InvitationState.ACCEPTED
        session.flush()
        mail_invited(session, "seat_free", activity, invitation, method=Method.REQUEST)
