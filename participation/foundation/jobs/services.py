"""Queueing jobs."""

from collections.abc import Mapping
from datetime import datetime
from textwrap import shorten
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from participation.foundation.clock import now
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.jobs.models import TITLE_LENGTH, Job
from participation.foundation.jobs.rules import JobState


def enqueue(
    session: Session,
    kind: str,
    payload: Mapping[str, Any] | None = None,
    *,
    title: str = "",
    created_by_account_id: int | None = None,
    run_after: datetime | None = None,
    once_key: str | None = None,
) -> Job:
    """Queue a job in the caller's transaction; `payload` is JSON: ids, never personal text.

    A `title` that is too long for the page is cut at a word.
    With `once_key`, a job that already has the key is returned instead of a second one.
    """
    existing = _with_key(session, once_key)
    if existing is not None:
        return existing
    job = Job(
        kind=kind,
        title=shorten(title, TITLE_LENGTH, placeholder=" …"),
        payload=dict(payload or {}),
        created_by_account_id=created_by_account_id,
        run_after=run_after or now(),
        once_key=once_key,
    )
    try:
        with session.begin_nested():
            session.add(job)
    except IntegrityError:
        twin = _with_key(session, once_key)
        if twin is None:
            raise
        return twin
    return job


def retry_job(session: Session, public_id: str) -> Job:
    """Let a failed job run again from the start of its tries."""
    job = session.scalar(
        select(Job)
        .where(Job.public_id == public_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if job is None:
        raise NotFound
    if job.state != JobState.FAILED:
        raise Conflict
    job.state = JobState.QUEUED
    job.attempts = 0
    job.run_after = now()
    job.error = None
    job.finished_at = None
    session.flush()
    return job


def _with_key(session: Session, once_key: str | None) -> Job | None:
    if once_key is None:
        return None
    return session.scalar(select(Job).where(Job.once_key == once_key))
