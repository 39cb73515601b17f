"""Table of what must be told to people without e-mail: by phone or by letter."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.foundation.crypto import EncryptedText
from participation.foundation.db import Base, Created, PublicId
from participation.interest_bank.models.members import BankMember


class Letter(PublicId, Created, Base):
    """What would have been a mail. Emptied once it is told or the person has left."""

    __tablename__ = "bank_letters"
    __table_args__ = (
        CheckConstraint("told_how IN ('called','posted','not_needed')", name="told_how_known"),
        Index("ix_bank_letters_told_at_id", "told_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(
        ForeignKey("bank_members.id", ondelete="CASCADE"), index=True
    )
    template: Mapped[str] = mapped_column(String(80))
    locale: Mapped[str] = mapped_column(String(8))
    subject: Mapped[str] = mapped_column(EncryptedText("bank_letters.subject"))
    text: Mapped[str] = mapped_column(EncryptedText("bank_letters.text"))
    told_at: Mapped[datetime | None]
    told_how: Mapped[str | None] = mapped_column(String(12))
    told_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))

    member: Mapped[BankMember] = relationship(lazy="raise_on_sql")
