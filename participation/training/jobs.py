"""Background work of training: reminders of refreshers."""

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session, sessionmaker

from participation.foundation.db import transaction
from participation.foundation.jobs import JobProgress, Schedule
from participation.training.services import remind_refreshers


class RemindRefreshers:
    """Every morning: whose course ends soon gets a mail, at most once a month."""

    kind = "remind_refreshers"

    def run(self, sessions: sessionmaker[Session], job: JobProgress) -> dict[str, Any]:
        with transaction(sessions) as session:
            return {"mails": remind_refreshers(session)}


JOB_HANDLERS = (RemindRefreshers(),)
SCHEDULES = (
    Schedule(kind=RemindRefreshers.kind, every=timedelta(days=1), offset=timedelta(hours=6)),
)
