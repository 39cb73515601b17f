"""Writing the event log.

Lines wait in the session and are chained right before its commit, so that the chain's lock is
held for milliseconds only. A transaction that rolls back leaves no line: nothing happened.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import event, select, text
from sqlalchemy.orm import Session

from participation.foundation.bulk import insert_rows
from participation.foundation.clock import now
from participation.foundation.crypto import keys
from participation.foundation.eventlog.models import EventLogEntry
from participation.foundation.eventlog.rules import GENESIS, line_hash
from participation.foundation.permissions import Actor

_WAITING = "event_log_waiting"
_CHAIN_LOCK = 0x6D656473  # any constant: the advisory lock that orders the chain on PostgreSQL


def log_event(
    session: Session,
    actor: Actor,
    action: str,
    object_kind: str,
    object_id: str,
    *,
    subject_account_id: int | None = None,
    reason: str = "",
    **data: Any,
) -> None:
    """Note that `actor` did `action` to an object, perhaps about a person, perhaps for a reason.

    `data` holds codes and counts, never names, addresses or anything somebody wrote.
    """
    log_events(
        session,
        actor,
        action,
        object_kind,
        object_id,
        subject_account_ids=[subject_account_id],
        reason=reason,
        **data,
    )


def log_events(
    session: Session,
    actor: Actor,
    action: str,
    object_kind: str,
    object_id: str,
    *,
    subject_account_ids: Iterable[int | None],
    reason: str = "",
    **data: Any,
) -> None:
    """As `log_event`, a line for each person it was about: everybody sees their own."""
    roles = ",".join(sorted({grant.role.value for grant in actor.grants})) or "none"
    shared: dict[str, Any] = {
        "actor": account_pseudonym(actor.account_id),
        "actor_role": roles[:40],
        "action": action,
        "object_kind": object_kind,
        "object_id": object_id,
        "reason": reason[:300],
        "data": data,
    }
    at = now()
    session.info.setdefault(_WAITING, []).extend(
        (at, {**shared, "subject": None if subject is None else account_pseudonym(subject)})
        for subject in subject_account_ids
    )


def order_waiting_lines(session: Session) -> None:
    """Let the lines of this transaction be chained by their time: a year laid in at once."""
    session.info.get(_WAITING, []).sort(key=lambda line: line[0])


def account_pseudonym(account_id: int | None) -> str:
    """The stable pseudonym of an account in the log; nobody signed in is "system"."""
    return "system" if account_id is None else keys().pseudonym(f"account:{account_id}")


@event.listens_for(Session, "before_commit")
def _chain_waiting_lines(session: Session) -> None:
    if session.in_nested_transaction():
        return  # a savepoint's end is no commit: lines are chained once, in their order
    waiting = session.info.pop(_WAITING, [])
    if not waiting:
        return
    session.flush()
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _CHAIN_LOCK})
    newest = select(EventLogEntry.hash).order_by(EventLogEntry.id.desc()).limit(1)
    previous = session.scalar(newest) or GENESIS
    rows = []
    for at, content in waiting:
        chained = line_hash(previous, at, content)
        rows.append({"at": at, **content, "previous_hash": previous, "hash": chained})
        previous = chained
    insert_rows(session, EventLogEntry, rows)


@event.listens_for(Session, "after_rollback")
def _forget_waiting_lines(session: Session) -> None:
    session.info.pop(_WAITING, None)
