"""The table of the four answers that an activity with children rests on."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from participation.foundation.clock import now
from participation.foundation.db import Base


class ActivityChildAnswers(Base):
    """How children get space, voice, audience and influence in one activity."""

    __tablename__ = "activity_child_answers"

    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id"), primary_key=True)
    space: Mapped[str] = mapped_column(Text)
    voice: Mapped[str] = mapped_column(Text)
    audience: Mapped[str] = mapped_column(Text)
    influence: Mapped[str] = mapped_column(Text)
    answered_at: Mapped[datetime] = mapped_column(default=now)
    answered_by_account_id: Mapped[int | None] = mapped_column(
        ForeignKey("accounts.id"), index=True
    )
