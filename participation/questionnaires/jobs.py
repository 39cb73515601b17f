"""Work in the background: rounds close in time, anonymous answers are mixed, keys destroyed."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session, sessionmaker

from participation.foundation.clock import now
from participation.foundation.db import leave_no_traces, transaction
from participation.foundation.jobs.rules import JobProgress, Schedule
from participation.foundation.permissions import SYSTEM
from participation.foundation.temporary_keys import destroy_key
from participation.questionnaires.models import AccessToken, ResponseDraft, WaitingResponse
from participation.questionnaires.queries import round_by_id, rounds_past_closing
from participation.questionnaires.queries.mixing import keys_nobody_needs, rounds_to_mix
from participation.questionnaires.services.rewriting import rewrite_waiting
from participation.questionnaires.services.rounds import close_round

CLOSE_DUE_ROUNDS = "questionnaires.close_due_rounds"
MIX_ANSWERS = "questionnaires.mix_answers"
DESTROY_KEYS = "questionnaires.destroy_keys"

# Small tables whose order of rows would tell who did what when.
ORDERLESS = (
    AccessToken.__tablename__,
    WaitingResponse.__tablename__,
    ResponseDraft.__tablename__,
)


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


@dataclass(frozen=True)
class MixAnswers:
    """Rewrites what waits in each anonymous round, a batch and transaction each (TRUST 47)."""

    kind: str = MIX_ANSWERS

    def run(self, sessions: sessionmaker[Session], job: JobProgress) -> dict[str, Any]:
        with sessions() as session:
            open_now = rounds_to_mix(session)
        rewritten = 0
        for position, round_id in enumerate(open_now, start=1):
            with transaction(sessions) as session:
                rewritten += rewrite_waiting(session, round_by_id(session, round_id))
            job.progress(position, len(open_now))
        if open_now:
            leave_no_traces(sessions, ORDERLESS)
        return {"rewritten": rewritten}


@dataclass(frozen=True)
class DestroyKeys:
    """Destroys keys that no mail and no waiting answer needs any more: that is the erasure."""

    kind: str = DESTROY_KEYS

    def run(self, sessions: sessionmaker[Session], job: JobProgress) -> dict[str, Any]:
        with sessions() as session:
            needless = keys_nobody_needs(session)
        for name in needless:
            destroy_key(name)
        if needless:
            leave_no_traces(sessions, ORDERLESS, is_thorough=True)
        return {"destroyed": len(needless)}


SCHEDULES = (
    Schedule(CLOSE_DUE_ROUNDS, every=timedelta(minutes=15)),
    # Once a night: the more answers leave together, the less their order tells.
    Schedule(MIX_ANSWERS, every=timedelta(days=1), offset=timedelta(hours=1)),
    Schedule(DESTROY_KEYS, every=timedelta(minutes=15), offset=timedelta(minutes=5)),
)
