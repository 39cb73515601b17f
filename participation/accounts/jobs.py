"""Background work of accounts: forget what has run out."""

from datetime import timedelta
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session, sessionmaker

from participation.accounts.models import LoginSession, SignInLink, ThrottleCounter
from participation.accounts.queries import over_since
from participation.foundation.clock import now
from participation.foundation.db import transaction
from participation.foundation.jobs import JobProgress, Schedule

KEPT_FOR = timedelta(days=1)


class TidySignIns:
    """Delete ended sessions, used links and old counters a day after their end."""

    kind = "tidy_sign_ins"

    def run(self, sessions: sessionmaker[Session], job: JobProgress) -> dict[str, Any]:
        before = now() - KEPT_FOR
        with transaction(sessions) as session:
            ended = session.execute(delete(LoginSession).where(over_since(before)))
            links = session.execute(delete(SignInLink).where(SignInLink.expires_at < before))
            session.execute(delete(ThrottleCounter).where(ThrottleCounter.expires_at < before))
        return {"sessions": ended.rowcount, "links": links.rowcount}  # type: ignore[attr-defined]


SCHEDULES = (Schedule(kind=TidySignIns.kind, every=timedelta(hours=6)),)
