"""Daily work of assignments: claims that close, numbers that are no longer needed."""

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session, sessionmaker

from participation.assignments.services import (
    close_late_claims,
    erase_paid_details,
    warn_before_closing,
)
from participation.foundation.db import transaction
from participation.foundation.jobs import JobProgress, Schedule


class TidyClaims:
    """Every morning: warn, close, erase."""

    kind = "assignments.tidy"

    def run(self, sessions: sessionmaker[Session], job: JobProgress) -> dict[str, Any]:
        with transaction(sessions) as session:
            return {
                "warned": warn_before_closing(session),
                "closed": close_late_claims(session),
                "erased": erase_paid_details(session),
            }


SCHEDULES = (Schedule(TidyClaims.kind, every=timedelta(days=1), offset=timedelta(hours=5)),)
