"""Attendance closes an activity: from then on the organisation owes those who came an answer."""

from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from participation.activities.models import (
    Activity,
    Attendance,
    Invitation,
)
from participation.activities.queries import activity_by_public_id, those_who_came
from participation.activities.rules.states import (
    ANSWER_DUE_DAYS,
    ActivityState,
    InvitationState,
)
from participation.activities.services.activities import move
from participation.activities.services.mails import mail_invited
from participation.activities.services.places import locked_activity
from participation.activities.services.requests import follow_activities
from participation.commitments.models import Commitment
from participation.commitments.services import owe
from participation.county.models import Organisation
from participation.disclosure.rules.tables import BASE_MINIMUM
from participation.foundation.clock import now, today
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.events import announce
from participation.foundation.i18n import DEFAULT_LOCALE, ngettext, use_locale
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Actor
from participation.interest_bank.models import BankMember

SUBJECT_KIND = "activity"


def close_attendance(
    session: Session, actor: Actor, activity: Activity, present: Collection[str]
) -> int:
    """Note who was there (public ids of members who had said yes), and complete the activity.

    With at least one person there, the organisation owes an answer on what it led to within 60
    days. Returns how many were there.

    Raises Conflict when it has not begun, or is over or called off.
    """
    locked = locked_activity(session, activity.id)
    if locked.starts_at > now():
        raise Conflict
    move(locked, ActivityState.COMPLETED)
    locked.attendance_closed_at = now()
    coming = session.scalars(
        select(Invitation)
        .where(Invitation.activity_id == locked.id, Invitation.state == InvitationState.ACCEPTED)
        .options(selectinload(Invitation.member))
        .order_by(Invitation.id)
    ).all()
    session.add_all(
        Attendance(
            activity_id=locked.id,
            member_id=invitation.member_id,
            present=invitation.member.public_id in present,
        )
        for invitation in coming
    )
    came = sum(invitation.member.public_id in present for invitation in coming)
    log_event(session, actor, "attendance_closed", "activity", locked.public_id, came=came)
    session.flush()
    follow_activities(session, actor, locked.request_id)
    if came:
        _owe_an_answer(session, actor, locked, came)
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
