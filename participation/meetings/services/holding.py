"""Who waits for whom at a meeting, so that two never wait for each other.

One order everywhere: tables, then their meeting, then its statements.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.meetings.models import Meeting, MeetingTable


def hold_tables(session: Session, meeting: Meeting) -> None:
    """What is being written at any of them is written, then nothing more."""
    session.scalars(
        select(MeetingTable.id)
        .where(MeetingTable.meeting_id == meeting.id)
        .order_by(MeetingTable.id)
        .with_for_update()
    ).all()


def keep_open(session: Session, meeting: Meeting, *, alone: bool = False) -> None:
    """It does not close until this is committed; its state is read anew.

    `alone`: nobody else writes at any of its tables meanwhile.
    """
    together = {"read": True, "key_share": True}
    session.refresh(meeting, ["state"], with_for_update=True if alone else together)


def hold_meeting(session: Session, meeting: Meeting) -> None:
    """Nobody else moves it until this is committed; its state is read anew."""
    session.refresh(meeting, ["state"], with_for_update=True)
