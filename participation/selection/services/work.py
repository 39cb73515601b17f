"""Background work on a draw: queued once per set of quotas."""

from sqlalchemy.orm import Session

from participation.foundation.i18n import gettext as _
from participation.foundation.jobs import Job, JobState, enqueue
from participation.foundation.jobs.services import retry_job
from participation.foundation.permissions import Actor
from participation.selection.models import Draw
from participation.selection.queries.draws import LOTTERY, PRICES, SUCCESSOR, WORKSHOP, job_key


def queue_work(session: Session, actor: Actor, kind: str, draw: Draw) -> Job:
    """Queue the work, or start it again when it failed; the same work is never queued twice."""
    job = enqueue(
        session,
        kind,
        {"draw_id": draw.id, "version": draw.quota_version},
        title=_title(kind, draw),
        created_by_account_id=actor.account_id,
        once_key=job_key(kind, draw),
    )
    return retry_job(session, job.public_id) if job.state == JobState.FAILED else job


def queue_search(session: Session, actor: Actor, draw: Draw, replacement_id: int) -> Job:
    """Queue the search for one successor."""
    return enqueue(
        session,
        SUCCESSOR,
        {"draw_id": draw.id, "replacement_id": replacement_id},
        title=_title(SUCCESSOR, draw),
        created_by_account_id=actor.account_id,
        once_key=f"{SUCCESSOR}@{replacement_id}",
    )


def _title(kind: str, draw: Draw) -> str:
    """What is worked out, and for which draw: somebody may have several under way."""
    work = {
        WORKSHOP: _("Trying the quotas"),
        PRICES: _("Working out what each quota costs"),
        LOTTERY: _("Working out everybody's chance"),
        SUCCESSOR: _("Looking for a successor"),
    }[kind]
    return _("%(work)s: %(draw)s", work=work, draw=draw.title)
