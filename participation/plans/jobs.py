"""Background work of plans: asking how they go."""

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session, sessionmaker

from participation.foundation.db import transaction
from participation.foundation.jobs import JobProgress, Schedule
from participation.plans.services.reminding import remind_of_statuses


class RemindStatuses:
    """Every morning: groups with old statuses are asked, each at most once a quarter."""

    kind = "remind_plan_statuses"

    def run(self, sessions: sessionmaker[Session], job: JobProgress) -> dict[str, Any]:
        with transaction(sessions) as session:
            return {"mails": remind_of_statuses(session)}


SCHEDULES = (
    Schedule(kind=RemindStatuses.kind, every=timedelta(days=1), offset=timedelta(hours=6)),
)
