"""Rules for rows that are simply deleted when they are old enough, and the foundation's own two."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session

from participation.foundation.clock import from_local
from participation.foundation.jobs.models import Job
from participation.foundation.jobs.rules import JobState
from participation.foundation.outbox.models import OutboxMail
from participation.foundation.outbox.rules import MailState


class OldRows:
    """Rows of one table that go when they are older than the decision allows.

    `is_old`: which rows ended before a moment.
    """

    def __init__(
        self,
        table: Any,
        what: str,
        proposed_days: int,
        is_old: Callable[[datetime], ColumnElement[bool]],
    ) -> None:
        self.key: str = table.__tablename__
        self.what = what
        self.proposed_days = proposed_days
        self._table, self._is_old = table, is_old

    def due(self, session: Session, before: date) -> int:
        counted = select(func.count()).select_from(self._table).where(self._old(before))
        return session.scalar(counted) or 0

    def destroy(self, session: Session, before: date) -> int:
        count = self.due(session, before)
        session.execute(delete(self._table).where(self._old(before)))
        return count

    def _old(self, before: date) -> ColumnElement[bool]:
        return self._is_old(from_local(datetime.combine(before, time())))


def _finished_mails(moment: datetime) -> ColumnElement[bool]:
    """What waits for staff to decide stays, however old."""
    ended_at = func.coalesce(OutboxMail.decided_at, OutboxMail.sent_at, OutboxMail.created_at)
    return OutboxMail.state.in_((MailState.SENT, MailState.CANCELLED)) & (ended_at < moment)


def _finished_jobs(moment: datetime) -> ColumnElement[bool]:
    """The newest of each kind stays: it says that this time of a schedule has been."""
    newest = select(func.max(Job.id)).group_by(Job.kind)
    is_over = Job.state.in_((JobState.DONE, JobState.FAILED))
    return is_over & (Job.finished_at < moment) & Job.id.not_in(newest)


MAILS_AND_JOBS = (
    OldRows(
        OutboxMail,
        "that a mail was sent or given up, counted from that day; what it said went at once",
        90,
        _finished_mails,
    ),
    OldRows(
        Job,
        "finished background work, counted from its end; the newest of each kind stays",
        90,
        _finished_jobs,
    ),
)
