"""What is left of a person here: that they read statements through."""

from sqlalchemy import update
from sqlalchemy.orm import Session

from participation.meetings.models import MeetingStatement


def forget_reader(session: Session, account_id: int) -> None:
    """That a statement was read stays, by whom does not."""
    session.execute(
        update(MeetingStatement)
        .where(MeetingStatement.reviewed_by_account_id == account_id)
        .values(reviewed_by_account_id=None)
    )
