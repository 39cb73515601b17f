"""Background work of commitments: the weekly reminder."""

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session, sessionmaker

from participation.commitments.services import remind_overdue
from participation.foundation.db import transaction
from participation.foundation.jobs import JobProgress, Schedule


class RemindOverdue:
    """Every morning: whoever has been late for a week without a reminder gets one."""

    kind = "remind_overdue"

    def run(self, sessions: sessionmaker[Session], job: JobProgress) -> dict[str, Any]:
        with transaction(sessions) as session:
            return {"mails": remind_overdue(session)}


SCHEDULES = (Schedule(kind=RemindOverdue.kind, every=timedelta(days=1), offset=timedelta(hours=6)),)
