"""Seats drawn by lot among those who said yes: begun, given out, the others put in line."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.activities.models import Activity, Invitation, InvitationRound
from participation.activities.queries import place_in_line
from participation.activities.rules.calendars import Method
from participation.activities.rules.states import OWNER_KIND, InvitationState
from participation.activities.services.draws import owner_of
from participation.activities.services.mails import mail_invited
from participation.activities.services.places import (
    accepted_count,
    fill_seats,
    locked_activity,
    put_in_line,
)
from participation.foundation.clock import now
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.permissions import SYSTEM, Actor
from participation.selection.models import Draw
from participation.selection.queries import alternates_of, panel_of, people_of
from participation.selection.services import close_draw, prepare_draw

SEATS = "seats"


def draw_seats(session: Session, actor: Actor, activity: Activity) -> Draw | None:
    """Begin the draw among everybody who said yes; None when there is a seat for each of them.

    Then they all have one at once, and nothing is drawn.

    Raises:
        Conflict: the seats are not drawn by lot, are drawn already, somebody can still answer, or
            nobody has said yes.
        DrawUnderWay: the draw is going on already.
    """
    locked = locked_activity(session, activity.id)
    if not may_draw_seats(session, locked):
        raise Conflict
    interested = _in_draw(session, locked)
    if len(interested) <= locked.seats:
        _give_out(session, actor, locked, interested)
        return None
    return prepare_draw(
        session,
        actor,
        title=locked.title,
        seats=locked.seats,
        alternates=len(interested) - locked.seats,
        members=[invitation.member_id for invitation in interested],
        owner=owner_of(locked, SEATS),
        organisation_id=locked.organisation_id,
        is_fictional=locked.is_fictional,
    )


def may_draw_seats(session: Session, activity: Activity) -> bool:
    """Whether the last day to answer has passed, and somebody is in the draw."""
    if not activity.is_still_to_come or not activity.awaits_draw:
        return False
    last = session.scalar(
        select(func.max(InvitationRound.reply_by)).where(InvitationRound.activity_id == activity.id)
    )
    return last is not None and last <= now() and bool(_in_draw(session, activity))


def seat_those_drawn(session: Session, draw: Draw) -> None:
    """The draw is made: seats to the panel, the waiting list to the others in the drawn order.

    After the drawn alternates come the others of the pool by their random numbers, and last those
    who said yes after it was sealed. Whoever said no since gets nothing. Does nothing for other
    draws, or when the activity is over or its seats are given out.
    """
    if (draw.owner_kind, draw.purpose) != (OWNER_KIND, SEATS):
        return
    activity_id = session.scalar(select(Activity.id).where(Activity.public_id == draw.owner_id))
    if activity_id is None:
        return
    activity = locked_activity(session, activity_id)
    if not activity.is_still_to_come or not activity.awaits_draw:
        return
    _give_out(session, SYSTEM, activity, _in_drawn_order(session, activity, draw))
    close_draw(session, SYSTEM, draw)


def _in_drawn_order(session: Session, activity: Activity, draw: Draw) -> list[Invitation]:
    placed = [*panel_of(session, draw), *alternates_of(session, draw)]
    order = [place.person.member_id for place in placed]
    order += [person.member_id for person in people_of(session, draw.id)]
    turn: dict[int | None, int] = {}
    for number, member_id in enumerate(order):
        turn.setdefault(member_id, number)
    interested = _in_draw(session, activity)
    return sorted(interested, key=lambda one: turn.get(one.member_id, len(order)))


def _give_out(
    session: Session, actor: Actor, activity: Activity, in_order: Sequence[Invitation]
) -> None:
    """Seats to the first, places in line to the rest; one mail each. Under the activity's lock."""
    free = max(0, activity.seats - accepted_count(session, activity.id))
    activity.seats_drawn_at = now()
    for invitation in in_order[:free]:
        invitation.state = InvitationState.ACCEPTED
        session.flush()
        mail_invited(session, "seat_drawn", activity, invitation, method=Method.REQUEST)
    for invitation in in_order[free:]:
        put_in_line(session, invitation)
        place = place_in_line(session, invitation)
        mail_invited(session, "not_drawn", activity, invitation, place_in_line=place)
    fill_seats(session, activity)
    log_event(
        session,
        actor,
        "seats_given_out",
        "activity",
        activity.public_id,
        seats=min(free, len(in_order)),
        waiting=max(0, len(in_order) - free),
    )
    session.flush()


def _in_draw(session: Session, activity: Activity) -> list[Invitation]:
    """Those who said yes and wait for the draw, first answer first."""
    return list(
        session.scalars(
            select(Invitation)
            .where(
                Invitation.activity_id == activity.id,
                Invitation.state == InvitationState.IN_DRAW,
            )
            .order_by(Invitation.answered_at, Invitation.id)
            .execution_options(populate_existing=True)
        )
    )
