"""Tables of who agrees that an audit's summary is public."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from participation.foundation.db import Base


class AuditConsent(Base):
    """What somebody says about a public summary, last.

    `is_unit`: a contact person said it for the unit, which has one voice; else an auditor said it
    for themselves. A new word replaces the old one. `account_id`: None once the contact person is
    erased; the unit's word stays.
    """

    __tablename__ = "audit_consents"
    __table_args__ = (UniqueConstraint("audit_id", "account_id", "is_unit"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    audit_id: Mapped[int] = mapped_column(ForeignKey("audits.id"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    is_unit: Mapped[bool]
    says_yes: Mapped[bool]
    said_at: Mapped[datetime]
