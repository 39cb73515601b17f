"""Table of pairs that may be one person, and what a coordinator decided about them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.foundation.clock import now
from participation.foundation.db import Base, PublicId
from participation.interest_bank.models.members import BankMember


class SuspectedPair(PublicId, Base):
    """Two rows that may be one person; `first_id` is the smaller. A decision is remembered."""

    __tablename__ = "bank_suspected_pairs"
    __table_args__ = (
        UniqueConstraint("first_id", "second_id"),
        CheckConstraint("decision IN ('not_same','merged')", name="decision_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    first_id: Mapped[int] = mapped_column(ForeignKey("bank_members.id", ondelete="CASCADE"))
    second_id: Mapped[int] = mapped_column(
        ForeignKey("bank_members.id", ondelete="CASCADE"), index=True
    )
    reasons: Mapped[list[str]] = mapped_column(default=list)
    found_at: Mapped[datetime] = mapped_column(default=now)
    decision: Mapped[str | None] = mapped_column(String(8))
    decided_at: Mapped[datetime | None]
    decided_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))

    first: Mapped[BankMember] = relationship(foreign_keys=[first_id], lazy="raise_on_sql")
    second: Mapped[BankMember] = relationship(foreign_keys=[second_id], lazy="raise_on_sql")
