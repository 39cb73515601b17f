"""Attendance closes an activity: from then on the organisation owes those who came an answer."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, selectinload

from participation.activities.models import (
    Activity,
    Attendance,
    Invitation,
    InvitationRound,
)
from participation.activities.queries import (
    activity_by_public_id,
    addresses_of_those_who_came,
    those_who_came,
)
from participation.activities.rules.evaluation import OPEN_FOR
from participation.activities.rules.states import (
    ANSWER_DUE_DAYS,
    ActivityState,
    InvitationState,
)
from participation.activities.services.activities import move
from participation.activities.services.mails import (
    Invited,
    hashed_token,
    mail_all,
    mail_invited,
)
from participation.activities.services.places import locked_activity
from participation.activities.services.requests import follow_activities
from participation.commitments.models import Commitment
from participation.commitments.services import owe
from participation.county.models import Organisation
from participation.disclosure.rules.tables import BASE_MINIMUM
from participation.foundation.clock import now, today
from participation.foundation.db import new_public_id
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.events import announce
from participation.foundation.i18n import DEFAULT_LOCALE, ngettext, use_locale
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Actor
from participation.interest_bank.models import BankMember

SUBJECT_KIND = "activity"
ARRIVING = timedelta(hours=1)


def note_attendance(
    session: Session,
    actor: Actor,
    activity: Activity,
    member: BankMember,
    present: bool | None,
) -> None:
    """Note that one person was there or was not; None takes the note away. Saved at once.

    Before the attendance is closed by anybody who manages the activity; afterwards it is a
    correction, which is logged and cannot take a note away. Whoever was neither invited nor said
    yes is added as having come without an invitation.

    Raises Conflict when the activity has not begun, is called off, or a closed note is taken away.
    """
    locked = locked_activity(session, activity.id)
    is_closed = locked.attendance_closed_at is not None
    if not may_note_attendance(locked, now()) or (is_closed and present is None):
        raise Conflict
    _have_invitation(session, actor, locked, member)
    noted = session.get(Attendance, (locked.id, member.id))
    if present is None:
        _take_back(session, locked, member, noted)
        return
    if noted is None:
        noted = Attendance(activity_id=locked.id, member_id=member.id)
        session.add(noted)
    noted.present, noted.ticked_at = present, now()
    session.flush()
    if is_closed:
        _tell_of_correction(session, actor, locked, member, present=present)


def _tell_of_correction(
    session: Session, actor: Actor, activity: Activity, member: BankMember, *, present: bool
) -> None:
    log_event(
        session,
        actor,
        "attendance_corrected",
        "activity",
        activity.public_id,
        subject_account_id=member.account_id,
        present=present,
    )
    announce(
        session,
        "attendance_corrected",
        activity_id=activity.id,
        member_id=member.id,
        present=present,
    )


def may_note_attendance(activity: Activity, moment: datetime) -> bool:
    """From an hour before the beginning, when people arrive."""
    if activity.state == ActivityState.CANCELLED:
        return False
    return activity.starts_at - ARRIVING <= moment


def _have_invitation(
    session: Session, actor: Actor, activity: Activity, member: BankMember
) -> None:
    """Who comes without an invitation gets one all the same, which takes no seat: by its link
    they read what it led to, and say what they thought."""
    known = session.scalar(
        select(Invitation.id).where(
            Invitation.activity_id == activity.id, Invitation.member_id == member.id
        )
    )
    if known is not None:
        return
    public_id = new_public_id()
    session.add(
        Invitation(
            public_id=public_id,
            activity_id=activity.id,
            round_id=_round_of_walk_ins(session, actor, activity).id,
            member_id=member.id,
            token_hash=hashed_token(public_id),
            state=InvitationState.WALKED_IN,
        )
    )
    session.flush()
    log_event(
        session,
        actor,
        "walked_in",
        "activity",
        activity.public_id,
        subject_account_id=member.account_id,
    )


def _round_of_walk_ins(session: Session, actor: Actor, activity: Activity) -> InvitationRound:
    """Round 0: those who were never invited."""
    found = session.scalar(
        select(InvitationRound).where(
            InvitationRound.activity_id == activity.id, InvitationRound.number == 0
        )
    )
    if found is not None:
        return found
    made = InvitationRound(
        activity_id=activity.id,
        number=0,
        reply_by=activity.starts_at,
        sent_at=now(),
        created_by_account_id=actor.account_id,
    )
    session.add(made)
    session.flush()
    return made


def _take_back(
    session: Session, activity: Activity, member: BankMember, noted: Attendance | None
) -> None:
    if noted is not None:
        session.delete(noted)
    session.execute(
        delete(Invitation).where(
            Invitation.activity_id == activity.id,
            Invitation.member_id == member.id,
            Invitation.state == InvitationState.WALKED_IN,
        )
    )
    session.flush()


def close_attendance(
    session: Session, actor: Actor, activity: Activity, present: Collection[str] = ()
) -> int:
    """Complete the activity: those noted (or in `present`, public ids) were there, others not.

    With at least one person there, the organisation owes an answer on what it led to within 60
    days. Returns how many were there.

    Raises Conflict when it has not begun, or is over or called off.
    """
    locked = locked_activity(session, activity.id)
    if locked.starts_at > now():
        raise Conflict
    move(locked, ActivityState.COMPLETED)
    locked.attendance_closed_at = now()
    came = _settle(session, locked, present)
    log_event(session, actor, "attendance_closed", "activity", locked.public_id, came=came)
    session.flush()
    follow_activities(session, actor, locked.request_id)
    if came:
        _owe_an_answer(session, actor, locked, came)
        _ask_what_they_thought(session, locked)
    announce(session, "attendance_closed", activity_id=locked.id)
    return came


def tell_what_it_led_to(session: Session, commitment: Commitment) -> int:
    """Mail everybody who was there that the owed answer has come; how many were told."""
    if commitment.subject_kind != SUBJECT_KIND:
        return 0
    activity = activity_by_public_id(session, commitment.subject_public_id)
    if activity is None:
        return 0
    told = 0
    for invitation in those_who_came(session, activity.id):
        member = session.get_one(BankMember, invitation.member_id)
        if member.is_in_bank:
            mail_invited(session, "led_to", activity, invitation)
            told += 1
    return told


def _settle(session: Session, activity: Activity, present: Collection[str]) -> int:
    """A note for everybody who said yes and has none; how many were there in all."""
    coming = session.scalars(
        select(Invitation)
        .where(Invitation.activity_id == activity.id, Invitation.state == InvitationState.ACCEPTED)
        .options(selectinload(Invitation.member))
        .order_by(Invitation.id)
    ).all()
    noted = {
        row.member_id: row
        for row in session.scalars(select(Attendance).where(Attendance.activity_id == activity.id))
    }
    for invitation in coming:
        was_there = invitation.member.public_id in present
        if invitation.member_id not in noted:
            row = Attendance(
                activity_id=activity.id, member_id=invitation.member_id, present=was_there
            )
            session.add(row)
            noted[invitation.member_id] = row
    session.flush()
    return sum(row.present for row in noted.values())


def _ask_what_they_thought(session: Session, activity: Activity) -> None:
    people = [Invited(**row) for row in addresses_of_those_who_came(session, activity.id)]
    mail_all(session, "evaluation", activity, people, reply_by=now() + OPEN_FOR)


def _owe_an_answer(session: Session, actor: Actor, activity: Activity, came: int) -> None:
    with use_locale(DEFAULT_LOCALE):  # stored words are Swedish, like the organisations' own
        owed_to = (
            _("Those who took part")  # the promise is public, and so few are not counted there
            if came < BASE_MINIMUM
            else ngettext("One person who took part", "%(num)s people who took part", came)
        )
        title = _("What “%(title)s” led to", title=activity.title)
    owe(
        session,
        owed_by=session.get_one(Organisation, activity.organisation_id),
        owed_to=owed_to,
        subject_kind=SUBJECT_KIND,
        subject_public_id=activity.public_id,
        title=title,
        due_on=today() + timedelta(days=ANSWER_DUE_DAYS),
        is_fictional=activity.is_fictional,
        actor=actor,
    )
