"""Writing an issue out of what was published, and sending it: nobody gets it twice."""

from collections.abc import Iterable, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.foundation.bulk import insert_rows
from participation.foundation.clock import now, today
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.eventlog.services import log_event
from participation.foundation.i18n import DEFAULT_LOCALE
from participation.foundation.i18n import gettext as _
from participation.foundation.jobs import Job, enqueue
from participation.foundation.mail_templates import absolute_url
from participation.foundation.outbox.bulk import Addressee, queue_mails
from participation.foundation.outbox.merging import personal
from participation.foundation.outbox.services import queue_mail
from participation.foundation.permissions import Actor
from participation.foundation.providers import PublishedNews
from participation.newsletter.models import (
    NewsletterDelivery,
    NewsletterIssue,
    NewsletterItem,
    NewsletterSubscriber,
)
from participation.newsletter.queries.issues import (
    SEND_KIND,
    items_of,
    news_since,
    shown_sections,
)
from participation.newsletter.rules.drafting import DraftItem
from participation.newsletter.rules.issues import MAIL_KIND, ShownSection
from participation.newsletter.services.subscribing import leave_link, leave_path

TEMPLATE = "newsletter/issue"
CHUNK = 500


def begin_issue(
    session: Session, actor: Actor, title: str, items: Sequence[DraftItem]
) -> NewsletterIssue:
    """A draft out of `items`. Raises Conflict: there is a draft already."""
    if session.scalar(select(NewsletterIssue.id).where(NewsletterIssue.state == "draft").limit(1)):
        raise Conflict(_("There is a draft already. Finish that one first."))
    issue = NewsletterIssue(
        title=title,
        news_from=news_since(session),
        news_until=now(),
        account_id=actor.account_id,
    )
    session.add(issue)
    session.flush()
    session.add_all(
        NewsletterItem(issue_id=issue.id, position=number, **vars(item))
        for number, item in enumerate(items, 1)
    )
    session.flush()
    log_event(session, actor, "newsletter_begun", "newsletter", issue.public_id)
    return issue


def change_issue(session: Session, issue: NewsletterIssue, title: str, greeting: str) -> None:
    """Title and greeting of a draft. Raises Conflict: it is sent."""
    must_be_draft(issue)
    issue.title, issue.greeting = title, greeting
    session.flush()


def item_of(session: Session, issue: NewsletterIssue, public_id: str) -> NewsletterItem:
    """An item of a draft. Raises NotFound, or Conflict: the issue is sent."""
    must_be_draft(issue)
    found = session.scalar(
        select(NewsletterItem).where(
            NewsletterItem.public_id == public_id, NewsletterItem.issue_id == issue.id
        )
    )
    if found is None:
        raise NotFound
    return found


def reword(session: Session, item: NewsletterItem, title: str, text: str) -> None:
    item.title, item.text = title, text
    session.flush()


def drop_or_keep(session: Session, item: NewsletterItem) -> None:
    """Leave an item out, or take it in again."""
    item.is_dropped = not item.is_dropped
    session.flush()


def move(session: Session, item: NewsletterItem, step: int) -> None:
    """One place up (-1) or down (+1) under its heading; at the end it stays."""
    beside = [one for one in items_of(session, item.issue_id) if one.section == item.section]
    here = beside.index(item)
    if 0 <= here + step < len(beside):
        other = beside[here + step]
        item.position, other.position = other.position, item.position
        session.flush()


def discard_issue(session: Session, actor: Actor, issue: NewsletterIssue) -> None:
    """Throw a draft away. Raises Conflict: it is sent."""
    must_be_draft(issue)
    log_event(session, actor, "newsletter_discarded", "newsletter", issue.public_id)
    for item in items_of(session, issue.id):
        session.delete(item)
    session.flush()
    session.delete(issue)
    session.flush()


def must_be_draft(issue: NewsletterIssue) -> None:
    if issue.state != "draft":
        raise Conflict(_("The issue is sent and cannot be changed any more."))


def send_test(
    session: Session, issue: NewsletterIssue, sections: Sequence[ShownSection], email: str
) -> None:
    """One copy to whoever writes it, marked as a test."""
    queue_mail(
        session,
        to=email,
        template="newsletter/test",
        locale=DEFAULT_LOCALE,
        context={**_context(issue, sections), "leave": absolute_url("/newsletter")},
        about=(MAIL_KIND, issue.public_id),
    )


def send_issue(session: Session, actor: Actor, issue: NewsletterIssue) -> Job:
    """Give it its number and begin to send it in the background. Raises Conflict: it is sent."""
    session.refresh(issue, with_for_update=True)
    must_be_draft(issue)
    last = session.scalar(select(func.max(NewsletterIssue.number))) or 0
    issue.number, issue.state, issue.sent_on = last + 1, "sending", today()
    session.flush()
    log_event(session, actor, "newsletter_sent", "newsletter", issue.public_id)
    return enqueue(
        session,
        SEND_KIND,
        {"issue_id": issue.id},
        title=_("Sending “%(title)s”", title=issue.title),
        created_by_account_id=actor.account_id,
        once_key=f"{SEND_KIND}:{issue.public_id}",
    )


def queue_next(
    session: Session, issue: NewsletterIssue, sources: Iterable[PublishedNews], most: int = CHUNK
) -> int:
    """Queue the issue for the next who have not got it; how many. 0: everybody has.

    A delivery and its mail are rows of the same transaction, so a job that is run again goes on.
    """
    waiting = session.scalars(
        select(NewsletterSubscriber)
        .where(
            NewsletterSubscriber.confirmed_at.is_not(None),
            NewsletterSubscriber.id.not_in(
                select(NewsletterDelivery.subscriber_id).where(
                    NewsletterDelivery.issue_id == issue.id
                )
            ),
        )
        .order_by(NewsletterSubscriber.id)
        .limit(most)
        .with_for_update()
    ).all()
    if not waiting:
        issue.state = "sent"
        session.flush()
        return 0
    insert_rows(
        session,
        NewsletterDelivery,
        [{"issue_id": issue.id, "subscriber_id": one.id} for one in waiting],
    )
    sections = shown_sections(session, sources, issue)
    queue_mails(
        session,
        template=TEMPLATE,
        context=lambda: {
            **_context(issue, sections),
            "leave": absolute_url(f"/newsletter/leave/{personal('leave')}"),
        },
        addressees=[_addressee(one) for one in waiting],
        about_kind=MAIL_KIND,
    )
    return len(waiting)


def correct_issue(session: Session, actor: Actor, issue: NewsletterIssue, text: str) -> None:
    """Say on its page what was wrong in what was sent; empty takes it away."""
    issue.correction = text
    session.flush()
    log_event(session, actor, "newsletter_corrected", "newsletter", issue.public_id)


def _context(issue: NewsletterIssue, sections: Sequence[ShownSection]) -> dict[str, object]:
    return {
        "title": issue.title,
        "greeting": issue.greeting,
        "sections": [
            {
                "title": section.title,
                "items": [
                    {"title": item.title, "text": item.text, "link": absolute_url(item.path)}
                    for item in section.items
                ],
            }
            for section in sections
        ],
        "page": absolute_url(f"/newsletter/{issue.public_id}"),
    }


def _addressee(subscriber: NewsletterSubscriber) -> Addressee:
    return Addressee(
        to=subscriber.email,
        locale=DEFAULT_LOCALE,
        about_id=subscriber.public_id,
        values={"leave": leave_path(subscriber)},
        headers={"List-Unsubscribe": f"<{leave_link(subscriber)}>"},
    )
