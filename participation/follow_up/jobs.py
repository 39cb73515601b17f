"""Background work of follow-up: telling many people what came of it."""

from typing import Any

from sqlalchemy.orm import Session, sessionmaker

from participation.follow_up.services.telling import JOB_KIND, tell_the_rest
from participation.foundation.db import transaction
from participation.foundation.jobs import JobProgress


class TellThoseWhoTookPart:
    """One transaction: run again, it finds nobody left to tell."""

    kind = JOB_KIND

    def run(self, sessions: sessionmaker[Session], job: JobProgress) -> dict[str, Any]:
        with transaction(sessions) as session:
            return {
                "mails": tell_the_rest(session, job.payload["commitment_id"], job.payload["event"])
            }
