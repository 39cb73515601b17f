"""Reading the event log."""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from participation.foundation.eventlog.models import EventLogEntry
from participation.foundation.eventlog.rules import first_broken_line
from participation.foundation.eventlog.services import account_pseudonym


def entries_about(session: Session, account_id: int, limit: int = 200) -> Sequence[EventLogEntry]:
    """Who looked at or changed this person's data, newest first."""
    return session.scalars(
        select(EventLogEntry)
        .where(EventLogEntry.subject == account_pseudonym(account_id))
        .order_by(EventLogEntry.id.desc())
        .limit(limit)
    ).all()


def all_entries() -> Select[EventLogEntry]:
    """The whole log, newest first, for paging."""
    return select(EventLogEntry).order_by(EventLogEntry.id.desc())


def chain_is_whole(session: Session) -> bool:
    """Recompute every hash from the first line on; streams, so memory stays flat."""
    lines = session.scalars(
        select(EventLogEntry).order_by(EventLogEntry.id).execution_options(yield_per=1_000)
    )
    try:
        return first_broken_line(lines) is None
    finally:
        lines.close()  # a broken line ends the reading early
