"""Tables of what a unit and those who lead agree on before an audit, and by when what is done."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from participation.audits.rules.agreement import Milestone
from participation.foundation.db import Base

_MILESTONES = ",".join(f"'{milestone}'" for milestone in Milestone)


class AuditAgreement(Base):
    """One audit's agreement, as those who lead wrote it last.

    `accepted_at`: the unit said yes to these words; a change takes the yes back.
    """

    __tablename__ = "audit_agreements"

    audit_id: Mapped[int] = mapped_column(ForeignKey("audits.id"), primary_key=True)
    scope: Mapped[str] = mapped_column(Text)
    access: Mapped[str] = mapped_column(Text)
    secrecy: Mapped[str] = mapped_column(Text)
    report_reading: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime]
    written_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    accepted_at: Mapped[datetime | None]
    accepted_by_account_id: Mapped[int | None] = mapped_column(
        ForeignKey("accounts.id"), index=True
    )


class AuditMilestone(Base):
    """By which day one part of the plan is done."""

    __tablename__ = "audit_milestones"
    __table_args__ = (CheckConstraint(f"milestone IN ({_MILESTONES})", name="milestone_known"),)

    audit_id: Mapped[int] = mapped_column(ForeignKey("audits.id"), primary_key=True)
    milestone: Mapped[str] = mapped_column(String(16), primary_key=True)
    due_on: Mapped[date]
