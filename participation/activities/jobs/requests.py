"""Reminders of requests that wait too long."""

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session, sessionmaker

from participation.activities.services import remind_overdue_requests
from participation.foundation.db import transaction
from participation.foundation.jobs import JobProgress, Schedule


class RemindOverdueRequests:
    """Every morning: whoever should have answered or completed a request gets one mail."""

    kind = "remind_overdue_requests"

    def run(self, sessions: sessionmaker[Session], job: JobProgress) -> dict[str, Any]:
        with transaction(sessions) as session:
            return {"mails": remind_overdue_requests(session)}


REMIND_REQUESTS = Schedule(
    kind=RemindOverdueRequests.kind, every=timedelta(days=1), offset=timedelta(hours=6)
)
