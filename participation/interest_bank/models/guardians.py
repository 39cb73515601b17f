"""Tables of young people: what a guardian answered, and from which ages."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.county.models import FromCountyFile
from participation.foundation.crypto import EncryptedText, index_column
from participation.foundation.db import Base, Created
from participation.interest_bank.models.members import BankMember
from participation.interest_bank.rules import AgePolicy, ApprovalState

STATE_LENGTH = 10


class GuardianApproval(Created, Base):
    """One guardian asked about one child. The address goes as soon as there is an answer.

    `withdrawal_hash`: the link in the receipt, with which the guardian can take the yes back.
    """

    __tablename__ = "bank_guardian_approvals"
    __table_args__ = (
        CheckConstraint(
            "state IN ('noted','asked','approved','refused','withdrawn','lapsed')",
            name="state_known",
        ),
        CheckConstraint(
            "state IN ('noted','asked') OR guardian_email IS NULL", name="address_only_while_asked"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("bank_members.id"), index=True)
    state: Mapped[str] = mapped_column(String(STATE_LENGTH), default=ApprovalState.NOTED)
    guardian_email: Mapped[str | None] = mapped_column(
        EncryptedText("bank_guardian_approvals.guardian_email")
    )
    locale: Mapped[str] = mapped_column(String(8))
    token_hash: Mapped[str | None] = mapped_column(index_column(), unique=True)
    withdrawal_hash: Mapped[str | None] = mapped_column(index_column(), unique=True)
    asked_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    notice_version: Mapped[str | None] = mapped_column(String(16))
    ended_at: Mapped[datetime | None]

    member: Mapped[BankMember] = relationship(lazy="raise_on_sql")


class BankAgePolicy(FromCountyFile, Base):
    """From which ages somebody may join alone, as a county file says; the newest layer's holds."""

    __tablename__ = "bank_age_policies"
    __table_args__ = (
        UniqueConstraint("layer"),
        CheckConstraint("youngest <= guardian_below", name="ages_in_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    youngest: Mapped[int]
    guardian_below: Mapped[int]
    decided_on: Mapped[date | None]
    decided_by: Mapped[str | None] = mapped_column(String(200))

    def as_policy(self) -> AgePolicy:
        return AgePolicy(self.youngest, self.guardian_below, self.decided_on, self.decided_by)
