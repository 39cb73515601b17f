"""Reading jobs."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.foundation.errors import NotFound
from participation.foundation.jobs.models import Job
from participation.foundation.paging import Page, paginate
from participation.foundation.permissions import Actor, Permission


def job_for(session: Session, actor: Actor, public_id: str) -> Job:
    """The job, for whoever started it and for those who look after operations.

    Raises NotFound for everybody else.
    """
    job = session.scalar(select(Job).where(Job.public_id == public_id))
    if job is None:
        raise NotFound
    is_own = actor.is_signed_in and job.created_by_account_id == actor.account_id
    if not is_own and not actor.can(Permission.READ_OPERATIONS):
        raise NotFound
    return job


def all_jobs(session: Session, state: str | None, number: int) -> Page[Job]:
    """One page of jobs, newest first; only with `state` when one is given."""
    statement = select(Job).order_by(Job.created_at.desc(), Job.id.desc())
    if state is not None:
        statement = statement.where(Job.state == state)
    return paginate(session, statement, number)
