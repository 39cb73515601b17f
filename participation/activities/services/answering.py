"""Answers to invitations: seats are given under a lock, never more than there are."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.activities.models import Activity, Invitation, InvitationRound
from participation.activities.queries import place_in_line
from participation.activities.rules.states import (
    Answer,
    InvitationState,
)
from participation.activities.rules.tokens import TOKEN_PURPOSE
from participation.activities.services.mails import CANCEL, REQUEST, mail_invited
from participation.activities.services.places import (
    accepted_count,
    fill_seats,
    locked_activity,
)
from participation.foundation.clock import now
from participation.foundation.crypto import token_hash
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.eventlog.services import log_event
from participation.foundation.permissions import Actor

OPEN_STATES = (
    InvitationState.QUEUED,
    InvitationState.SENT,
    InvitationState.NOT_NOW,
    InvitationState.WAITING,
    InvitationState.ACCEPTED,
)
NO_STATES = {Answer.NO: InvitationState.DECLINED, Answer.NOT_NOW: InvitationState.NOT_NOW}


class InvitationClosed(Conflict):
    """The invitation can no longer be answered; the page behind the link says why."""

    code = "invitation_closed"


def answer_invitation(
    session: Session, token: str, answer: Answer, words: str | None = None
) -> Invitation:
    """Take an invited person's answer; the same answer again changes nothing and mails nothing.

    A yes takes a seat, or a place at the end of the waiting list when all are taken. A no gives
    the seat to the first who waits. `words` are what they added to a yes or a no, or the question
    of "more".

    Raises:
        NotFound: no such link.
        InvitationClosed: too late, taken back, over or called off.
    """
    invitation, activity = _locked_by_token(session, token)
    _check_open(session, invitation, activity)
    if answer is Answer.MORE:
        invitation.question = words
        invitation.asked_at = now()
        session.flush()
    elif answer is Answer.YES:
        _say_yes(session, invitation, activity, words)
    else:
        _say_no(session, invitation, activity, NO_STATES[answer], words)
    return invitation


def withdraw_invitation(session: Session, actor: Actor, invitation: Invitation) -> None:
    """Take an invitation back; a seat that becomes free goes to the first who waits."""
    activity = locked_activity(session, invitation.activity_id)
    fresh = _reread(session, invitation.id)
    if fresh.state not in OPEN_STATES or not activity.is_still_to_come:
        raise Conflict
    was_coming = fresh.state == InvitationState.ACCEPTED
    fresh.state = InvitationState.WITHDRAWN
    session.flush()
    log_event(session, actor, "invitation_withdrawn", "invitation", fresh.public_id)
    method = CANCEL if was_coming else None
    mail_invited(session, "withdrawn", activity, fresh, method=method)
    fill_seats(session, activity)


def forget_member(session: Session, member_id: int) -> None:
    """Somebody left the bank: their open invitations end, their words go, their seats move on."""
    theirs = session.scalars(
        select(Invitation).where(Invitation.member_id == member_id).order_by(Invitation.activity_id)
    ).all()
    for invitation in theirs:
        invitation.reason = invitation.question = None
        activity = locked_activity(session, invitation.activity_id)
        fresh = _reread(session, invitation.id)
        if activity.is_still_to_come and fresh.state in OPEN_STATES:
            fresh.state = InvitationState.WITHDRAWN
            session.flush()
            fill_seats(session, activity)
    session.flush()


def _say_yes(
    session: Session, invitation: Invitation, activity: Activity, words: str | None
) -> None:
    invitation.reason = words
    session.flush()
    if invitation.state in {InvitationState.ACCEPTED, InvitationState.WAITING}:
        return
    invitation.answered_at = now()
    if accepted_count(session, activity.id) < activity.seats:
        invitation.state = InvitationState.ACCEPTED
        session.flush()
        mail_invited(session, "accepted", activity, invitation, method=REQUEST)
        return
    last = session.scalar(
        select(func.max(Invitation.waiting_number)).where(Invitation.activity_id == activity.id)
    )
    invitation.waiting_number = (last or 0) + 1
    invitation.state = InvitationState.WAITING
    session.flush()
    place = place_in_line(session, invitation)
    mail_invited(session, "waiting", activity, invitation, place_in_line=place)


def _say_no(
    session: Session,
    invitation: Invitation,
    activity: Activity,
    wanted: InvitationState,
    words: str | None,
) -> None:
    was_coming = invitation.state == InvitationState.ACCEPTED
    if invitation.state != wanted:
        invitation.state = wanted
        invitation.answered_at = now()
    invitation.reason = words
    session.flush()
    if was_coming:
        mail_invited(session, "not_coming", activity, invitation, method=CANCEL)
        fill_seats(session, activity)


def _locked_by_token(session: Session, token: str) -> tuple[Invitation, Activity]:
    found = session.execute(
        select(Invitation.id, Invitation.activity_id).where(
            Invitation.token_hash == token_hash(TOKEN_PURPOSE, token)
        )
    ).one_or_none()
    if found is None:
        raise NotFound
    activity = locked_activity(session, found.activity_id)
    return _reread(session, found.id), activity


def _reread(session: Session, invitation_id: int) -> Invitation:
    """The invitation as it stands once the activity's lock is held."""
    return session.scalars(
        select(Invitation)
        .where(Invitation.id == invitation_id)
        .execution_options(populate_existing=True)
    ).one()


def _check_open(session: Session, invitation: Invitation, activity: Activity) -> None:
    invitation_round = session.get_one(InvitationRound, invitation.round_id)
    is_open = (
        activity.is_still_to_come
        and invitation.state != InvitationState.WITHDRAWN
        and now() < invitation_round.reply_by
    )
    if not is_open:
        raise InvitationClosed
