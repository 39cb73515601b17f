"""Tables of what a unit says is wrong in a report that was handed over."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.audits.models.reports import AuditPoint
from participation.audits.rules.facts import FactAnswer
from participation.foundation.crypto import EncryptedText
from participation.foundation.db import Base, Created, PublicId

_ANSWERS = ",".join(f"'{answer}'" for answer in FactAnswer)


class AuditFactRemark(PublicId, Created, Base):
    """The unit says that a fact is wrong, once of each point and once of the report in whole.

    `point_id`: None: the report in whole. `earlier_words`: JSON by field, what stood there before
    it was corrected. What is said here may name somebody, so it is encrypted.
    """

    __tablename__ = "audit_fact_remarks"
    __table_args__ = (
        UniqueConstraint("audit_id", "point_id"),
        Index(
            "uq_audit_fact_remarks_report",
            "audit_id",
            unique=True,
            sqlite_where=text("point_id IS NULL"),
            postgresql_where=text("point_id IS NULL"),
        ),
        CheckConstraint(f"answer IN ({_ANSWERS})", name="answer_known"),
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answer_has_time"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    audit_id: Mapped[int] = mapped_column(ForeignKey("audits.id"))
    point_id: Mapped[int | None] = mapped_column(ForeignKey("audit_points.id"), index=True)
    text: Mapped[str] = mapped_column(EncryptedText("audit_fact_remarks.text"))
    by_account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    answer: Mapped[str | None] = mapped_column(String(12))
    answer_text: Mapped[str | None] = mapped_column(EncryptedText("audit_fact_remarks.answer_text"))
    earlier_words: Mapped[str | None] = mapped_column(
        EncryptedText("audit_fact_remarks.earlier_words")
    )
    answered_at: Mapped[datetime | None]
    answered_by_account_id: Mapped[int | None] = mapped_column(
        ForeignKey("accounts.id"), index=True
    )

    point: Mapped[AuditPoint | None] = relationship(lazy="raise_on_sql")
