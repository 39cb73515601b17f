"""The event log's table. Rows are only ever added; the chain shows a missing or changed one."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from participation.foundation.db import Base

HASH_LENGTH = 64  # SHA-256, hexadecimal


class EventLogEntry(Base):
    """One line. `actor` and `subject` are keyed pseudonyms; destroying the key unlinks them all."""

    __tablename__ = "event_log_entries"
    __table_args__ = (Index("ix_event_log_entries_subject_id", "subject", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(32))
    actor_role: Mapped[str] = mapped_column(String(40))
    action: Mapped[str] = mapped_column(String(60))
    object_kind: Mapped[str] = mapped_column(String(40))
    object_id: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str | None] = mapped_column(String(32))
    reason: Mapped[str] = mapped_column(String(300))
    data: Mapped[dict[str, Any]]
    previous_hash: Mapped[str] = mapped_column(String(HASH_LENGTH))
    hash: Mapped[str] = mapped_column(String(HASH_LENGTH), unique=True)
