"""The table of who has completed what."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.accounts.models import Account
from participation.foundation.db import Base, Created, PublicId
from participation.training.models.courses import Course


class CourseCompletion(PublicId, Created, Base):
    """One person has completed one course.

    `activity_public_id`: the occasion they attended, on a floor above; without one it was written
    by hand, and `reason` says on what ground. `valid_until` is the last day it holds.
    """

    __tablename__ = "course_completions"
    __table_args__ = (
        UniqueConstraint("course_id", "account_id", "completed_on"),
        CheckConstraint(
            "activity_public_id IS NOT NULL OR reason <> ''", name="has_an_occasion_or_a_reason"
        ),
        Index("ix_course_completions_course_id_valid_until", "course_id", "valid_until"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    completed_on: Mapped[date]
    valid_until: Mapped[date | None]
    activity_public_id: Mapped[str | None] = mapped_column(String(12))
    reason: Mapped[str] = mapped_column(Text, default="")
    recorded_by_account_id: Mapped[int | None] = mapped_column(
        ForeignKey("accounts.id"), index=True
    )
    reminded_at: Mapped[datetime | None]

    course: Mapped[Course] = relationship(lazy="raise_on_sql")
    account: Mapped[Account] = relationship(foreign_keys=[account_id], lazy="raise_on_sql")
