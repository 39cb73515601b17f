"""Tables of who audits."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.accounts.models import Account
from participation.foundation.crypto import EncryptedText
from participation.foundation.db import Base, Created, PublicId
from participation.interest_bank.models import BankMember


class AuditTeamMember(PublicId, Created, Base):
    """An auditor of one audit. `declared_at`: they said that they have no ties to the unit."""

    __tablename__ = "audit_team_members"
    __table_args__ = (UniqueConstraint("audit_id", "account_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    audit_id: Mapped[int] = mapped_column(ForeignKey("audits.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("bank_members.id"), index=True)
    own_experience: Mapped[str | None] = mapped_column(
        EncryptedText("audit_team_members.own_experience")
    )
    declared_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]

    account: Mapped[Account] = relationship(lazy="raise_on_sql")
    member: Mapped[BankMember | None] = relationship(lazy="raise_on_sql")
