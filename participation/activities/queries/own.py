"""A person's own invitations."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.activities.models import (
    Activity,
    Attendance,
    CalendarSubscription,
    Evaluation,
    Invitation,
    InvitationRound,
)
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
    draw_on: date | None
    was_there: bool | None

    @property
    def can_be_answered(self) -> bool:
        return (
            self.state == InvitationState.SENT
            and self.activity_state in STILL_TO_COME
            and now() < self.reply_by
        )


@dataclass(frozen=True)
class OwnRecord:
    """What activities hold about one person. Evaluations stand with the activity's name."""

    invitations: Sequence[OwnInvitation]
    evaluations: Sequence[tuple[str, Evaluation]]
    calendar_since: datetime | None


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
    count = len(fields(OwnInvitation))
    return [
        OwnInvitation(*row[:count])
        for row in session.execute(_own_rows(account_id))
        if row[0] is not None
    ]


def own_record(session: Session, account_id: int) -> OwnRecord:
    """Everything activities hold about a person: what they see, take along, erase. One query."""
    rows: Any = session.execute(_own_rows(account_id).add_columns(Evaluation)).all()
    invitations = [row for row in rows if row[0] is not None]
    count = len(fields(OwnInvitation))
    return OwnRecord(
        invitations=[OwnInvitation(*row[:count]) for row in invitations],
        evaluations=[(row.title, row.Evaluation) for row in invitations if row.Evaluation],
        calendar_since=rows[0].calendar_since if rows else None,
    )


def _own_rows(account_id: int) -> Select[Any]:
    """A row per invitation; one without, when there is none."""
    rows: Any = (
        select(
            Invitation.public_id,
            Invitation.state,
            Invitation.created_at,
            Invitation.answered_at,
            InvitationRound.reply_by,
            Invitation.reason,
            Invitation.question,
            Invitation.reply,
            Activity.public_id.label("activity_public_id"),
            Activity.state.label("activity_state"),
            Activity.kind,
            Activity.title,
            Activity.starts_at,
            Activity.draw_on,
            Attendance.present,
            CalendarSubscription.created_at.label("calendar_since"),
        )
        .select_from(Account)
        .outerjoin(BankMember, BankMember.account_id == Account.id)
        .outerjoin(Invitation, Invitation.member_id == BankMember.id)
        .outerjoin(InvitationRound, InvitationRound.id == Invitation.round_id)
        .outerjoin(Activity, Activity.id == Invitation.activity_id)
        .outerjoin(
            Attendance,
            (Attendance.activity_id == Invitation.activity_id)
            & (Attendance.member_id == Invitation.member_id),
        )
        .outerjoin(Evaluation, Evaluation.invitation_id == Invitation.id)
        .outerjoin(CalendarSubscription, CalendarSubscription.account_id == Account.id)
        .where(Account.id == account_id)
        .order_by(Invitation.created_at.desc(), Invitation.id.desc())
    )
    return cast("Select[Any]", rows)
