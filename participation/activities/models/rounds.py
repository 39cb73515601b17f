"""The table of what shall happen by itself when a round's last day to answer has passed."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from participation.activities.rules.states import ChosenBy
from participation.foundation.db import Base, Created


class AutomaticRounds(Created, Base):
    """Further rounds of one activity, sent while seats are free (rules/rounds.py says when).

    They go out in the name of whoever set them, as far as that person's roles reach on the day.
    `sent_count` counts the rounds sent by it; `stopped_at`: somebody stopped it.
    """

    __tablename__ = "automatic_rounds"
    __table_args__ = (
        CheckConstraint("chosen_by IN ('turn','shuffle')", name="chosen_by_known"),
        CheckConstraint("people_each > 0 AND most_rounds > 0", name="counts_positive"),
    )

    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id"), primary_key=True)
    people_each: Mapped[int]
    most_rounds: Mapped[int]
    reply_days: Mapped[int]
    lead_days: Mapped[int]
    chosen_by: Mapped[str] = mapped_column(String(8), default=ChosenBy.TURN)
    reason: Mapped[str] = mapped_column(Text)
    set_by_account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    sent_count: Mapped[int] = mapped_column(default=0)
    stopped_at: Mapped[datetime | None]
