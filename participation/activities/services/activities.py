"""Activities: made, changed, called off."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.activities.models import Activity, Invitation, ParticipationRequest
from participation.activities.queries import activity_of_request
from participation.activities.rules.calendars import Method
from participation.activities.rules.details import ActivityDetails, changes_calendars
from participation.activities.rules.states import (
    ACTIVITY_MOVES,
    CAN_BE_OPEN_TO_ALL,
    OWNER_KIND,
    SAID_YES,
    ActivityState,
    InvitationState,
)
from participation.activities.services.mails import mail_invited
from participation.activities.services.places import (
    accepted_count,
    fill_seats,
    locked_activity,
)
from participation.activities.services.requests import follow_activities
from participation.county.models import Organisation
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.i18n import DEFAULT_LOCALE, use_locale
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Actor
from participation.selection.queries import draws_of_owner
from participation.selection.rules.draws import OPEN_STATES
from participation.selection.services import cancel_draw
from participation.training.services import tell_of_offer

CONCERNED_BY_CANCELLING = (
    InvitationState.SENT,
    InvitationState.ACCEPTED,
    InvitationState.WAITING,
    InvitationState.IN_DRAW,
)


class DrawDayFixed(Conflict):
    """People have answered as it was: the seats cannot become drawn, or undrawn, any more."""

    code = "draw_day_fixed"


class ActivityMade(Conflict):
    """An activity was made of the request already; `data["public_id"]` names it."""

    code = "activity_made"


def create_activity(
    session: Session,
    actor: Actor,
    details: ActivityDetails,
    request: ParticipationRequest | None = None,
) -> Activity:
    """Plan an activity, perhaps out of an accepted request. Nobody is invited by this.

    Raises ActivityMade when the request has one that is still to come.
    """
    if request is not None:
        _refuse_second(session, request)
    organisation = session.get_one(Organisation, details.organisation_id)
    activity = Activity(
        request_id=request.id if request else None,
        is_fictional=organisation.is_fictional or bool(request and request.is_fictional),
        **_columns(details),
    )
    session.add(activity)
    session.flush()
    log_event(session, actor, "activity_created", "activity", activity.public_id)
    follow_activities(session, actor, activity.request_id)
    if activity.course_id is not None and activity.has_public_page:
        tell_of_offer(session, activity.course_id, f"/activities/{activity.public_id}")
    return activity


def _refuse_second(session: Session, request: ParticipationRequest) -> None:
    """Under the request's lock, so that two presses on the button make one activity."""
    session.execute(
        select(ParticipationRequest.id)
        .where(ParticipationRequest.id == request.id)
        .with_for_update()
    )
    made = activity_of_request(session, request.id)
    if made is not None and made.is_still_to_come:
        raise ActivityMade(public_id=made.public_id)


def change_activity(
    session: Session, actor: Actor, activity: Activity, details: ActivityDetails
) -> None:
    """Change an activity that is still to come; those who said yes get a new calendar entry.

    Whoever waits for the draw is told of a new time or place, and of a new day of the draw.

    New seats go to those who wait, before anybody who answers later.

    Raises:
        Conflict: it is over or called off, or more have said yes than there would be seats.
        DrawDayFixed: whether the seats are drawn would change after people have said yes.
    """
    locked = locked_activity(session, activity.id)
    if not locked.is_still_to_come or details.seats < accepted_count(session, locked.id):
        raise Conflict
    _check_draw_day(session, locked, details)
    columns = _columns(details)
    must_tell = changes_calendars({n: getattr(locked, n) for n in columns}, columns)
    moves_draw = locked.draw_on != details.draw_on
    for name, value in columns.items():
        setattr(locked, name, value)
    if must_tell:
        locked.sequence += 1
    log_event(session, actor, "activity_changed", "activity", locked.public_id)
    session.flush()
    if must_tell:
        for invitation in _invitations(session, locked, (InvitationState.ACCEPTED,)):
            mail_invited(session, "changed", locked, invitation, method=Method.REQUEST)
    if must_tell or moves_draw:
        for invitation in _invitations(session, locked, (InvitationState.IN_DRAW,)):
            mail_invited(session, "in_draw_changed", locked, invitation)
    fill_seats(session, locked)


def _check_draw_day(session: Session, activity: Activity, details: ActivityDetails) -> None:
    """A yes means what it meant when it was given; the day itself moves freely before the draw."""
    if activity.draw_on == details.draw_on:
        return
    stays_drawn = activity.awaits_draw and details.draw_on is not None
    if not stays_drawn and _invitations(session, activity, SAID_YES):
        raise DrawDayFixed


def set_invitation_words(session: Session, actor: Actor, activity: Activity, words: str) -> None:
    """What invitations from now on carry in somebody's own words.

    Raises Conflict when the activity is over or called off.
    """
    locked = locked_activity(session, activity.id)
    if not locked.is_still_to_come:
        raise Conflict
    locked.invitation_words = words
    log_event(session, actor, "invitation_words_set", "activity", locked.public_id)
    session.flush()


def cancel_activity(session: Session, actor: Actor, activity: Activity, reason: str) -> int:
    """Call an activity off and mail everybody concerned; how many that were.

    A draw that is going on for it is cancelled with it.

    Raises Conflict when it is over already.
    """
    _cancel_draws(session, actor, activity)  # before the activity is locked, as a draw does
    locked = locked_activity(session, activity.id)
    move(locked, ActivityState.CANCELLED)
    locked.state_reason = reason
    locked.sequence += 1
    log_event(session, actor, "activity_cancelled", "activity", locked.public_id)
    session.flush()
    follow_activities(session, actor, locked.request_id)
    concerned = _invitations(session, locked, CONCERNED_BY_CANCELLING)
    for invitation in concerned:
        was_coming = invitation.state == InvitationState.ACCEPTED
        mail_invited(
            session,
            "cancelled",
            locked,
            invitation,
            method=Method.CANCEL if was_coming else None,
            was_in_draw=invitation.state == InvitationState.IN_DRAW,
        )
    return len(concerned)


def _cancel_draws(session: Session, actor: Actor, activity: Activity) -> None:
    """The draws under way; the reason is public and says no more than that."""
    with use_locale(DEFAULT_LOCALE):
        reason = _("What the draw was for is called off.")
    for draw in draws_of_owner(session, OWNER_KIND, activity.public_id):
        if draw.state in OPEN_STATES:
            cancel_draw(session, actor, draw, reason)


def move(activity: Activity, wanted: ActivityState) -> None:
    if wanted not in ACTIVITY_MOVES[ActivityState(activity.state)]:
        raise Conflict
    activity.state = wanted


def _invitations(
    session: Session, activity: Activity, states: tuple[InvitationState, ...]
) -> list[Invitation]:
    return list(
        session.scalars(
            select(Invitation)
            .where(Invitation.activity_id == activity.id, Invitation.state.in_(states))
            .order_by(Invitation.id)
        )
    )


def _columns(details: ActivityDetails) -> dict[str, Any]:
    may_be_open = details.kind in CAN_BE_OPEN_TO_ALL
    return {
        **vars(details),
        "wanted_roles": list(details.wanted_roles),
        "wanted_municipalities": list(details.wanted_municipalities),
        "wanted_ways": list(details.wanted_ways),
        "is_open_to_all": details.is_open_to_all and may_be_open,
    }
