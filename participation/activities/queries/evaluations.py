"""Reads of evaluations: one person's own, and what staff may see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.activities.models import Activity, Attendance, Evaluation, Invitation
from participation.activities.rules.evaluation import OPEN_FOR, QUESTIONS, Total, totals
from participation.disclosure.rules.tables import BASE_MINIMUM
from participation.foundation.clock import now
from participation.foundation.errors import NotFound
from participation.interest_bank.models import BankMember


@dataclass(frozen=True, kw_only=True)
class EvaluationResult:
    """What staff see of an activity's evaluation.

    `answered` is none below five. `totals` and `words` are empty until it is over, `to_read` as
    well: then whoever manages the activity reads what was written, in no order.
    """

    asked: int
    answered: int | None
    is_over: bool
    over_at: datetime | None
    totals: Mapping[str, Total] = field(default_factory=dict)
    words: Sequence[str] = ()
    to_read: Sequence[Evaluation] = ()


def evaluation_is_open(session: Session, invitation: Invitation) -> bool:
    """Whether this person was there and may still say what they thought."""
    closed_at = session.scalar(
        select(Activity.attendance_closed_at)
        .join(
            Attendance,
            (Attendance.activity_id == Activity.id)
            & (Attendance.member_id == invitation.member_id),
        )
        .where(Activity.id == invitation.activity_id, Attendance.present)
    )
    return closed_at is not None and now() < closed_at + OPEN_FOR


def evaluations_to_give(session: Session, account_id: int) -> Sequence[tuple[str, str, datetime]]:
    """Invitation, title and day of what a person was at and has not judged. One query."""
    rows = session.execute(
        select(Invitation.public_id, Activity.title, Activity.starts_at)
        .join(BankMember, BankMember.id == Invitation.member_id)
        .join(Activity, Activity.id == Invitation.activity_id)
        .join(
            Attendance,
            (Attendance.activity_id == Activity.id) & (Attendance.member_id == BankMember.id),
        )
        .outerjoin(Evaluation, Evaluation.invitation_id == Invitation.id)
        .where(
            BankMember.account_id == account_id,
            Attendance.present,
            Evaluation.invitation_id.is_(None),
            Activity.attendance_closed_at > now() - OPEN_FOR,
        )
        .order_by(Activity.starts_at, Activity.id)
    )
    return [(public_id, title, starts_at) for public_id, title, starts_at in rows]


def own_evaluation(session: Session, invitation: Invitation) -> Evaluation | None:
    return session.get(Evaluation, invitation.id)


def evaluation_result(session: Session, activity: Activity) -> EvaluationResult:
    """Totals only, from five answers up and once everybody has had their time. Two queries."""
    asked = session.scalar(
        select(func.count()).where(Attendance.activity_id == activity.id, Attendance.present)
    )
    rows = session.scalars(
        select(Evaluation)
        .join(Invitation, Invitation.id == Evaluation.invitation_id)
        .where(Invitation.activity_id == activity.id)
        .order_by(Evaluation.public_id)  # random: nothing tells who stands where
    ).all()
    over_at = activity.attendance_closed_at and activity.attendance_closed_at + OPEN_FOR
    is_over = over_at is not None and over_at <= now()
    if len(rows) < BASE_MINIMUM or not is_over:
        answered = len(rows) if len(rows) >= BASE_MINIMUM else None
        return EvaluationResult(
            asked=asked or 0, answered=answered, is_over=is_over, over_at=over_at
        )
    return EvaluationResult(
        asked=asked or 0,
        answered=len(rows),
        is_over=True,
        over_at=over_at,
        totals=totals({name: getattr(row, name) for name in QUESTIONS} for row in rows),
        words=[row.shown_words for row in rows if row.shown_words],
        to_read=[row for row in rows if not row.is_read],
    )


def evaluation_to_read(session: Session, activity: Activity, public_id: str) -> Evaluation:
    """One text that nobody has read, of an activity the caller manages. Raises NotFound."""
    result = evaluation_result(session, activity)
    found = [row for row in result.to_read if row.public_id == public_id]
    if not found:
        raise NotFound
    return found[0]
