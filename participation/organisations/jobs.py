"""Daily tidying: nominations and invitations that ran out are forgotten."""

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session, sessionmaker

from participation.foundation.db import transaction
from participation.foundation.jobs import JobProgress, Schedule
from participation.organisations.services import expire_nominations, forget_old_invitations


class ForgetUnanswered:
    """Names and addresses of people who did not answer are blanked."""

    kind = "organisations.forget_unanswered"

    def run(self, sessions: sessionmaker[Session], job: JobProgress) -> dict[str, Any]:
        with transaction(sessions) as session:
            return {
                "nominations": expire_nominations(session),
                "invitations": forget_old_invitations(session),
            }


JOB_HANDLERS = (ForgetUnanswered(),)
SCHEDULES = (
    Schedule(kind=ForgetUnanswered.kind, every=timedelta(days=1), offset=timedelta(hours=2)),
)
