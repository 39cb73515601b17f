"""Issues of the newsletter with what may still be shown of them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.commitments.models import Commitment
from participation.follow_up.models import Feedback
from participation.foundation.clock import now
from participation.foundation.errors import NotFound
from participation.foundation.jobs import Job, JobState
from participation.foundation.providers import PublishedNews
from participation.newsletter.models import (
    NewsletterDelivery,
    NewsletterIssue,
    NewsletterItem,
    NewsletterSubscriber,
)
from participation.newsletter.queries.news import news_between
from participation.newsletter.rules.issues import ShownItem, ShownSection, sections_of

# What was coming on the day comes from notices, which are no news and cannot be withdrawn.
SEND_KIND = "newsletter.send"
FIRST_TIME = timedelta(days=92)  # how far back the very first issue looks
COMING = "coming"


@dataclass(frozen=True)
class IssueLine:
    """An issue in the staff's list: to how many it has been queued."""

    issue: NewsletterIssue
    queued: int


def sent_issues(session: Session) -> Sequence[NewsletterIssue]:
    """The archive, the newest first. One query."""
    return session.scalars(
        select(NewsletterIssue)
        .where(NewsletterIssue.state != "draft")
        .order_by(NewsletterIssue.number.desc(), NewsletterIssue.id.desc())
    ).all()


def issue_lines(session: Session) -> list[IssueLine]:
    """Drafts first, then what was sent, the newest first. One query."""
    queued = (
        select(func.count())
        .where(NewsletterDelivery.issue_id == NewsletterIssue.id)
        .scalar_subquery()
    )
    rows = session.execute(
        select(NewsletterIssue, queued).order_by(
            NewsletterIssue.number.is_(None).desc(),
            NewsletterIssue.number.desc(),
            NewsletterIssue.id.desc(),
        )
    )
    return [IssueLine(*row) for row in rows]


def issue_by_public_id(
    session: Session, public_id: str, *, is_sent: bool = False
) -> NewsletterIssue:
    """Any issue for those who write it; `is_sent`: one that everybody may read. Raises NotFound."""
    found = session.scalar(select(NewsletterIssue).where(NewsletterIssue.public_id == public_id))
    if found is None or (is_sent and found.state == "draft"):
        raise NotFound
    return found


def items_of(session: Session, issue_id: int) -> Sequence[NewsletterItem]:
    """Every item, also those that were dropped, in the issue's order. One query."""
    return session.scalars(
        select(NewsletterItem)
        .where(NewsletterItem.issue_id == issue_id)
        .order_by(NewsletterItem.position, NewsletterItem.id)
    ).all()


def standing_keys(
    session: Session, sources: Iterable[PublishedNews], issue: NewsletterIssue
) -> frozenset[str]:
    """What was published in the issue's time and is so still."""
    found = news_between(session, sources, issue.news_from, issue.news_until)
    late = session.scalars(
        select(Feedback.public_id)
        .join(Commitment, Commitment.id == Feedback.commitment_id)
        .where(Feedback.is_public, Commitment.is_public)
    )
    return frozenset((*(item.key for item in found), *(f"late:{one}" for one in late)))


def shown_sections(
    session: Session, sources: Iterable[PublishedNews], issue: NewsletterIssue
) -> list[ShownSection]:
    """What readers see: not what was dropped, and not what has been withdrawn since."""
    standing = standing_keys(session, sources, issue)
    return sections_of(
        (item.section, ShownItem(item.title, item.text, item.path))
        for item in items_of(session, issue.id)
        if not item.is_dropped and is_standing(item, standing)
    )


def is_standing(item: NewsletterItem, standing: Collection[str]) -> bool:
    """Whether what the item tells of is public still."""
    return item.section == COMING or item.key in standing


def subscriber_count(session: Session) -> int:
    """How many get the newsletter."""
    return (
        session.scalar(select(func.count()).where(NewsletterSubscriber.confirmed_at.is_not(None)))
        or 0
    )


def last_sent_on(session: Session) -> date | None:
    """The day of the newest issue that was sent."""
    return session.scalar(select(func.max(NewsletterIssue.sent_on)))


def has_draft(session: Session) -> bool:
    return (
        session.scalar(select(NewsletterIssue.id).where(NewsletterIssue.state == "draft").limit(1))
        is not None
    )


def news_since(session: Session) -> datetime:
    """Where the next issue begins: where the last one that was sent ended."""
    last = session.scalar(
        select(func.max(NewsletterIssue.news_until)).where(NewsletterIssue.state != "draft")
    )
    return last or now() - FIRST_TIME


def sending_job(session: Session, issue: NewsletterIssue) -> Job | None:
    """The work of sending it, while that goes on or when it failed."""
    job = session.scalar(select(Job).where(Job.once_key == f"{SEND_KIND}:{issue.public_id}"))
    return None if job is None or job.state == JobState.DONE else job
