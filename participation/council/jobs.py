"""Once a day: past terms take their members' role along, offers nobody answered are over."""

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session, sessionmaker

from participation.council.services import end_past_terms, lapse_and_replace
from participation.foundation.db import transaction
from participation.foundation.jobs.rules import JobProgress, Schedule

END_TERMS = "council.end_past_terms"
END_TERMS_DAILY = Schedule(END_TERMS, every=timedelta(days=1), offset=timedelta(hours=1))


class EndPastTerms:
    """Runs once a day, at night."""

    kind = END_TERMS

    def run(self, sessions: sessionmaker[Session], job: JobProgress) -> dict[str, Any]:
        with transaction(sessions) as session:
            return {"ended": end_past_terms(session), "lapsed": lapse_and_replace(session)}
