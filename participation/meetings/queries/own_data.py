"""What meetings hold about one person: the statements they read through."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.meetings.models import Meeting, MeetingStatement


def statements_read_by(session: Session, account_id: int) -> Sequence[tuple[Meeting, int]]:
    """Meetings of which the person read statements through, and how many; the latest first."""
    rows = session.execute(
        select(Meeting, func.count(MeetingStatement.id))
        .join(MeetingStatement, MeetingStatement.meeting_id == Meeting.id)
        .where(MeetingStatement.reviewed_by_account_id == account_id)
        .group_by(Meeting.id)
        .order_by(Meeting.held_on.desc(), Meeting.id.desc())
    )
    return [(meeting, count) for meeting, count in rows]
