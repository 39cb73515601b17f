"""Background work of coding: learning from coders' own codes, and forgetting what only waits."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session, sessionmaker

from participation.coding.queries.learning import learners_due, lesson
from participation.coding.rules.learning import learn
from participation.coding.services.learning import keep_model
from participation.coding.services.waiting import forget_old_imports
from participation.foundation.db import transaction
from participation.foundation.jobs import JobProgress, Schedule

LEARN = "coding.learn"
SEED = 1  # the same codes always teach the same


@dataclass(frozen=True)
class LearnFromCodes:
    """Learns from each coder who has put twenty-five codes since last time. Nothing is put."""

    kind: str = LEARN

    def run(self, sessions: sessionmaker[Session], job: JobProgress) -> dict[str, Any]:
        with sessions() as session:
            due = learners_due(session)
        learnt = 0
        for position, learner in enumerate(due, start=1):
            with sessions() as session:
                found = lesson(session, learner)
            model = learn(found.texts, found.code_ids, found.has, SEED)
            with transaction(sessions) as session:
                learnt += keep_model(session, found, model)
            job.progress(position, len(due))
        return {"learnt": learnt}


class ForgetOldImports:
    """Files and texts that have waited for a yes for a month are deleted."""

    kind = "coding.forget_old_imports"

    def run(self, sessions: sessionmaker[Session], job: JobProgress) -> dict[str, Any]:
        with transaction(sessions) as session:
            return {"files": forget_old_imports(session)}


SCHEDULES = (
    Schedule(kind=LEARN, every=timedelta(minutes=5)),
    Schedule(kind=ForgetOldImports.kind, every=timedelta(days=1), offset=timedelta(hours=3)),
)
