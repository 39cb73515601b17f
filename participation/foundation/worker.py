"""The worker: hands over mails, runs jobs, queues what is scheduled.

On PostgreSQL it is a process of its own (`participation worker`), and there may be several. On
SQLite it is two threads of the one web process. Mails and jobs have a thread each, so that a
sign-in link never waits for a report.
"""

import os
import secrets
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from datetime import timedelta

import structlog
from sqlalchemy import delete
from sqlalchemy.orm import Session, sessionmaker

from participation.foundation.clock import now
from participation.foundation.config import Config
from participation.foundation.db import transaction
from participation.foundation.jobs.models import WorkerHeartbeat
from participation.foundation.jobs.rules import JobHandler, Schedule, place_of
from participation.foundation.jobs.runner import JobRunner
from participation.foundation.outbox.delivery import MailRunner
from participation.foundation.outbox.transports import transport_for
from participation.foundation.process_locks import in_use, only_worker

IDLE_SECONDS = 0.5
PAUSE_AFTER_PROBLEM_SECONDS = 5.0
SECONDS_BETWEEN_HEARTBEATS = 10.0
SECONDS_BETWEEN_RECOVERIES = 30.0
SECONDS_TO_STOP = 30.0
HEARTBEAT_FORGOTTEN_AFTER = timedelta(hours=1)

log = structlog.get_logger()


class Worker:
    """Two loops with a common stop. `start` and `stop` for a thread, `run` for a process."""

    def __init__(
        self,
        config: Config,
        sessions: sessionmaker[Session],
        handlers: Iterable[JobHandler] = (),
        schedules: Iterable[Schedule] = (),
    ) -> None:
        self.name = f"{os.getpid()}-{secrets.token_hex(4)}"
        self.stopping = threading.Event()
        self._config = config
        self._sessions = sessions
        self._mails = MailRunner(sessions, transport_for(config), config.mail_from, self.name)
        self._jobs = JobRunner(sessions, handlers, schedules, self.name)
        self._locks = ExitStack()
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Start both loops.

        Raises:
            InUseError: on SQLite, when there is a worker already.
        """
        self._locks.enter_context(in_use(self._config))
        if self._config.is_sqlite:
            self._locks.enter_context(only_worker(self._config))
            # Whoever held a claim is dead: this worker holds the only lock there is.
            self._mails.recover(everyone_else_is_dead=True)
            self._jobs.recover(everyone_else_is_dead=True)
        for part, loop in (("mails", self._mail_step), ("jobs", self._job_step)):
            thread = threading.Thread(
                target=self._loop, args=(part, loop), name=f"worker-{part}", daemon=True
            )
            thread.start()
            self._threads.append(thread)
        log.info("worker_started", worker=self.name)

    def stop(self) -> None:
        """Finish the mail in hand, give the job back at its next progress, then end."""
        self.stopping.set()
        deadline = time.monotonic() + SECONDS_TO_STOP
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        self._mails.close()
        with transaction(self._sessions) as session:
            session.execute(delete(WorkerHeartbeat).where(WorkerHeartbeat.name == self.name))
        self._locks.close()
        log.info("worker_stopped", worker=self.name)

    def run(self) -> None:
        """Work until `stopping` is set."""
        self.start()
        try:
            self.stopping.wait()
        finally:
            self.stop()

    def _mail_step(self) -> bool:
        return self._mails.deliver_due(self.stopping) > 0

    def _job_step(self) -> bool:
        self._jobs.queue_scheduled()
        return self._jobs.run_due(self.stopping)

    def _loop(self, part: str, step: Callable[[], bool]) -> None:
        upkeep = _Upkeep(self, part)
        while not self.stopping.is_set():
            try:
                upkeep.when_due()
                if not step():
                    self.stopping.wait(IDLE_SECONDS)
            except Exception as problem:
                # Not log.exception: the message may quote what somebody wrote.
                log.error("worker_problem", part=part, problem=place_of(problem))  # noqa: TRY400
                self.stopping.wait(PAUSE_AFTER_PROBLEM_SECONDS)

    def beat(self, part: str) -> None:
        """Say that this part of the worker is alive."""
        with transaction(self._sessions) as session:
            session.merge(WorkerHeartbeat(name=self.name, part=part, seen_at=now()))

    def recover(self, part: str) -> None:
        """Free what dead workers held, and forget that they lived."""
        with transaction(self._sessions) as session:
            long_ago = now() - HEARTBEAT_FORGOTTEN_AFTER
            session.execute(delete(WorkerHeartbeat).where(WorkerHeartbeat.seen_at < long_ago))
        if part == "mails":
            self._mails.recover()
        else:
            self._jobs.recover()


class _Upkeep:
    """Heartbeat and recovery of one loop, each at its own pace."""

    def __init__(self, worker: Worker, part: str) -> None:
        self._worker = worker
        self._part = part
        self._beat_at = self._recovered_at = float("-inf")

    def when_due(self) -> None:
        moment = time.monotonic()
        if moment - self._beat_at >= SECONDS_BETWEEN_HEARTBEATS:
            self._worker.beat(self._part)
            self._beat_at = moment
        if moment - self._recovered_at >= SECONDS_BETWEEN_RECOVERIES:
            self._worker.recover(self._part)
            self._recovered_at = moment
