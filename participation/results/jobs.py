"""Background work: counting and publishing a round."""

from typing import Any

from sqlalchemy.orm import Session, sessionmaker

from participation.disclosure.services import DisclosureRefused
from participation.foundation.db import transaction
from participation.foundation.errors import Conflict
from participation.foundation.jobs import JobProgress
from participation.foundation.permissions import Actor
from participation.results.queries import JOB_KIND
from participation.results.services.rounds import publish_round


class PublishRound:
    """Counts one round and sends its totals through the gate; a refusal is a result, no failure."""

    kind = JOB_KIND

    def run(self, sessions: sessionmaker[Session], job: JobProgress) -> dict[str, Any]:
        actor = Actor(account_id=job.created_by_account_id)
        job.progress(0, 1)
        try:
            with transaction(sessions) as session:
                release = publish_round(session, actor, int(job.payload["round_id"]))
                public_id = release.public_id
        except DisclosureRefused as refused:
            return {"refused": list(refused.reasons)}
        except Conflict:
            return {"url": ""}  # an earlier try published it
        return {"url": f"/releases/{public_id}"}
