"""Past invitations, laid in without mails: the mails of a year would only be thrown away."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from participation.activities.models import Activity, Invitation, InvitationRound
from participation.activities.rules.states import (
    DEFAULT_REPLY_DAYS,
    ActivityState,
    InvitationState,
)
from participation.activities.services.activities import move
from participation.activities.services.mails import hashed_token
from participation.demo.year import Year
from participation.foundation.clock import now
from participation.foundation.db import new_public_id
from participation.foundation.eventlog.services import log_event
from participation.interest_bank.models import BankMember

REASON = "Egen erfarenhet av området, blandat på ålder, kön och kommun."


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Who was invited to an activity, by what they answered."""

    coming: Sequence[BankMember] = field(default_factory=tuple)
    declined: Sequence[BankMember] = field(default_factory=tuple)
    unanswered: Sequence[BankMember] = field(default_factory=tuple)


def send_by(moment: datetime) -> datetime:
    """The last moment to answer an invitation sent at `moment`."""
    return moment + timedelta(days=DEFAULT_REPLY_DAYS)


def lay_in_invitations(year: Year, activity: Activity, asked: Asked) -> None:
    """One round, sent now, with everybody's answer some days later."""
    invitation_round = InvitationRound(
        activity_id=activity.id,
        number=1,
        reply_by=min(send_by(now()), activity.starts_at),
        sent_at=now(),
        reason=REASON,
        created_by_account_id=year.coordinator.account_id,
    )
    year.session.add(invitation_round)
    if activity.state == ActivityState.PLANNED:
        move(activity, ActivityState.OPEN)
    year.session.flush()
    for state, members in (
        (InvitationState.ACCEPTED, asked.coming),
        (InvitationState.DECLINED, asked.declined),
        (InvitationState.SENT, asked.unanswered),
    ):
        for member in members:
            year.session.add(_invitation(year, activity, invitation_round, member, state))
            log_event(
                year.session,
                year.coordinator,
                "member_invited",
                "activity",
                activity.public_id,
                subject_account_id=member.account_id,
                reason=REASON,
                round=1,
            )
    year.session.flush()


def _invitation(
    year: Year,
    activity: Activity,
    invitation_round: InvitationRound,
    member: BankMember,
    state: InvitationState,
) -> Invitation:
    public_id = new_public_id()
    reasons = year.texts.activities["decline_reasons"]
    has_answered = state != InvitationState.SENT
    waited = timedelta(hours=year.chance.randint(1, 24 * 8))
    return Invitation(
        public_id=public_id,
        activity_id=activity.id,
        round_id=invitation_round.id,
        member_id=member.id,
        token_hash=hashed_token(public_id),
        state=state,
        answered_at=min(now() + waited, year.calendar.loaded_at) if has_answered else None,
        reason=year.chance.choice(reasons) if state == InvitationState.DECLINED else None,
    )
