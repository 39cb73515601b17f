"""Two entries of the bank turned out to be one person: invitations and attendance follow."""

from sqlalchemy import Select, delete, select, update
from sqlalchemy.orm import Session, aliased

from participation.activities.models import Attendance, Evaluation, Invitation
from participation.activities.rules.states import InvitationState

# An invitation in one of these says nothing that the other one does not say better.
_UNANSWERED = (InvitationState.QUEUED, InvitationState.SENT, InvitationState.WITHDRAWN)


def move_history(session: Session, kept_id: int, gone_id: int) -> None:
    """Let the kept entry have the other's invitations and attendance.

    Invited twice to one activity: an invitation without an answer goes. Where both were answered
    the other one stays where it is, and whoever merges is told that it cannot be done.
    """
    _drop_unanswered(session, of=gone_id, beside=kept_id)
    _drop_unanswered(session, of=kept_id, beside=gone_id)
    _move_attendance(session, kept_id, gone_id)
    session.execute(
        update(Invitation)
        .where(
            Invitation.member_id == gone_id,
            Invitation.activity_id.not_in(_activities_of(kept_id)),
        )
        .values(member_id=kept_id)
        .execution_options(synchronize_session=False)
    )


def _activities_of(member_id: int) -> Select[int]:
    other = aliased(Invitation)
    return select(other.activity_id).where(other.member_id == member_id)


def _drop_unanswered(session: Session, *, of: int, beside: int) -> None:
    evaluated = select(Evaluation.invitation_id)
    session.execute(
        delete(Invitation)
        .where(
            Invitation.member_id == of,
            Invitation.state.in_(_UNANSWERED),
            Invitation.activity_id.in_(_activities_of(beside)),
            Invitation.id.not_in(evaluated),
        )
        .execution_options(synchronize_session=False)
    )


def _move_attendance(session: Session, kept_id: int, gone_id: int) -> None:
    kept = {row.activity_id: row for row in _attendances(session, kept_id)}
    for row in _attendances(session, gone_id):
        twin = kept.get(row.activity_id)
        if twin is None:
            session.add(
                Attendance(
                    activity_id=row.activity_id,
                    member_id=kept_id,
                    present=row.present,
                    ticked_at=row.ticked_at,
                )
            )
        else:
            twin.present = twin.present or row.present
        session.delete(row)
    session.flush()


def _attendances(session: Session, member_id: int) -> list[Attendance]:
    return list(session.scalars(select(Attendance).where(Attendance.member_id == member_id)))
