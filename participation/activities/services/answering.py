"""Answers to invitations: seats are given under a lock, never more than there are."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.activities.models import Activity, Evaluation, Invitation, InvitationRound
from participation.activities.queries import place_in_line
from participation.activities.rules.calendars import Method
from participation.activities.rules.states import (
    SAID_YES,
    Answer,
    InvitationState,
)
from participation.activities.rules.tokens import TOKEN_PURPOSE
from participation.activities.services.mails import mail_invited
from participation.activities.services.places import (
    accepted_count,
    fill_seats,
    locked_activity,
    put_in_line,
)
from participation.foundation.clock import now
from participation.foundation.crypto import token_hash
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.eventlog.services import log_event
from participation.foundation.outbox.services import cancel_mails_about
from participation.foundation.permissions import Actor
from participation.interest_bank.models import BankMember

OPEN_STATES = (
    InvitationState.QUEUED,
    InvitationState.SENT,
    InvitationState.NOT_NOW,
    *SAID_YES,
)
REMINDER = "activities/reminder_answer"
NO_STATES = {Answer.NO: InvitationState.DECLINED, Answer.NOT_NOW: InvitationState.NOT_NOW}


class InvitationClosed(Conflict):
    """The invitation can no longer be answered; the page behind the link says why."""

    code = "invitation_closed"


def answer_invitation(
    session: Session, token: str, answer: Answer, words: str | None = None
) -> Invitation:
    """Take an invited person's answer; the same answer again changes nothing and mails nothing.

    A yes takes a seat, or a place at the end of the waiting list when all are taken; where the
    seats are drawn by lot, it takes a place in the draw. A no gives the seat to the first who
    waits. `words` are what they added to a yes or a no, or the question
    of "more". Whoever has a seat or waits for one can say no until the activity begins.

    Raises:
        NotFound: no such link.
        InvitationClosed: too late, taken back, over or called off.
    """
    invitation, activity = _locked_by_token(session, token)
    _check_open(session, invitation, activity, answer)
    invitation.recorded_by_account_id = None
    _take(session, invitation, activity, answer, words)
    return invitation


def record_answer(
    session: Session,
    actor: Actor,
    invitation: Invitation,
    answer: Answer,
    words: str | None = None,
) -> Invitation:
    """Write down what somebody answered by phone, until the activity begins; it is logged.

    Raises InvitationClosed when it was taken back, or the activity has begun or is called off.
    """
    activity = locked_activity(session, invitation.activity_id)
    fresh = _reread(session, invitation.id)
    if not may_be_recorded(fresh, activity, now()):
        raise InvitationClosed
    fresh.recorded_by_account_id = actor.account_id
    log_event(
        session,
        actor,
        "answer_recorded",
        "invitation",
        fresh.public_id,
        subject_account_id=session.get_one(BankMember, fresh.member_id).account_id,
        answer=str(answer),
    )
    _take(session, fresh, activity, answer, words)
    return fresh


def may_be_recorded(invitation: Invitation, activity: Activity, moment: datetime) -> bool:
    """Whether staff can still write down an answer for somebody."""
    is_asked = invitation.state not in {InvitationState.WITHDRAWN, InvitationState.WALKED_IN}
    return is_asked and activity.is_still_to_come and moment < activity.starts_at


def reply_to_question(
    session: Session, actor: Actor, activity: Activity, invitation: Invitation, text: str
) -> None:
    """Answer what somebody wanted to know first; they get a mail and read it behind their link.

    Raises Conflict when nothing was asked.
    """
    if invitation.question is None:
        raise Conflict
    invitation.reply, invitation.replied_at = text, now()
    log_event(session, actor, "question_answered", "invitation", invitation.public_id)
    session.flush()
    mail_invited(session, "reply", activity, invitation)


def _take(
    session: Session,
    invitation: Invitation,
    activity: Activity,
    answer: Answer,
    words: str | None,
) -> None:
    if answer is Answer.MORE:
        invitation.question, invitation.asked_at = words, now()
        invitation.reply = invitation.replied_at = None
        session.flush()
        return
    cancel_mails_about(session, "invitation", invitation.public_id, REMINDER)
    if answer is Answer.YES:
        _say_yes(session, invitation, activity, words)
    else:
        _say_no(session, invitation, activity, NO_STATES[answer], words)


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
    method = Method.CANCEL if was_coming else None
    mail_invited(session, "withdrawn", activity, fresh, method=method)
    fill_seats(session, activity)


def forget_member(session: Session, member_id: int) -> None:
    """Somebody left the bank: their open invitations end, their words go, their seats move on."""
    theirs = session.scalars(
        select(Invitation).where(Invitation.member_id == member_id).order_by(Invitation.activity_id)
    ).all()
    for invitation in theirs:
        invitation.reason = invitation.question = invitation.reply = None
        _forget_evaluation(session, invitation.id)
        activity = locked_activity(session, invitation.activity_id)
        fresh = _reread(session, invitation.id)
        if activity.is_still_to_come and fresh.state in OPEN_STATES:
            fresh.state = InvitationState.WITHDRAWN
            session.flush()
            fill_seats(session, activity)
    session.flush()


def _forget_evaluation(session: Session, invitation_id: int) -> None:
    evaluation = session.get(Evaluation, invitation_id)
    if evaluation is not None:
        session.delete(evaluation)


def _say_yes(
    session: Session, invitation: Invitation, activity: Activity, words: str | None
) -> None:
    invitation.reason = words
    session.flush()
    if invitation.state in SAID_YES:
        return
    invitation.answered_at = now()
    if activity.awaits_draw:
        invitation.state = InvitationState.IN_DRAW
        session.flush()
        mail_invited(session, "in_draw", activity, invitation)
        return
    if accepted_count(session, activity.id) < activity.seats:
        invitation.state = InvitationState.ACCEPTED
        session.flush()
        mail_invited(session, "accepted", activity, invitation, method=Method.REQUEST)
        return
    put_in_line(session, invitation)
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
        mail_invited(session, "not_coming", activity, invitation, method=Method.CANCEL)
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


def _check_open(
    session: Session, invitation: Invitation, activity: Activity, answer: Answer
) -> None:
    asked = session.get_one(InvitationRound, invitation.round_id)
    if not can_answer(invitation, activity, asked.reply_by, answer):
        raise InvitationClosed


def can_answer(
    invitation: Invitation, activity: Activity, reply_by: datetime, answer: Answer
) -> bool:
    """Whether this answer is taken now: any until the last day, then only a no after a yes."""
    if invitation.state in {InvitationState.WITHDRAWN, InvitationState.WALKED_IN}:
        return False
    if not activity.is_still_to_come or now() >= activity.starts_at:
        return False
    return now() < reply_by or (invitation.state in SAID_YES and answer is not Answer.YES)
