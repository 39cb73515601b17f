"""What happens by itself: further rounds, and reminders, every ten minutes."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session, sessionmaker

from participation.activities.queries import (
    activities_with_automatic_rounds,
    reminders_to_consider,
)
from participation.activities.services import send_reminder_if_due, send_round_if_due
from participation.foundation.db import transaction
from participation.foundation.jobs.rules import JobProgress, Schedule

ROUNDS = "activities.rounds"
REMINDERS = "activities.reminders"
SEND_ROUNDS = Schedule(ROUNDS, every=timedelta(minutes=10))
SEND_REMINDERS = Schedule(REMINDERS, every=timedelta(minutes=10))


class SendRounds:
    """Each activity's round is one transaction: run again, it finds nothing left to do."""

    kind = ROUNDS

    def run(self, sessions: sessionmaker[Session], job: JobProgress) -> dict[str, Any]:
        return {"rounds": _each(sessions, job, activities_with_automatic_rounds, send_round_if_due)}


class SendReminders:
    """Each reminder is one transaction; who has got it is written down in the same."""

    kind = REMINDERS

    def run(self, sessions: sessionmaker[Session], job: JobProgress) -> dict[str, Any]:
        return {"mails": _each(sessions, job, reminders_to_consider, send_reminder_if_due)}


def _each(
    sessions: sessionmaker[Session],
    job: JobProgress,
    listed: Callable[[Session], Sequence[int]],
    send: Callable[[Session, int], Any],
) -> int:
    """Send what is due of each; the sum of what was sent (a round counts as one)."""
    with sessions() as session:
        ids = listed(session)
    sent = 0
    for number, row_id in enumerate(ids):
        job.progress(number, len(ids))
        with transaction(sessions) as session:
            outcome = send(session, row_id)
            sent += outcome if isinstance(outcome, int) else outcome is not None
    return sent
