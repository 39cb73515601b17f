"""The table of what people thought afterwards."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from participation.foundation.clock import today
from participation.foundation.crypto import EncryptedText
from participation.foundation.db import Base, PublicId


class Evaluation(PublicId, Base):
    """One person's short evaluation; confidential, not anonymous: it can be changed by the link.

    Staff see totals from five answers up. `words` are read by one person, who writes down in
    `shown_words` what the activity's page may show (nothing: left out).
    """

    __tablename__ = "activity_evaluations"
    __table_args__ = tuple(
        CheckConstraint(f"{name} IN ('yes','partly','no','unsure')", name=f"{name}_known")
        for name in ("understood", "listened", "again")
    )

    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitations.id"), primary_key=True)
    understood: Mapped[str] = mapped_column(String(8))
    listened: Mapped[str] = mapped_column(String(8))
    again: Mapped[str] = mapped_column(String(8))
    words: Mapped[str | None] = mapped_column(EncryptedText("activity_evaluations.words"))
    shown_words: Mapped[str | None] = mapped_column(Text)
    is_read: Mapped[bool] = mapped_column(default=False)
    answered_on: Mapped[date] = mapped_column(default=today)
