"""Who waits for whom at a meeting, so that two never wait for each other.

One order everywhere: tables, then their meeting, then its statements.
"""

from sqlalchemy.orm import Session

from participation.meetings.models import Meeting


def hold_meeting(session: Session, meeting: Meeting) -> None:
    """Nobody else moves it until this is committed; its state is read anew."""
    session.refresh(meeting, ["state"], with_for_update=True)
