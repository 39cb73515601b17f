"""Daily tidying of the bank: forgotten sign-ups and silent guardians, pauses that are over."""

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session, sessionmaker

from participation.foundation.db import transaction
from participation.foundation.jobs.rules import JobProgress, Schedule
from participation.interest_bank.services import (
    end_outgrown_approvals,
    forget_unconfirmed,
    let_asks_lapse,
    wake_rested,
)

TIDY = "interest_bank.tidy"
TIDY_DAILY = Schedule(TIDY, every=timedelta(days=1), offset=timedelta(hours=2))


class TidyBank:
    """Runs once a day, at night."""

    kind = TIDY

    def run(self, sessions: sessionmaker[Session], job: JobProgress) -> dict[str, Any]:
        with transaction(sessions) as session:
            return {
                "forgotten": forget_unconfirmed(session),
                "guardians_silent": let_asks_lapse(session),
                "outgrown": end_outgrown_approvals(session),
                "woken": wake_rested(session),
            }
