"""Tables of guides and interviews. Notes are encrypted; the unit never reads them."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from participation.foundation.crypto import EncryptedText
from participation.foundation.db import Base, PublicId


class AuditQuestion(Base):
    """One question of the interview guide, with what to ask further."""

    __tablename__ = "audit_questions"

    audit_id: Mapped[int] = mapped_column(ForeignKey("audits.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    follow_up: Mapped[str] = mapped_column(Text, default="")


class AuditInterview(PublicId, Base):
    """Notes of one voluntary, confidential interview: no name, and no time finer than a week.

    `held_week` is ISO ("2026-W03"). `handed_over_at`: when the text went to coding; from then on
    it is read there, after its review, and no longer here. `ref`: what the device that it was
    written on without a connection calls it. `consent_version`: the words the person said yes to.
    """

    __tablename__ = "audit_interviews"
    __table_args__ = (UniqueConstraint("audit_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    audit_id: Mapped[int] = mapped_column(ForeignKey("audits.id"))
    number: Mapped[int]
    by_account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    respondent_role: Mapped[str] = mapped_column(String(20))
    held_week: Mapped[str] = mapped_column(String(8))
    notes: Mapped[str] = mapped_column(EncryptedText("audit_interviews.notes"))
    handed_over_at: Mapped[datetime | None]
    ref: Mapped[str | None] = mapped_column(String(32), unique=True)
    second_account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    consent_version: Mapped[str] = mapped_column(String(20), default="")


class AuditInterviewAnswer(Base):
    """What was noted at one question of the guide."""

    __tablename__ = "audit_interview_answers"

    interview_id: Mapped[int] = mapped_column(
        ForeignKey("audit_interviews.id", ondelete="CASCADE"), primary_key=True
    )
    question_number: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(EncryptedText("audit_interview_answers.text"))
