"""What came in from devices and waits, and the notes of an interview question by question."""

from collections.abc import Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.audits.models import (
    AuditFieldDeposit,
    AuditFieldDevice,
    AuditInterview,
    AuditInterviewAnswer,
)
from participation.audits.queries.lenses import Lens, check_inside, or_not_found
from participation.audits.rules.field import WAITING, DepositState
from participation.audits.rules.guides import mark_of


def waiting_deposits(session: Session, lens: Lens) -> Sequence[AuditFieldDeposit]:
    """Sealed interviews that somebody must decide about. Raises NotFound for the unit."""
    check_inside(lens)
    return session.scalars(
        select(AuditFieldDeposit)
        .where(AuditFieldDeposit.audit_id == lens.audit.id, AuditFieldDeposit.state.in_(WAITING))
        .order_by(AuditFieldDeposit.id)
    ).all()


def waiting_count(session: Session, lens: Lens) -> int:
    """How many would go with the key if the audit ended now; nobody for the unit."""
    return len(waiting_deposits(session, lens)) if lens.is_inside else 0


def taken_along_count(session: Session, lens: Lens) -> int:
    """How often the audit was taken along on a device. Raises NotFound for the unit."""
    check_inside(lens)
    counted = select(func.count(AuditFieldDevice.id)).where(
        AuditFieldDevice.audit_id == lens.audit.id
    )
    return session.scalar(counted) or 0


def destroyed_count(session: Session, lens: Lens) -> int:
    """How many went with the key, unread. Raises NotFound for the unit."""
    check_inside(lens)
    counted = select(func.count(AuditFieldDeposit.id)).where(
        AuditFieldDeposit.audit_id == lens.audit.id,
        AuditFieldDeposit.state == DepositState.DESTROYED,
    )
    return session.scalar(counted) or 0


def waiting_deposit(session: Session, lens: Lens, public_id: str) -> AuditFieldDeposit:
    """One of them. Raises NotFound."""
    check_inside(lens)
    return or_not_found(
        session.scalar(
            select(AuditFieldDeposit).where(
                AuditFieldDeposit.audit_id == lens.audit.id,
                AuditFieldDeposit.public_id == public_id,
                AuditFieldDeposit.state.in_(WAITING),
            )
        )
    )


def answers_of(session: Session, interview_id: int) -> Mapping[int, str]:
    """What was noted at each question. The interview came through `interview`."""
    rows = session.scalars(
        select(AuditInterviewAnswer)
        .where(AuditInterviewAnswer.interview_id == interview_id)
        .order_by(AuditInterviewAnswer.question_number)
    )
    return {row.question_number: row.text for row in rows}


def mark_of_interview(
    session: Session, interview: AuditInterview, answers: Mapping[int, str] | None = None
) -> str:
    """Says in a form which notes were open, where a colleague may write others meanwhile.

    The interview came through `interview`."""
    answers = answers_of(session, interview.id) if answers is None else answers
    parts = [
        interview.respondent_role,
        interview.held_week,
        str(interview.second_account_id),
        interview.consent_version,
        interview.notes,
        *(f"{number} {said}" for number, said in answers.items()),
    ]
    return mark_of("\0".join(parts))
