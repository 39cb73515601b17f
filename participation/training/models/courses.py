"""Tables of courses and of who wants to be told when one is offered."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from participation.county.models import KEY_LENGTH, FromCountyFile, Named
from participation.foundation.db import Base, Created, PublicId

# The layer of courses that coordinators have written themselves.
BY_HAND = "by-hand"


class Course(FromCountyFile, Named, PublicId, Base):
    """Something people learn before or beside their assignments.

    `hours`: its length. `valid_months`: how long it holds before a refresher, None for good.
    `required_for`: kinds of activities that demand it of everybody who is invited.
    """

    __tablename__ = "courses"
    __table_args__ = (
        CheckConstraint("hours > 0", name="hours_positive"),
        CheckConstraint("valid_months IS NULL OR valid_months > 0", name="months_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(KEY_LENGTH), unique=True)
    about: Mapped[str] = mapped_column(Text)
    for_whom: Mapped[str] = mapped_column(String(500))
    hours: Mapped[int]
    valid_months: Mapped[int | None]
    required_for: Mapped[list[str]] = mapped_column(default=list)
    is_fictional: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)

    @property
    def is_by_hand(self) -> bool:
        """Whether coordinators may change it here; others come from the county file."""
        return self.layer == BY_HAND


class CourseInterest(Created, Base):
    """Somebody wants to be told when a course is offered; `told_at`: last told, UTC."""

    __tablename__ = "course_interests"

    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True, index=True)
    told_at: Mapped[datetime | None]
