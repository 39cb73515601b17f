"""A person's own invitations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.activities.models import Activity, Attendance, Invitation, InvitationRound
from participation.activities.rules.states import STILL_TO_COME, InvitationState
from participation.foundation.clock import now, today, year_start
from participation.interest_bank.models import BankMember


@dataclass(frozen=True)
class OwnInvitation:
    """One of a person's own invitations, as their start page and trail show it."""

    public_id: str
    state: str
    sent_at: datetime
    answered_at: datetime | None
    reply_by: datetime
    reason: str | None
    question: str | None
    reply: str | None
    activity_public_id: str
    activity_state: str
    kind: str
    title: str
    starts_at: datetime
    was_there: bool | None

    @property
    def can_be_answered(self) -> bool:
        return (
            self.state == InvitationState.SENT
            and self.activity_state in STILL_TO_COME
            and now() < self.reply_by
        )


def asked_this_year(session: Session, member_id: int) -> int:
    """How many invitations a person has got this year, whatever they answered."""
    no_burden = (InvitationState.WITHDRAWN, InvitationState.WALKED_IN)
    return (
        session.scalar(
            select(func.count(Invitation.id)).where(
                Invitation.member_id == member_id,
                Invitation.created_at >= year_start(today().year),
                Invitation.state.not_in(no_burden),
            )
        )
        or 0
    )


def own_invitations(session: Session, account_id: int) -> Sequence[OwnInvitation]:
    """A person's own invitations, newest first. One query."""
    rows: Any = session.execute(
        select(
            Invitation.public_id,
            Invitation.state,
            Invitation.created_at,
            Invitation.answered_at,
            InvitationRound.reply_by,
            Invitation.reason,
            Invitation.question,
            Invitation.reply,
            Activity.public_id,
            Activity.state,
            Activity.kind,
            Activity.title,
            Activity.starts_at,
            Attendance.present,
        )
        .join(BankMember, BankMember.id == Invitation.member_id)
        .join(InvitationRound, InvitationRound.id == Invitation.round_id)
        .join(Activity, Activity.id == Invitation.activity_id)
        .outerjoin(
            Attendance,
            (Attendance.activity_id == Invitation.activity_id)
            & (Attendance.member_id == Invitation.member_id),
        )
        .where(BankMember.account_id == account_id)
        .order_by(Invitation.created_at.desc(), Invitation.id.desc())
    )
    return [OwnInvitation(*row) for row in rows]
