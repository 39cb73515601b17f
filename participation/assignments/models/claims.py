"""Tables of compensation claims and of what is handed to payroll."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.activities.models import Activity
from participation.assignments.models.rates import RateTable
from participation.assignments.rules.states import ClaimState
from participation.foundation.crypto import EncryptedBytes, EncryptedText
from participation.foundation.db import Base, Created, PublicId
from participation.interest_bank.models import BankMember

DIGEST_LENGTH = 64


class PayrollBatch(PublicId, Created, Base):
    """Approved claims handed to payroll together, once. `number` runs from 1.

    `content` is the very file, encrypted, so that fetching it again gives the same bytes; it is
    erased with the personal numbers in it, the sums and the digest stay.
    """

    __tablename__ = "payroll_batches"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    created_by_account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    claim_count: Mapped[int]
    taxed_ore: Mapped[int]
    untaxed_ore: Mapped[int]
    content: Mapped[bytes | None] = mapped_column(
        EncryptedBytes("payroll_batches.content"), deferred=True
    )
    content_digest: Mapped[str] = mapped_column(String(DIGEST_LENGTH))
    paid_on: Mapped[date | None]
    paid_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    content_erased_at: Mapped[datetime | None]


class CompensationClaim(PublicId, Created, Base):
    """What one person may be paid for one activity.

    Offered when the attendance is closed. Personal number, name and account are there from when
    the person claims until some days after they were paid. Sums are those of the lines, in öre.
    """

    __tablename__ = "compensation_claims"
    __table_args__ = (
        UniqueConstraint("activity_id", "member_id"),
        CheckConstraint(
            "state IN ('offered','submitted','returned','approved','exported','paid','declined',"
            "'closed')",
            name="state_known",
        ),
        CheckConstraint(
            "state NOT IN ('exported','paid') OR batch_id IS NOT NULL", name="exported_in_a_batch"
        ),
        CheckConstraint("taxed_ore >= 0 AND untaxed_ore >= 0", name="sums_not_negative"),
        Index("ix_compensation_claims_state_id", "state", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("bank_members.id"), index=True)
    rate_table_id: Mapped[int] = mapped_column(ForeignKey("rate_tables.id"))
    state: Mapped[str] = mapped_column(String(12), default=ClaimState.OFFERED)
    closes_on: Mapped[date] = mapped_column(index=True)
    warned_on: Mapped[date | None]
    attended_minutes: Mapped[int]
    attended_days: Mapped[int] = mapped_column(default=1)
    preparation_minutes: Mapped[int] = mapped_column(default=0)
    travel_minutes: Mapped[int] = mapped_column(default=0)
    kilometres: Mapped[int] = mapped_column(default=0)
    lost_income_ore: Mapped[int] = mapped_column(default=0)
    other_cost_ore: Mapped[int] = mapped_column(default=0)
    words: Mapped[str | None] = mapped_column(EncryptedText("compensation_claims.words"))
    payee_name: Mapped[str | None] = mapped_column(EncryptedText("compensation_claims.payee_name"))
    personal_number: Mapped[str | None] = mapped_column(
        EncryptedText("compensation_claims.personal_number")
    )
    bank_account: Mapped[str | None] = mapped_column(
        EncryptedText("compensation_claims.bank_account")
    )
    details_erased_at: Mapped[datetime | None]
    taxed_ore: Mapped[int] = mapped_column(default=0)
    untaxed_ore: Mapped[int] = mapped_column(default=0)
    submitted_at: Mapped[datetime | None]
    filed_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    returned_at: Mapped[datetime | None]
    return_reason: Mapped[str | None] = mapped_column(
        EncryptedText("compensation_claims.return_reason")
    )
    approved_at: Mapped[datetime | None]
    approved_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("payroll_batches.id"), index=True)
    paid_on: Mapped[date | None]

    activity: Mapped[Activity] = relationship(lazy="raise_on_sql")
    member: Mapped[BankMember] = relationship(lazy="raise_on_sql")
    rate_table: Mapped[RateTable] = relationship(lazy="raise_on_sql")
    batch: Mapped[PayrollBatch | None] = relationship(lazy="raise_on_sql")
    lines: Mapped[list["ClaimLine"]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="ClaimLine.id"
    )

    @property
    def total_ore(self) -> int:
        return self.taxed_ore + self.untaxed_ore

    @property
    def code(self) -> str:
        """What people call the claim, on paper and to payroll."""
        return f"E-{self.public_id[:6].upper()}"


class ClaimLine(Base):
    """One line of a claim as counted when it was sent in; `amount_ore` may be adjusted since.

    `reason` says why, to the person. `quantity` in minutes, times or kilometres.
    """

    __tablename__ = "claim_lines"
    __table_args__ = (
        UniqueConstraint("claim_id", "kind"),
        CheckConstraint("amount_ore >= 0", name="amount_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    claim_id: Mapped[int] = mapped_column(ForeignKey("compensation_claims.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(16))
    quantity: Mapped[int]
    claimed_ore: Mapped[int]
    amount_ore: Mapped[int]
    is_taxable: Mapped[bool]
    is_capped: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str | None] = mapped_column(EncryptedText("claim_lines.reason"))

    @property
    def is_adjusted(self) -> bool:
        return self.amount_ore != self.claimed_ore
