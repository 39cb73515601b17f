"""Table of what each person agreed to."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from participation.foundation.clock import now
from participation.foundation.db import Base
from participation.interest_bank.rules import NoticeKind, Source


class Consent(Base):
    """What the person agreed to, which notice they saw and in which language."""

    __tablename__ = "bank_consents"
    __table_args__ = (
        UniqueConstraint("member_id", "purpose", "given_at"),
        CheckConstraint("purpose IN ('membership','experiences')", name="purpose_known"),
        CheckConstraint("notice_kind IN ('plain','easy','child')", name="notice_kind_known"),
        CheckConstraint("given_how IN ('web','phone','paper','import')", name="given_how_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("bank_members.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(16))
    notice_version: Mapped[str] = mapped_column(String(16))
    notice_kind: Mapped[str] = mapped_column(String(8), default=NoticeKind.PLAIN)
    locale: Mapped[str] = mapped_column(String(8))
    given_at: Mapped[datetime] = mapped_column(default=now)
    withdrawn_at: Mapped[datetime | None]
    # How it was given, and which coordinator wrote it down when the person did not do so.
    given_how: Mapped[str] = mapped_column(String(8), default=Source.WEB)
    recorded_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
