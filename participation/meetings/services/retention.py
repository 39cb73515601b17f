"""What tables wrote at meetings that are over, and when it may go."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from participation.foundation.clock import today
from participation.meetings.models import Meeting, MeetingDot, MeetingStatement
from participation.meetings.rules.states import MeetingState


class WordsOfOldMeetings:
    """Statements and dots. The meeting and its tables stay: a table can still take its words back
    from the coding, and a result that stands can still be withdrawn.
    """

    key = "meeting_words"
    what = (
        "statements and dots of closed meetings, counted from the day of the meeting; "
        "what was published and the material in the coding stay"
    )
    proposed_days = 2 * 365

    def due(self, session: Session, before: date) -> int:
        return len(self._old(session, before))

    def destroy(self, session: Session, before: date) -> int:
        old = self._old(session, before)
        for meeting in old:
            statements = select(MeetingStatement.id).where(
                MeetingStatement.meeting_id == meeting.id
            )
            session.execute(delete(MeetingDot).where(MeetingDot.statement_id.in_(statements)))
            session.execute(
                delete(MeetingStatement).where(MeetingStatement.meeting_id == meeting.id)
            )
            meeting.words_destroyed_on = today()
        session.flush()
        return len(old)

    def _old(self, session: Session, before: date) -> Sequence[Meeting]:
        return session.scalars(
            select(Meeting)
            .where(
                Meeting.state == MeetingState.CLOSED,
                Meeting.held_on < before,
                Meeting.words_destroyed_on.is_(None),
            )
            .order_by(Meeting.id)
        ).all()
