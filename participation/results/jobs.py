"""Background work: counting and publishing a round."""

from typing import Any

from sqlalchemy.orm import Session, sessionmaker

from participation.disclosure.services import DisclosureRefused
from participation.foundation.db import transaction
from participation.foundation.errors import Conflict
from participation.foundation.jobs import JobProgress
from participation.foundation.permissions import Actor
from participation.questionnaires.queries import Counting, RoundTotals
from participation.results.queries import JOB_KIND
from participation.results.services.rounds import publish_round


class PublishRound:
    """Counts one round and sends its totals through the gate; a refusal is a result, no failure."""

    kind = JOB_KIND

    def run(self, sessions: sessionmaker[Session], job: JobProgress) -> dict[str, Any]:
        actor = Actor(account_id=job.created_by_account_id)
        round_id = int(job.payload["round_id"])
        totals = _counted(sessions, job, round_id)
        try:
            with transaction(sessions) as session:
                release = publish_round(session, actor, round_id, totals)
                public_id = release.public_id
        except DisclosureRefused as refused:
            return {"refused": list(refused.reasons)}
        except Conflict:
            return {"url": ""}  # an earlier try published it
        return {"url": f"/releases/{public_id}"}


def _counted(sessions: sessionmaker[Session], job: JobProgress, round_id: int) -> RoundTotals:
    """Count in steps; nothing is open while the job tells how far it is (SQLite has one writer)."""
    with sessions() as session:
        counting = Counting(session, round_id)
    total = counting.expected + 1  # publishing itself is the last step
    is_more = True
    while is_more:
        job.progress(min(counting.responses, counting.expected), total)
        with sessions() as session:
            is_more = counting.step(session)
    return counting.totals()
