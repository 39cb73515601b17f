"""Rows that go in past the unit of work come out as they were, on both engines."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from participation.foundation.bulk import insert_rows, upsert_rows
from participation.foundation.clock import now
from participation.foundation.eventlog.models import EventLogEntry
from participation.foundation.jobs.models import WorkerHeartbeat
from participation.foundation.outbox.models import OutboxSheet

AWKWARD = "tab\t ny\nrad \\N \\. 'citat' \"dubbelt\" å 🙂"


def a_line(number: int) -> dict[str, Any]:
    return {
        "at": now(),
        "actor": "system",
        "actor_role": "none",
        "action": "example",
        "object_kind": "example",
        "object_id": str(number),
        "subject": None,
        "reason": AWKWARD,
        "data": {"words": AWKWARD},
        "previous_hash": "0" * 64,
        "hash": f"{number:064}",
    }


def test_awkward_words_nothing_and_data_come_back_as_they_were(session: Session) -> None:
    rows = [a_line(number) for number in range(3)]
    insert_rows(session, EventLogEntry, rows)
    found = session.scalars(
        select(EventLogEntry).where(EventLogEntry.action == "example").order_by(EventLogEntry.id)
    ).all()
    assert [{name: getattr(one, name) for name in rows[0]} for one in found] == rows


def test_equal_words_are_encrypted_each_by_themselves(session: Session) -> None:
    sheet = {"subject": "Hej", "text": AWKWARD, "html": AWKWARD, "created_at": now()}
    insert_rows(session, OutboxSheet, [sheet, sheet])
    stored = session.execute(text("SELECT subject FROM outbox_sheets")).scalars().all()
    assert len(set(stored)) == len(stored) == 2
    assert {one.text for one in session.scalars(select(OutboxSheet))} == {AWKWARD}


def test_what_was_rolled_back_is_not_there(session: Session) -> None:
    insert_rows(session, EventLogEntry, [a_line(1)])
    session.rollback()
    assert session.scalar(select(EventLogEntry.id).where(EventLogEntry.action == "example")) is None


KEY = ("name", "part")


def heartbeats(session: Session) -> dict[tuple[str, str], datetime]:
    found = session.scalars(select(WorkerHeartbeat).where(WorkerHeartbeat.name.like("bulk-%")))
    return {(one.name, one.part): one.seen_at for one in found}


def test_rows_that_are_there_already_take_the_new_values(session: Session) -> None:
    first, later = now(), now() + timedelta(days=1)
    upsert_rows(
        session,
        WorkerHeartbeat,
        [{"name": f"bulk-{n}", "part": AWKWARD[:9], "seen_at": first} for n in (1, 2)],
        KEY,
    )
    upsert_rows(
        session,
        WorkerHeartbeat,
        [{"name": f"bulk-{n}", "part": AWKWARD[:9], "seen_at": later} for n in (2, 3)],
        KEY,
    )
    assert heartbeats(session) == {
        ("bulk-1", AWKWARD[:9]): first,
        ("bulk-2", AWKWARD[:9]): later,
        ("bulk-3", AWKWARD[:9]): later,
    }
    session.rollback()
    assert heartbeats(session) == {}
