"""Tables of the newsletter: who asked for it, what stood in it, and to whom an issue has gone."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from participation.foundation.crypto import EncryptedText, index_column
from participation.foundation.db import Base, Created, PublicId

TITLE_LENGTH = 300


class NewsletterSubscriber(PublicId, Created, Base):
    """An address that asked for the newsletter; it gets nothing before `confirmed_at`.

    There is no name, no account and no state after leaving: the row is deleted.
    """

    __tablename__ = "newsletter_subscribers"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(EncryptedText("newsletter_subscribers.email"))
    email_index: Mapped[str] = mapped_column(index_column(), unique=True)
    asked_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]


class NewsletterIssue(PublicId, Created, Base):
    """One issue. `state`: draft, sending, sent. `number` is given when it is sent.

    `news_from` and `news_until`: what was published in that time was offered for it. `correction`
    is shown on its page when something was wrong in what was sent.
    """

    __tablename__ = "newsletter_issues"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int | None] = mapped_column(unique=True)
    state: Mapped[str] = mapped_column(String(10), default="draft")
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    greeting: Mapped[str] = mapped_column(Text, default="")
    news_from: Mapped[datetime]
    news_until: Mapped[datetime]
    sent_on: Mapped[date | None]
    correction: Mapped[str] = mapped_column(String(1000), default="")
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))


class NewsletterItem(PublicId, Base):
    """One item of an issue. `key` names what was published: withdrawn, it leaves the issue too.

    `path` is where it is read on this site. `section`: said, answered, decided, late, coming.
    """

    __tablename__ = "newsletter_items"
    __table_args__ = (Index("ix_newsletter_items_issue", "issue_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("newsletter_issues.id"))
    section: Mapped[str] = mapped_column(String(10))
    key: Mapped[str] = mapped_column(String(80))
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    text: Mapped[str] = mapped_column(Text)
    path: Mapped[str] = mapped_column(String(300))
    position: Mapped[int]
    is_dropped: Mapped[bool] = mapped_column(default=False)


class NewsletterDelivery(Base):
    """That an issue was queued for a subscriber: once, whatever happens to the job."""

    __tablename__ = "newsletter_deliveries"
    __table_args__ = (UniqueConstraint("issue_id", "subscriber_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("newsletter_issues.id"))
    subscriber_id: Mapped[int] = mapped_column(
        ForeignKey("newsletter_subscribers.id", ondelete="CASCADE"), index=True
    )
