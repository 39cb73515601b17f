"""Tables of who audits."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.accounts.models import Account
from participation.foundation.crypto import EncryptedText
from participation.foundation.db import Base, Created, PublicId
from participation.interest_bank.models import BankMember


class AuditTeamMember(PublicId, Created, Base):
    """An auditor of one audit.

    `declared_at`: they said what ties they have to the unit. `ties`: JSON, encrypted: "kinds"
    (TieKind) and own "words"; None: no ties. With ties they examine only once a coordinator has
    written why that is fine (`cleared_at`).
    """

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
    ties: Mapped[str | None] = mapped_column(EncryptedText("audit_team_members.ties"))
    cleared_at: Mapped[datetime | None]
    cleared_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    cleared_reason: Mapped[str | None] = mapped_column(
        EncryptedText("audit_team_members.cleared_reason")
    )
    left_at: Mapped[datetime | None]

    account: Mapped[Account] = relationship(foreign_keys=[account_id], lazy="raise_on_sql")
    member: Mapped[BankMember | None] = relationship(lazy="raise_on_sql")

    @property
    def is_free_to_audit(self) -> bool:
        """Has declared, and no tie is left to decide on."""
        return self.declared_at is not None and (self.ties is None or self.cleared_at is not None)

    @property
    def waits_for_decision(self) -> bool:
        return self.ties is not None and self.cleared_at is None
