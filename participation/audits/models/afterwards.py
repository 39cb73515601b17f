"""Tables of what follows an audit: reminders that have left, and how its auditors are."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from participation.foundation.crypto import EncryptedText
from participation.foundation.db import Base


class AuditReminder(Base):
    """A reminder that has been sent, so that nobody gets it twice."""

    __tablename__ = "audit_reminders"

    audit_id: Mapped[int] = mapped_column(ForeignKey("audits.id"), primary_key=True)
    reminder: Mapped[str] = mapped_column(String(16), primary_key=True)
    sent_on: Mapped[date]


class AuditDebrief(Base):
    """How an auditor is after listening. `diary`: for their own eyes, encrypted, never for others.

    `wants_call`: all that those who lead are told.
    """

    __tablename__ = "audit_debriefs"

    audit_id: Mapped[int] = mapped_column(ForeignKey("audits.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True, index=True)
    diary: Mapped[str] = mapped_column(EncryptedText("audit_debriefs.diary"))
    wants_call: Mapped[bool]
    written_at: Mapped[datetime]
