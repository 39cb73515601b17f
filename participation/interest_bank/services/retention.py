"""What coordinators wrote about people or for themselves, and when it may go."""

from datetime import date, datetime, time
from typing import Any, cast

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session

from participation.foundation.clock import from_local
from participation.interest_bank.models import Letter, MemberNote, SavedSearch


class OldRows:
    """Rows of one table that are deleted when they are older than the decision allows."""

    def __init__(self, table: Any, what: str, proposed_days: int, *, ended_at: Any) -> None:
        self.key: str = table.__tablename__
        self.what = what
        self.proposed_days = proposed_days
        self._table, self._ended_at = table, ended_at

    def due(self, session: Session, before: date) -> int:
        counted = select(func.count()).select_from(self._table).where(self._is_old(before))
        return session.scalar(counted) or 0

    def destroy(self, session: Session, before: date) -> int:
        count = self.due(session, before)
        session.execute(delete(self._table).where(self._is_old(before)))
        return count

    def _is_old(self, before: date) -> ColumnElement[bool]:
        day = from_local(datetime.combine(before, time()))
        return cast("ColumnElement[bool]", self._ended_at < day)


RETENTION_RULES = (
    OldRows(
        MemberNote,
        "notes about people, counted from the day they were written",
        2 * 365,
        ended_at=MemberNote.created_at,
    ),
    OldRows(
        Letter,
        "notes of calls and letters, counted from the day the person was told",
        365,
        ended_at=Letter.told_at,
    ),
    OldRows(
        SavedSearch,
        "saved searches, counted from the day they were saved",
        2 * 365,
        ended_at=SavedSearch.created_at,
    ),
)
