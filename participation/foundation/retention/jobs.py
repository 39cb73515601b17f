"""Every night: what the recorded decisions say is destroyed."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session, sessionmaker

from participation.foundation.db import transaction
from participation.foundation.jobs import JobProgress, Schedule
from participation.foundation.providers import RetentionRule
from participation.foundation.retention.services import destroy_by_decision


class DestroyByDecision:
    """One transaction for each rule, so that one that fails keeps none of the others."""

    kind = "retention.destroy"

    def __init__(self, rules: Callable[[], Iterable[RetentionRule]]) -> None:
        self._rules = rules

    def run(self, sessions: sessionmaker[Session], job: JobProgress) -> dict[str, Any]:
        destroyed: dict[str, Any] = {}
        for rule in self._rules():
            with transaction(sessions) as session:
                destroyed.update(destroy_by_decision(session, [rule]))
        return destroyed


EVERY_NIGHT = Schedule(DestroyByDecision.kind, every=timedelta(days=1), offset=timedelta(hours=4))
