"""The outbox tables. Whom a mail goes to and what it says is encrypted, and blanked once sent."""

import json
from collections.abc import Mapping
from datetime import datetime

from markupsafe import escape
from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.foundation.clock import now
from participation.foundation.crypto import EncryptedText, index_column
from participation.foundation.db import Base, Created, PublicId
from participation.foundation.outbox.merging import merged
from participation.foundation.outbox.rules import MailCategory, MailState
from participation.foundation.temporary_keys import seal, unseal

FORGOTTEN = ""  # nobody's index


class OutboxSheet(Created, Base):
    """The words that a mail to many people shares, with marks where their own values go.

    Gone once nobody is to get it any more.
    """

    __tablename__ = "outbox_sheets"

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(EncryptedText("outbox_sheets.subject"))
    text: Mapped[str] = mapped_column(EncryptedText("outbox_sheets.text"))
    html: Mapped[str] = mapped_column(EncryptedText("outbox_sheets.html"))


def seal_values(key_name: str, values: Mapping[str, str], message_id: str) -> bytes:
    """What only the recipient of one mail may read."""
    return seal(key_name, json.dumps(dict(values)).encode(), message_id.encode())


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
    own_subject: Mapped[str | None] = mapped_column(
        "subject", EncryptedText("outbox_mails.subject")
    )
    own_text: Mapped[str | None] = mapped_column("text", EncryptedText("outbox_mails.text"))
    own_html: Mapped[str | None] = mapped_column("html", EncryptedText("outbox_mails.html"))
    sheet_id: Mapped[int | None] = mapped_column(ForeignKey("outbox_sheets.id"), index=True)
    personal_values: Mapped[str | None] = mapped_column(
        EncryptedText("outbox_mails.personal_values")
    )
    # Values that staff never see, and the name of the key that opens them (temporary_keys.py).
    sealed_values: Mapped[bytes | None] = mapped_column(LargeBinary)
    sealed_with: Mapped[str | None] = mapped_column(String(80), index=True)
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
    sheet: Mapped[OutboxSheet | None] = relationship(lazy="selectin")

    @property
    def subject(self) -> str | None:
        """What the person reads, None once blanked; likewise `text` and `html`."""
        return self._said(self.own_subject, "subject")

    @property
    def text(self) -> str | None:
        return self._said(self.own_text, "text")

    @property
    def html(self) -> str | None:
        return self._said(self.own_html, "html")

    def in_full(self) -> tuple[str | None, str | None]:
        """Text and HTML as the recipient reads them, with what is sealed.

        Raises KeyGoneError when it is sealed and the key is destroyed.
        """
        opened: dict[str, str] = {}
        if self.sealed_values is not None and self.sealed_with is not None:
            about = self.message_id.encode()
            opened = json.loads(unseal(self.sealed_with, bytes(self.sealed_values), about))
        return (
            self._said(self.own_text, "text", opened),
            self._said(self.own_html, "html", opened),
        )

    def _said(
        self, own: str | None, part: str, opened: Mapping[str, str] | None = None
    ) -> str | None:
        if self.sheet is None:
            return own
        values = {**json.loads(self.personal_values or "{}"), **(opened or {})}
        if part == "html":
            values = {name: str(escape(value)) for name, value in values.items()}
        return merged(getattr(self.sheet, part), values)

    def blank(self) -> None:
        """Forget whom it went to and what it said; the row stays as proof that it was sent."""
        self.recipient = self.own_subject = self.own_text = self.own_html = None
        self.headers = self.attachments = self.personal_values = self.sheet = None
        self.sealed_values = None
