"""Work in the background: rounds close when their time is over."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session, sessionmaker

from participation.foundation.clock import now
from participation.foundation.db import transaction
from participation.foundation.jobs.rules import JobProgress, Schedule
from participation.foundation.permissions import SYSTEM
from participation.questionnaires.queries import round_by_id, rounds_past_closing
from participation.questionnaires.services.rounds import close_round

CLOSE_DUE_ROUNDS = "questionnaires.close_due_rounds"


@dataclass(frozen=True)
class CloseDueRounds:
    """Closes each round past its time in a transaction of its own."""

    kind: str = CLOSE_DUE_ROUNDS

    def run(self, sessions: sessionmaker[Session], job: JobProgress) -> dict[str, Any]:
        with sessions() as session:
            due = rounds_past_closing(session, now())
        for position, round_id in enumerate(due, start=1):
            with transaction(sessions) as session:
                close_round(session, round_by_id(session, round_id), SYSTEM)
            job.progress(position, len(due))
        return {"closed": len(due)}


SCHEDULES = (Schedule(CLOSE_DUE_ROUNDS, every=timedelta(minutes=15)),)
