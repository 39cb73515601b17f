"""Running jobs: claim one, run it with a lease, keep what came of it."""

import threading
import time
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

import structlog
from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session, sessionmaker

from participation.foundation.clock import now
from participation.foundation.db import transaction
from participation.foundation.jobs.models import Job
from participation.foundation.jobs.rules import (
    LEASE,
    MAX_TRIES,
    JobHandler,
    JobState,
    LeaseLostError,
    Schedule,
    delay_before_try,
    place_of,
)
from participation.foundation.jobs.services import enqueue

SECONDS_BETWEEN_PROGRESS = 0.5

log = structlog.get_logger()


class WorkerStoppingError(Exception):
    """The worker was asked to stop: the job goes back to the queue, the try is not counted."""


class JobContext:
    """What a running job knows and can say (see `JobProgress`)."""

    def __init__(
        self,
        job: Job,
        sessions: sessionmaker[Session],
        lease: timedelta,
        stop: threading.Event,
    ) -> None:
        self.public_id = job.public_id
        self.payload: Mapping[str, Any] = job.payload
        self.created_by_account_id = job.created_by_account_id
        self.attempt = job.attempts
        self.job_id = job.id
        self.worker = job.locked_by
        self._sessions = sessions
        self._lease = lease
        self._stop = stop
        self._told_at = 0.0

    def progress(self, done: int, total: int, text: str = "") -> None:
        if self._stop.is_set():
            raise WorkerStoppingError
        is_last = done >= total
        if not is_last and time.monotonic() - self._told_at < SECONDS_BETWEEN_PROGRESS:
            return
        with transaction(self._sessions) as session:
            kept = session.scalar(
                update(Job)
                .where(
                    Job.id == self.job_id,
                    Job.state == JobState.RUNNING,
                    Job.locked_by == self.worker,
                )
                .values(
                    progress_done=done,
                    progress_total=total,
                    progress_text=text[:200],
                    locked_until=now() + self._lease,
                )
                .returning(Job.id)
            )
        if kept is None:
            raise LeaseLostError
        self._told_at = time.monotonic()


class JobRunner:
    """Runs what is due, one job at a time."""

    def __init__(
        self,
        sessions: sessionmaker[Session],
        handlers: Iterable[JobHandler],
        schedules: Iterable[Schedule],
        name: str,
        *,
        lease: timedelta = LEASE,
    ) -> None:
        self._sessions = sessions
        self._handlers = {handler.kind: handler for handler in handlers}
        self._schedules = tuple(schedules)
        self._name = name
        self._lease = lease

    def queue_scheduled(self) -> int:
        """Queue each schedule's job of the present period, if nobody has; how many were new.

        The unique key "kind@start of the period" makes sure of it, whichever worker comes first.
        """
        keys = {f"{s.kind}@{s.due_at(now()).isoformat()}": s for s in self._schedules}
        if not keys:
            return 0
        with self._sessions() as session:
            known = set(session.scalars(select(Job.once_key).where(Job.once_key.in_(keys))))
        missing = {key: schedule for key, schedule in keys.items() if key not in known}
        for key, schedule in missing.items():
            with transaction(self._sessions) as session:
                enqueue(session, schedule.kind, once_key=key)
        return len(missing)

    def run_due(self, stop: threading.Event) -> bool:
        """Run one job that is due; False when there was none."""
        if not self._has_due():
            return False
        job = self._claim()
        if job is None:
            return False
        handler = self._handlers.get(job.kind)
        if handler is None:
            self._finish(job.id, state=JobState.FAILED, error="no handler for this kind")
            return True
        self._run(handler, job, JobContext(job, self._sessions, self._lease, stop))
        return True

    def recover(self, *, everyone_else_is_dead: bool = False) -> int:
        """Give jobs back whose worker has been silent for too long; how many there were."""
        ran_out = Job.locked_until < now()
        if everyone_else_is_dead:
            ran_out = or_(ran_out, Job.locked_by != self._name)
        with transaction(self._sessions) as session:
            left = session.scalars(
                select(Job)
                .where(Job.state == JobState.RUNNING, ran_out)
                .with_for_update(skip_locked=True)
            ).all()
            for job in left:
                is_over = job.attempts >= MAX_TRIES
                job.state = JobState.FAILED if is_over else JobState.QUEUED
                job.error = "worker stopped" if is_over else None
                job.finished_at = now() if is_over else None
                job.locked_by = job.locked_until = None
        return len(left)

    def _has_due(self) -> bool:
        with self._sessions() as session:
            due = select(Job.id).where(Job.state == JobState.QUEUED, Job.run_after <= now())
            return session.scalar(due.limit(1)) is not None

    def _claim(self) -> Job | None:
        with transaction(self._sessions) as session:
            job: Job | None = session.scalar(
                select(Job)
                .where(Job.state == JobState.QUEUED, Job.run_after <= now())
                .order_by(Job.run_after, Job.id)
                .limit(1)
                .with_for_update(skip_locked=True)
            )
            if job is not None:
                job.state = JobState.RUNNING
                job.attempts += 1
                job.locked_by = self._name
                job.locked_until = now() + self._lease
            return job

    def _run(self, handler: JobHandler, job: Job, context: JobContext) -> None:
        log.info("job_started", job=job.public_id, kind=job.kind, attempt=job.attempts)
        try:
            result = handler.run(self._sessions, context)
        except LeaseLostError:
            log.warning("job_lease_lost", job=job.public_id, kind=job.kind)
            return
        except WorkerStoppingError:
            self._give_back(job)
            return
        except Exception as problem:
            self._failed(job, place_of(problem))
            return
        self._finish(job.id, state=JobState.DONE, result=result)
        log.info("job_done", job=job.public_id, kind=job.kind)

    def _failed(self, job: Job, reason: str) -> None:
        log.error("job_failed", job=job.public_id, kind=job.kind, reason=reason)
        if job.attempts >= MAX_TRIES:
            self._finish(job.id, state=JobState.FAILED, error=reason)
            return
        self._update(
            job.id,
            state=JobState.QUEUED,
            run_after=now() + delay_before_try(job.attempts),
            error=reason,
        )

    def _give_back(self, job: Job) -> None:
        self._update(job.id, state=JobState.QUEUED, attempts=job.attempts - 1)

    def _finish(self, job_id: int, **values: Any) -> None:
        self._update(job_id, finished_at=now(), **{"error": None, **values})

    def _update(self, job_id: int, **values: Any) -> None:
        """Only while the job is still this worker's."""
        with transaction(self._sessions) as session:
            session.execute(
                update(Job)
                .where(
                    Job.id == job_id,
                    Job.state == JobState.RUNNING,
                    Job.locked_by == self._name,
                )
                .values(locked_by=None, locked_until=None, **values)
            )
