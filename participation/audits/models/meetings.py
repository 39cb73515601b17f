"""Tables of the feedback meeting."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from participation.foundation.db import Base, Json

PLACE_LENGTH = 200


class AuditMeeting(Base):
    """The feedback meeting of an audit, and what is kept of it once it is held.

    `how`: own words on the poster. `sequence` counts what calendars are told of it. `came`: how
    many came of each kind (rules.meeting.Kind), `said` and `changes`: what was said there and
    what it changed about the proposals, at group level; they come with `noted_at`.
    """

    __tablename__ = "audit_meetings"
    __table_args__ = (CheckConstraint("ends_at >= starts_at", name="ends_after_start"),)

    audit_id: Mapped[int] = mapped_column(ForeignKey("audits.id"), primary_key=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(String(PLACE_LENGTH))
    how: Mapped[str] = mapped_column(Text, default="")
    sequence: Mapped[int] = mapped_column(default=0)
    cancelled_at: Mapped[datetime | None]
    cancelled_reason: Mapped[str] = mapped_column(Text, default="")
    came: Mapped[dict[str, int]] = mapped_column(Json, default=dict)
    said: Mapped[str] = mapped_column(Text, default="")
    changes: Mapped[str] = mapped_column(Text, default="")
    noted_at: Mapped[datetime | None]

    @property
    def is_on(self) -> bool:
        return self.cancelled_at is None
