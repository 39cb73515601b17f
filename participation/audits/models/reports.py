"""Tables of reports: points and proposals."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from participation.audits.models.audits import TITLE_LENGTH
from participation.foundation.db import Base, PublicId


class AuditPoint(Base):
    """A strength or a shortcoming of the report.

    `is_own_observation`: what the team saw itself, so it rests on no interview. Without that and
    without interviews nobody has said what it rests on. `taken_out_on`: after the hand-over, since
    too few stand behind it; it is kept and no page outside the team shows it.
    """

    __tablename__ = "audit_points"
    __table_args__ = (
        UniqueConstraint("audit_id", "kind", "number"),
        CheckConstraint("kind IN ('strength','shortcoming')", name="kind_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    audit_id: Mapped[int] = mapped_column(ForeignKey("audits.id"))
    kind: Mapped[str] = mapped_column(String(12))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    text: Mapped[str] = mapped_column(Text)
    easy_text: Mapped[str] = mapped_column(Text, default="", server_default="")
    is_own_observation: Mapped[bool] = mapped_column(default=False, server_default=false())
    taken_out_on: Mapped[date | None]


class AuditPointInterview(Base):
    """Which interviews a point of the report rests on."""

    __tablename__ = "audit_point_interviews"

    point_id: Mapped[int] = mapped_column(
        ForeignKey("audit_points.id", ondelete="CASCADE"), primary_key=True
    )
    interview_id: Mapped[int] = mapped_column(
        ForeignKey("audit_interviews.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class AuditProposal(PublicId, Base):
    """What the auditors propose. The unit's answer is a commitment about it."""

    __tablename__ = "audit_proposals"
    __table_args__ = (UniqueConstraint("audit_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    audit_id: Mapped[int] = mapped_column(ForeignKey("audits.id"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    text: Mapped[str] = mapped_column(Text)
