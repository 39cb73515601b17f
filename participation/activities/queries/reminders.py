"""Reads of reminders: an activity's own, those that go now, and to whom."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.activities.models import (
    Activity,
    Invitation,
    InvitationRound,
    Reminder,
    SentReminder,
)
from participation.activities.rules.reminders import MOST_DAYS_BEFORE, Audience, goes_at, is_due
from participation.activities.rules.states import STILL_TO_COME, InvitationState
from participation.foundation.clock import now
from participation.foundation.errors import NotFound
from participation.interest_bank.models import BankMember

_STATES = {Audience.UNANSWERED: InvitationState.SENT, Audience.COMING: InvitationState.ACCEPTED}


def reminders_of(session: Session, activity_id: int) -> Sequence[Reminder]:
    """An activity's reminders: those before the answer first, then the earliest."""
    return session.scalars(
        select(Reminder)
        .where(Reminder.activity_id == activity_id)
        .order_by(Reminder.audience.desc(), Reminder.days_before.desc(), Reminder.id)
    ).all()


def reminder_of(session: Session, activity: Activity, public_id: str) -> Reminder:
    """One reminder of an activity the caller may manage. Raises NotFound."""
    found = session.scalar(
        select(Reminder).where(Reminder.activity_id == activity.id, Reminder.public_id == public_id)
    )
    if found is None:
        raise NotFound
    return found


def reached_by(session: Session, reminders: Sequence[Reminder]) -> Mapping[int, int]:
    """How many people each reminder has gone to. One query."""
    rows = session.execute(
        select(SentReminder.reminder_id, func.count())
        .where(SentReminder.reminder_id.in_([reminder.id for reminder in reminders]))
        .group_by(SentReminder.reminder_id)
    )
    return Counter(dict(list(rows)))


def reminders_to_consider(session: Session) -> Sequence[int]:
    """Reminders of activities that are to come soon enough for one to be due. One query."""
    horizon = now() + timedelta(days=MOST_DAYS_BEFORE + 1)
    is_coming = (Activity.starts_at > now()) & (Activity.starts_at <= horizon)
    return session.scalars(
        select(Reminder.id)
        .join(Activity, Activity.id == Reminder.activity_id)
        .where(
            Activity.state.in_(STILL_TO_COME),
            is_coming | (Reminder.audience == Audience.UNANSWERED),
        )
        .order_by(Reminder.id)
    ).all()


def rounds_due(
    session: Session, reminder: Reminder, activity: Activity
) -> Sequence[InvitationRound]:
    """The rounds whose people this reminder goes to now."""
    moment = now()
    rounds = session.scalars(
        select(InvitationRound)
        .where(InvitationRound.activity_id == activity.id)
        .order_by(InvitationRound.number)
    ).all()
    due = []
    for one in rounds:
        is_before_answer = reminder.audience == Audience.UNANSWERED
        anchor = one.reply_by if is_before_answer else activity.starts_at
        goes = goes_at(reminder.days_before, reminder.hour, anchor)
        if is_due(moment, goes, anchor) and reminder.created_at <= goes:
            due.append(one)
    return due


def people_to_remind(
    session: Session, reminder: Reminder, activity: Activity, asked: InvitationRound
) -> Sequence[Any]:
    """Who gets it: id, public id of the invitation, name, address and language. One query.

    Only who is in the right state this moment, and has not got it. Somebody invited, or who said
    yes, after its time had come was told everything then.
    """
    anchor = asked.reply_by if reminder.audience == Audience.UNANSWERED else activity.starts_at
    goes = goes_at(reminder.days_before, reminder.hour, anchor)
    has_got = select(SentReminder.invitation_id).where(SentReminder.reminder_id == reminder.id)
    since = func.coalesce(Invitation.answered_at, Invitation.created_at)
    return session.execute(
        select(
            Invitation.id,
            Invitation.public_id,
            BankMember.name,
            Account.email,
            Account.locale,
        )
        .join(BankMember, BankMember.id == Invitation.member_id)
        .join(Account, Account.id == BankMember.account_id)
        .where(
            Invitation.round_id == asked.id,
            Invitation.state == _STATES[Audience(reminder.audience)],
            since < goes,
            Invitation.id.not_in(has_got),
        )
        .order_by(Invitation.id)
    ).all()
