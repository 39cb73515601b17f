"""Tables of people who share a home, so that they are never drawn together."""

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.foundation.db import Base, Created, PublicId
from participation.interest_bank.models import BankMember


class Household(PublicId, Created, Base):
    """People who live together, as a coordinator has noted. No address is kept anywhere."""

    __tablename__ = "households"
    __table_args__ = (CheckConstraint("known_by IN ('phone','declared')", name="known_by_known"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    known_by: Mapped[str] = mapped_column(String(10))
    noted_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)

    members: Mapped[list["HouseholdMember"]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="HouseholdMember.member_id"
    )


class HouseholdMember(Base):
    """One person of a household; nobody lives in two."""

    __tablename__ = "household_members"

    member_id: Mapped[int] = mapped_column(ForeignKey("bank_members.id"), primary_key=True)
    household_id: Mapped[int] = mapped_column(
        ForeignKey("households.id", ondelete="CASCADE"), index=True
    )

    member: Mapped[BankMember] = relationship(lazy="raise_on_sql")
