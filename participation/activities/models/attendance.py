"""The table of who was there."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from participation.foundation.clock import now
from participation.foundation.db import Base


class Attendance(Base):
    """Whether somebody was there: noted one by one, all known once the attendance is closed."""

    __tablename__ = "attendances"

    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id"), primary_key=True)
    member_id: Mapped[int] = mapped_column(
        ForeignKey("bank_members.id"), primary_key=True, index=True
    )
    present: Mapped[bool]
    ticked_at: Mapped[datetime] = mapped_column(default=now)
