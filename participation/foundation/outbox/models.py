"""The outbox table. Whom a mail goes to and what it says is encrypted, and blanked once sent."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from participation.foundation.clock import now
from participation.foundation.crypto import EncryptedText, index_column
from participation.foundation.db import Base, Created, PublicId
from participation.foundation.outbox.rules import MailCategory, MailState

FORGOTTEN = ""  # nobody's index


class OutboxMail(PublicId, Created, Base):
    """One mail to one person.

    `recipient_index` stays after sending, so that staff can ask "did she get it?" without the
    table holding addresses; it is `FORGOTTEN` once the person is erased. `about_kind` and
    `about_id` say what it concerns ("invitation", its public id). `last_error` never holds an
    address.
    """

    __tablename__ = "outbox_mails"
    __table_args__ = (
        CheckConstraint(
            "state IN ('queued','claimed','handing','sent','unsure','failed','cancelled')",
            name="state_known",
        ),
        Index("ix_outbox_mails_state_next_try_at", "state", "next_try_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(String(12), default=MailState.QUEUED)
    category: Mapped[str] = mapped_column(String(12), default=MailCategory.ESSENTIAL)
    template: Mapped[str] = mapped_column(String(80))
    locale: Mapped[str] = mapped_column(String(8))
    message_id: Mapped[str] = mapped_column(String(200), unique=True)
    recipient: Mapped[str | None] = mapped_column(EncryptedText("outbox_mails.recipient"))
    recipient_index: Mapped[str] = mapped_column(index_column(), index=True)
    subject: Mapped[str | None] = mapped_column(EncryptedText("outbox_mails.subject"))
    text: Mapped[str | None] = mapped_column(EncryptedText("outbox_mails.text"))
    html: Mapped[str | None] = mapped_column(EncryptedText("outbox_mails.html"))
    headers: Mapped[str | None] = mapped_column(EncryptedText("outbox_mails.headers"))
    attachments: Mapped[str | None] = mapped_column(EncryptedText("outbox_mails.attachments"))
    about_kind: Mapped[str | None] = mapped_column(String(40))
    about_id: Mapped[str | None] = mapped_column(String(40))
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime] = mapped_column(default=now)
    claimed_by: Mapped[str | None] = mapped_column(String(32))
    claimed_until: Mapped[datetime | None]
    last_error: Mapped[str | None] = mapped_column(String(300))
    sent_at: Mapped[datetime | None]
    decided_by_account_id: Mapped[int | None]
    decided_at: Mapped[datetime | None]

    def blank(self) -> None:
        """Forget whom it went to and what it said; the row stays as proof that it was sent."""
        self.recipient = self.subject = self.text = self.html = None
        self.headers = self.attachments = None
