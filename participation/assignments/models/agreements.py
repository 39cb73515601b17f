"""Tables of agreements on assignments and declared ties."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.activities.models import Activity
from participation.county.models import KEY_LENGTH, FromCountyFile
from participation.foundation.crypto import EncryptedText
from participation.foundation.db import Base, Created, PublicId
from participation.interest_bank.models import BankMember

DIGEST_LENGTH = 64


class AgreementTemplate(FromCountyFile, Base):
    """One version of what people agree to, for one kind of activity or any."""

    __tablename__ = "agreement_templates"
    __table_args__ = (UniqueConstraint("layer", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(KEY_LENGTH))
    kind: Mapped[str] = mapped_column(String(20))
    version: Mapped[int]
    valid_from: Mapped[date]
    is_example: Mapped[bool] = mapped_column(default=False)
    sections: Mapped[list[dict[str, Any]]]


class AssignmentTerms(Base):
    """What one activity asks of those who said yes. No row: what is usual for its kind."""

    __tablename__ = "assignment_terms"

    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id"), primary_key=True)
    needs_agreement: Mapped[bool]
    needs_declaration: Mapped[bool]
    gives_compensation: Mapped[bool]
    extra_text: Mapped[str] = mapped_column(Text, default="")
    reminded_on: Mapped[date | None]


class AssignmentAgreement(PublicId, Created, Base):
    """What one person agreed to, word for word; or what they ask before they do.

    `text_digest` is SHA-256 of the words, in `locale`, of `template_version`.
    """

    __tablename__ = "assignment_agreements"
    __table_args__ = (UniqueConstraint("activity_id", "member_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("bank_members.id"), index=True)
    template_id: Mapped[int | None] = mapped_column(ForeignKey("agreement_templates.id"))
    template_version: Mapped[int | None]
    locale: Mapped[str | None] = mapped_column(String(8))
    text: Mapped[str | None] = mapped_column(EncryptedText("assignment_agreements.text"))
    text_digest: Mapped[str | None] = mapped_column(String(DIGEST_LENGTH))
    accepted_at: Mapped[datetime | None]
    question: Mapped[str | None] = mapped_column(EncryptedText("assignment_agreements.question"))
    asked_at: Mapped[datetime | None]
    answer: Mapped[str | None] = mapped_column(EncryptedText("assignment_agreements.answer"))
    answered_at: Mapped[datetime | None]

    activity: Mapped[Activity] = relationship(lazy="raise_on_sql")
    member: Mapped[BankMember] = relationship(lazy="raise_on_sql")


class ConflictDeclaration(PublicId, Created, Base):
    """One person's declaration of ties for one assignment, and what a coordinator decided.

    `ties` is JSON, encrypted: organisation and unit ids, kind, own words. Empty list: no ties.
    """

    __tablename__ = "conflict_declarations"
    __table_args__ = (
        UniqueConstraint("activity_id", "member_id"),
        CheckConstraint("decision IN ('fine','with_limits','not_for_this')", name="decision_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("bank_members.id"), index=True)
    has_ties: Mapped[bool]
    ties: Mapped[str] = mapped_column(EncryptedText("conflict_declarations.ties"))
    declared_at: Mapped[datetime]
    decision: Mapped[str | None] = mapped_column(String(12))
    decision_reason: Mapped[str | None] = mapped_column(
        EncryptedText("conflict_declarations.decision_reason")
    )
    decided_at: Mapped[datetime | None]
    decided_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))

    activity: Mapped[Activity] = relationship(lazy="raise_on_sql")
    member: Mapped[BankMember] = relationship(lazy="raise_on_sql")
