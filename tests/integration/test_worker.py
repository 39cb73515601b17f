"""The worker as a whole: two loops, heartbeat, a graceful end, one of them beside SQLite."""

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session, sessionmaker

from participation.foundation.config import Config
from participation.foundation.jobs import Job, JobState, enqueue
from participation.foundation.jobs.models import WorkerHeartbeat
from participation.foundation.process_locks import InUseError, alone, in_use
from participation.foundation.worker import Worker


class Shout:
    kind = "shout"

    def run(self, sessions: object, job: object) -> dict[str, str]:
        return {"said": "hej"}


@pytest.fixture
def settings(config: Config, engine: Engine, tmp_path: Path) -> Config:
    url = engine.url.render_as_string(hide_password=False)
    return replace(config, database_url=url, data_dir=tmp_path)


def wait_until(is_so: Callable[[], bool], seconds: float = 10.0) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_worker_runs_jobs_beats_and_leaves_nothing_behind(
    settings: Config, session: Session, sessions: sessionmaker[Session]
) -> None:
    job = enqueue(session, "shout")
    session.commit()
    worker = Worker(settings, sessions, [Shout()])
    worker.start()

    def is_done() -> bool:
        session.refresh(job)
        session.rollback()
        return job.state == JobState.DONE

    wait_until(is_done)
    wait_until(lambda: _parts(session) == {"mails", "jobs"})
    worker.stop()
    assert _parts(session) == set()


def _parts(session: Session) -> set[str]:
    parts = set(session.scalars(select(WorkerHeartbeat.part)))
    session.rollback()
    return parts


def test_beside_sqlite_there_is_one_worker(
    settings: Config, engine: Engine, sessions: sessionmaker[Session]
) -> None:
    if engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL has many writers")
    first = Worker(settings, sessions)
    first.start()
    with pytest.raises(InUseError):
        Worker(settings, sessions).start()
    first.stop()
    again = Worker(settings, sessions)
    again.start()
    again.stop()


def test_a_restore_needs_the_database_for_itself(settings: Config) -> None:
    with in_use(settings), in_use(settings), pytest.raises(InUseError), alone(settings):
        pass
    with alone(settings), pytest.raises(InUseError), in_use(settings):
        pass


def test_a_job_left_by_a_dead_worker_is_taken_up_at_the_start(
    settings: Config, engine: Engine, session: Session, sessions: sessionmaker[Session]
) -> None:
    if engine.dialect.name != "sqlite":
        pytest.skip("several workers wait for the lease to end")
    job = enqueue(session, "shout")
    job.state, job.locked_by, job.attempts = JobState.RUNNING, "dead", 1
    session.commit()
    worker = Worker(settings, sessions, [Shout()])
    worker.start()

    def is_done() -> bool:
        state = session.scalars(select(Job.state)).one()
        session.rollback()
        return state == JobState.DONE

    wait_until(is_done)
    worker.stop()
