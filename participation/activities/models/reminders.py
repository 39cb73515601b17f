"""Tables of reminders: their own words and time, and whom they reached."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from participation.foundation.clock import now
from participation.foundation.db import Base, Created, PublicId


class Reminder(PublicId, Created, Base):
    """A mail at a chosen time, in own words.

    To those without an answer it goes `days_before` the round's last day; to those who come,
    `days_before` the activity. `hour` is by Swedish clocks.
    """

    __tablename__ = "activity_reminders"
    __table_args__ = (
        CheckConstraint("audience IN ('unanswered','coming')", name="audience_known"),
        CheckConstraint("days_before BETWEEN 0 AND 60", name="days_before_known"),
        CheckConstraint("hour BETWEEN 6 AND 21", name="hour_by_day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id"), index=True)
    audience: Mapped[str] = mapped_column(String(12))
    days_before: Mapped[int]
    hour: Mapped[int]
    words: Mapped[str] = mapped_column(Text)
    set_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)


class SentReminder(Base):
    """One person got one reminder; nobody gets it twice."""

    __tablename__ = "activity_reminders_sent"

    reminder_id: Mapped[int] = mapped_column(
        ForeignKey("activity_reminders.id", ondelete="CASCADE"), primary_key=True
    )
    invitation_id: Mapped[int] = mapped_column(
        ForeignKey("invitations.id"), primary_key=True, index=True
    )
    sent_at: Mapped[datetime] = mapped_column(default=now)
