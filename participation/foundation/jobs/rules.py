"""What a job is: its states, the handler features write, and schedules. Pure."""

import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy.orm import Session, sessionmaker

MAX_TRIES = 5
LEASE = timedelta(minutes=5)
FIRST_DELAY = timedelta(seconds=10)


class JobState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class JobProgress(Protocol):
    """What a running job knows and can say. Given to `JobHandler.run` by the worker."""

    @property
    def public_id(self) -> str: ...

    @property
    def payload(self) -> Mapping[str, Any]: ...

    @property
    def created_by_account_id(self) -> int | None: ...

    @property
    def attempt(self) -> int:
        """1 for the first try."""
        ...

    def progress(self, done: int, total: int, text: str = "") -> None:
        """Tell how far it is and keep the lease, in a short transaction of its own.

        Call it at least once a minute and never inside a writing transaction (SQLite has one
        writer). Raises LeaseLostError when another worker has taken over; let it pass.
        """
        ...


class JobHandler(Protocol):
    """Runs one kind of job.

    A job may run again after a crash: do the work in steps that are each one transaction and that
    see whether they were already done. What `run` returns is stored as the result (JSON); it may
    hold {"url": "/path"} for the page that shows the outcome.
    """

    @property
    def kind(self) -> str: ...

    def run(self, sessions: sessionmaker[Session], job: JobProgress) -> dict[str, Any]: ...


@dataclass(frozen=True)
class Schedule:
    """Run `kind` once per period of length `every`, counted from midnight UTC plus `offset`."""

    kind: str
    every: timedelta
    offset: timedelta = timedelta(0)

    def due_at(self, moment: datetime) -> datetime:
        """The start of the period `moment` lies in.

        >>> Schedule("tidy", timedelta(hours=6)).due_at(datetime(2026, 5, 4, 13, 7, tzinfo=UTC))
        datetime.datetime(2026, 5, 4, 12, 0, tzinfo=datetime.timezone.utc)
        """
        start = datetime(2000, 1, 1, tzinfo=UTC) + self.offset
        return start + (moment - start) // self.every * self.every


class LeaseLostError(RuntimeError):
    """Another worker took the job over, because this one had been silent for too long."""


def delay_before_try(attempts: int) -> timedelta:
    """10 s, 20 s, 40 s, …"""
    doublings: int = 2 ** max(attempts - 1, 0)
    return FIRST_DELAY * doublings


def place_of(problem: BaseException) -> str:
    """What went wrong and where, without the message: messages may quote what people wrote.

    >>> try:
    ...     int("Tuva Ek")
    ... except ValueError as problem:
    ...     place_of(problem).split(" in ")[0]
    'ValueError'
    """
    frames = traceback.extract_tb(problem.__traceback__)
    if not frames:
        return type(problem).__name__
    own = [frame for frame in frames if "/participation/" in frame.filename]
    last = (own or list(frames))[-1]
    return f"{type(problem).__name__} in {Path(last.filename).name}:{last.lineno} {last.name}"[:300]
