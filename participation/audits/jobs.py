"""Background work of audits: the daily look at what is due."""

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session, sessionmaker

from participation.audits.services.reminders import remind_of_audits
from participation.foundation.db import transaction
from participation.foundation.jobs import JobProgress, Schedule


class RemindOfAudits:
    """Every morning: answers that are due soon, follow-ups that are to be held."""

    kind = "audits.remind"

    def run(self, sessions: sessionmaker[Session], job: JobProgress) -> dict[str, Any]:
        with transaction(sessions) as session:
            return {"mails": remind_of_audits(session)}


SCHEDULES = (
    Schedule(kind=RemindOfAudits.kind, every=timedelta(days=1), offset=timedelta(hours=6)),
)
