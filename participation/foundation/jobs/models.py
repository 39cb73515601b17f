"""The table of jobs."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from participation.foundation.clock import now
from participation.foundation.db import Base, Created, PublicId
from participation.foundation.jobs.rules import JobState

TITLE_LENGTH = 120


class Job(PublicId, Created, Base):
    """One piece of background work.

    `title` is what the page calls it, in the language of whoever started it.
    `once_key` is unique: the same key is queued once only ("kind@due time" of a schedule).
    `created_by_account_id` has no foreign key, since accounts live on a floor above.
    """

    __tablename__ = "jobs"
    __table_args__ = (
        CheckConstraint("state IN ('queued','running','done','failed')", name="state_known"),
        Index("ix_jobs_state_run_after", "state", "run_after"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH), default="")
    payload: Mapped[dict[str, Any]] = mapped_column(default=dict)
    state: Mapped[str] = mapped_column(String(12), default=JobState.QUEUED)
    once_key: Mapped[str | None] = mapped_column(String(120), unique=True)
    progress_done: Mapped[int] = mapped_column(default=0)
    progress_total: Mapped[int] = mapped_column(default=0)
    progress_text: Mapped[str] = mapped_column(String(200), default="")
    attempts: Mapped[int] = mapped_column(default=0)
    run_after: Mapped[datetime] = mapped_column(default=now)
    locked_by: Mapped[str | None] = mapped_column(String(32))
    locked_until: Mapped[datetime | None]
    result: Mapped[dict[str, Any] | None]
    error: Mapped[str | None] = mapped_column(String(300))
    created_by_account_id: Mapped[int | None] = mapped_column(index=True)
    finished_at: Mapped[datetime | None]

    @property
    def is_over(self) -> bool:
        return self.state in (JobState.DONE, JobState.FAILED)


class WorkerHeartbeat(Base):
    """When each part of each worker was last alive; `/health/ready` reads the newest."""

    __tablename__ = "worker_heartbeats"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    part: Mapped[str] = mapped_column(String(20), primary_key=True)
    seen_at: Mapped[datetime]
