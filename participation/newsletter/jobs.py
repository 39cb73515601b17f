"""Background work of the newsletter: sending an issue, and forgetting addresses never confirmed."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session, sessionmaker

from participation.foundation.db import transaction
from participation.foundation.jobs import JobProgress, Schedule
from participation.foundation.providers import PublishedNews
from participation.newsletter.models import NewsletterIssue
from participation.newsletter.queries.issues import SEND_KIND, subscriber_count
from participation.newsletter.services.issues import queue_next
from participation.newsletter.services.subscribing import drop_refused, drop_unconfirmed

FORGET_KIND = "newsletter.forget"
SCHEDULES = (Schedule(FORGET_KIND, timedelta(days=1)),)


class SendIssue:
    """Chunk by chunk, each a transaction: killed and run again, it goes on where it was."""

    kind = SEND_KIND

    def __init__(self, sources: Callable[[], tuple[PublishedNews, ...]]) -> None:
        self._sources = sources

    def run(self, sessions: sessionmaker[Session], job: JobProgress) -> dict[str, Any]:
        with transaction(sessions) as session:
            total = subscriber_count(session)
        done = 0
        while True:
            with transaction(sessions) as session:
                issue = session.get_one(NewsletterIssue, job.payload["issue_id"])
                queued = queue_next(session, issue, self._sources())
                here = f"/newsletter/issues/{issue.public_id}"
            if not queued:
                return {"mails": done, "url": here}
            done += queued
            job.progress(done, max(total, done))


class ForgetUnconfirmed:
    """Addresses whose link has run out, and those that no mail reaches."""

    kind = FORGET_KIND

    def run(self, sessions: sessionmaker[Session], job: JobProgress) -> dict[str, Any]:
        with transaction(sessions) as session:
            return {"addresses": drop_unconfirmed(session) + drop_refused(session)}
