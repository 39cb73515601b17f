"""Reading the event log."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from participation.foundation.clock import day_start, now
from participation.foundation.eventlog.models import EventLogEntry
from participation.foundation.eventlog.rules import first_broken_line
from participation.foundation.eventlog.services import account_pseudonym
from participation.foundation.permissions import Actor

OPENING_LASTS = timedelta(minutes=30)


def entries_about(session: Session, account_id: int, limit: int = 200) -> Sequence[EventLogEntry]:
    """Who looked at or changed this person's data, newest first."""
    return session.scalars(
        select(EventLogEntry)
        .where(EventLogEntry.subject == account_pseudonym(account_id))
        .order_by(EventLogEntry.id.desc())
        .limit(limit)
    ).all()


def has_opened(
    session: Session, actor: Actor, action: str, object_id: str, subject_account_id: int
) -> bool:
    """Whether this person lately gave a reason and opened what shows `subject_account_id`.

    The line in the log is the key: it opens the page for half an hour, so that no reason has to
    travel in an address.
    """
    wanted = (
        select(EventLogEntry.id)
        .where(
            EventLogEntry.subject == account_pseudonym(subject_account_id),
            EventLogEntry.actor == account_pseudonym(actor.account_id),
            EventLogEntry.action == action,
            EventLogEntry.object_id == object_id,
            EventLogEntry.reason != "",
            EventLogEntry.at > now() - OPENING_LASTS,
        )
        .order_by(EventLogEntry.id.desc())
        .limit(1)
    )
    return session.scalar(wanted) is not None


def objects_acted_on(
    session: Session, actor: Actor, action: str, subject_account_ids: Iterable[int]
) -> set[str]:
    """Of what belongs to these people: the objects that this person did `action` to. One query."""
    subjects = [account_pseudonym(account_id) for account_id in subject_account_ids]
    found = select(EventLogEntry.object_id).where(
        EventLogEntry.subject.in_(subjects),
        EventLogEntry.actor == account_pseudonym(actor.account_id),
        EventLogEntry.action == action,
    )
    return set(session.scalars(found))


@dataclass(frozen=True)
class LinesWanted:
    """Which lines of the log; what is empty narrows nothing.

    `person`: a cover name, or how it begins; of who did something or whom it was about. `thing`:
    kind and id of what it was about. The days are Swedish, and both count.
    """

    action: str = ""
    person: str = ""
    thing: tuple[str, str] = ("", "")
    first_day: date | None = None
    last_day: date | None = None

    def as_codes(self) -> dict[str, str]:
        """The same for the log itself: no words that anybody wrote."""
        days = (day.isoformat() if day else "" for day in (self.first_day, self.last_day))
        said = (self.action, self.person, ":".join(filter(None, self.thing)), *days)
        names = ("action", "person", "thing", "first_day", "last_day")
        return {name: value for name, value in zip(names, said, strict=True) if value}


def entries(wanted: LinesWanted) -> Select[EventLogEntry]:
    """Lines of the log, newest first, for paging."""
    found = select(EventLogEntry).order_by(EventLogEntry.id.desc())
    if wanted.action:
        found = found.where(EventLogEntry.action == wanted.action)
    if wanted.person:
        who = (EventLogEntry.actor, EventLogEntry.subject)
        found = found.where(or_(*(name.startswith(wanted.person, autoescape=True) for name in who)))
    if any(wanted.thing):
        kind, object_id = wanted.thing
        found = found.where(EventLogEntry.object_id == object_id, EventLogEntry.object_kind == kind)
    if wanted.first_day:
        found = found.where(EventLogEntry.at >= day_start(wanted.first_day))
    if wanted.last_day:
        found = found.where(EventLogEntry.at < day_start(wanted.last_day + timedelta(days=1)))
    return found


def chain_is_whole(session: Session) -> bool:
    """Recompute every hash from the first line on; streams, so memory stays flat."""
    lines = session.scalars(
        select(EventLogEntry).order_by(EventLogEntry.id).execution_options(yield_per=1_000)
    )
    try:
        return first_broken_line(lines) is None
    finally:
        lines.close()  # a broken line ends the reading early
