"""Jobs: progress, retries, leases, schedules."""

import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session, sessionmaker

from participation.foundation.clock import frozen_at, now
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.jobs import Job, JobProgress, JobState, Schedule, enqueue
from participation.foundation.jobs.models import TITLE_LENGTH
from participation.foundation.jobs.queries import job_for
from participation.foundation.jobs.rules import MAX_TRIES
from participation.foundation.jobs.runner import JobRunner
from participation.foundation.jobs.services import retry_job
from participation.foundation.permissions import NOBODY, Actor, Grant, Role

NOBODY_STOPS = threading.Event()
NOON = datetime(2026, 11, 12, 11, 0, tzinfo=UTC)


class Handler:
    """Runs whatever the test wants."""

    def __init__(self, kind: str, work: Callable[[JobProgress], Mapping[str, Any]]) -> None:
        self.kind = kind
        self._work = work

    def run(self, sessions: sessionmaker[Session], job: JobProgress) -> dict[str, Any]:
        return dict(self._work(job))


def a_runner(
    sessions: sessionmaker[Session],
    work: Callable[[JobProgress], Mapping[str, Any]] = lambda job: {},
    name: str = "one",
    schedules: tuple[Schedule, ...] = (),
) -> JobRunner:
    return JobRunner(sessions, [Handler("test", work)], schedules, name)


def queue(session: Session, **values: Any) -> Job:
    job = enqueue(session, "test", **values)
    session.commit()
    return job


def test_a_title_that_is_too_long_for_the_page_is_cut_at_a_word(session: Session) -> None:
    name = "Hur var det att få stöd av flera verksamheter samtidigt? " * 4

    job = enqueue(session, "publish", title=f"Publicerar {name}")
    session.flush()

    assert len(job.title) <= TITLE_LENGTH
    assert job.title.startswith("Publicerar Hur var det")
    assert job.title.endswith(" …")


def test_a_job_runs_once_and_keeps_its_result(
    session: Session, sessions: sessionmaker[Session]
) -> None:
    def work(job: JobProgress) -> Mapping[str, Any]:
        job.progress(3, 3, "Ritar diagram 3 av 3")
        return {"url": f"/reports/{job.payload['report']}"}

    job = queue(session, payload={"report": "abc"})
    runner = a_runner(sessions, work)
    assert runner.run_due(NOBODY_STOPS)
    assert not runner.run_due(NOBODY_STOPS)
    session.refresh(job)
    assert (job.state, job.attempts, job.result) == (JobState.DONE, 1, {"url": "/reports/abc"})
    assert (job.progress_done, job.progress_text) == (3, "Ritar diagram 3 av 3")
    assert job.finished_at is not None


def test_a_job_of_a_rolled_back_transaction_never_runs(
    session: Session, sessions: sessionmaker[Session]
) -> None:
    enqueue(session, "test")
    session.rollback()
    assert not a_runner(sessions).run_due(NOBODY_STOPS)


def test_a_failing_job_is_tried_again_later_and_its_message_is_not_kept(
    session: Session, sessions: sessionmaker[Session]
) -> None:
    def work(job: JobProgress) -> Mapping[str, Any]:
        raise ValueError("tuva@example.org wrote something private")

    job = queue(session)
    runner = a_runner(sessions, work)
    moment = now()
    for _ in range(MAX_TRIES):
        with frozen_at(moment):
            assert runner.run_due(NOBODY_STOPS)
            assert not runner.run_due(NOBODY_STOPS), "the next try has to wait"
        moment += timedelta(hours=1)
    session.refresh(job)
    assert (job.state, job.attempts) == (JobState.FAILED, MAX_TRIES)
    assert job.error is not None
    assert job.error.startswith("ValueError in ")
    assert "tuva" not in job.error


def test_a_failed_job_runs_again_when_somebody_says_so(
    session: Session, sessions: sessionmaker[Session]
) -> None:
    job = queue(session)
    with pytest.raises(Conflict):
        retry_job(session, job.public_id)
    session.execute(update(Job).values(state=JobState.FAILED, attempts=MAX_TRIES))
    retry_job(session, job.public_id)
    session.commit()
    assert a_runner(sessions).run_due(NOBODY_STOPS)


def test_a_kind_nobody_handles_fails_in_words(
    session: Session, sessions: sessionmaker[Session]
) -> None:
    job = enqueue(session, "unknown")
    session.commit()
    a_runner(sessions).run_due(NOBODY_STOPS)
    session.refresh(job)
    assert (job.state, job.error) == (JobState.FAILED, "no handler for this kind")


def test_a_dead_workers_job_is_taken_over_and_the_dead_one_cannot_speak_any_more(
    session: Session, sessions: sessionmaker[Session]
) -> None:
    other = a_runner(sessions, name="two")

    def slow(job: JobProgress) -> Mapping[str, Any]:
        with frozen_at(now() + timedelta(hours=1)):
            assert other.recover() == 1
            assert other.run_due(NOBODY_STOPS)
        job.progress(1, 1)
        raise AssertionError("progress must refuse")

    job = queue(session)
    a_runner(sessions, slow, name="one").run_due(NOBODY_STOPS)
    session.refresh(job)
    assert (job.state, job.attempts) == (JobState.DONE, 2)


def test_progress_keeps_the_lease(session: Session, sessions: sessionmaker[Session]) -> None:
    other = a_runner(sessions, name="two")

    def work(job: JobProgress) -> Mapping[str, Any]:
        with frozen_at(now() + timedelta(minutes=4)):
            job.progress(1, 2)
        with frozen_at(now() + timedelta(minutes=8)):
            assert other.recover() == 0
        return {}

    job = queue(session)
    a_runner(sessions, work, name="one").run_due(NOBODY_STOPS)
    session.refresh(job)
    assert job.state == JobState.DONE


def test_a_stopping_worker_gives_its_job_back_without_counting_the_try(
    session: Session, sessions: sessionmaker[Session]
) -> None:
    stop = threading.Event()

    def work(job: JobProgress) -> Mapping[str, Any]:
        stop.set()
        job.progress(1, 10)
        return {}

    job = queue(session)
    a_runner(sessions, work).run_due(stop)
    session.refresh(job)
    assert (job.state, job.attempts) == (JobState.QUEUED, 0)


def test_the_same_key_is_queued_once(session: Session) -> None:
    first = enqueue(session, "test", once_key="report@2026")
    second = enqueue(session, "test", once_key="report@2026")
    assert first is second


def test_a_schedule_runs_once_per_period_whoever_comes_first(
    session: Session, sessions: sessionmaker[Session]
) -> None:
    schedules = (Schedule("test", timedelta(hours=6)),)
    runners = [a_runner(sessions, name=name, schedules=schedules) for name in ("one", "two")]
    for hours in (0, 0.5, 7):
        with frozen_at(NOON + timedelta(hours=hours)):
            for runner in runners:
                runner.queue_scheduled()
    keys = session.scalars(select(Job.once_key).order_by(Job.id)).all()
    assert keys == ["test@2026-11-12T06:00:00+00:00", "test@2026-11-12T18:00:00+00:00"]


def test_a_job_is_seen_by_whoever_started_it_and_by_administrators(session: Session) -> None:
    job = queue(session, created_by_account_id=1)
    administrator = Actor(2, grants=(Grant(Role.ADMINISTRATOR),), is_strong=True)
    for person in (Actor(account_id=1), administrator):
        assert job_for(session, person, job.public_id).id == job.id
    for person in (NOBODY, Actor(account_id=3)):
        with pytest.raises(NotFound):
            job_for(session, person, job.public_id)
