"""The table of series: what comes back every month or quarter."""

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from participation.activities.models.requests import TITLE_LENGTH
from participation.foundation.db import Base, Created, PublicId


class ActivitySeries(PublicId, Created, Base):
    """Occasions that belong together. Each is an activity with its own texts, day and people."""

    __tablename__ = "activity_series"
    __table_args__ = (
        CheckConstraint("repeats IN ('two_weeks','month','quarter')", name="repeats_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    repeats: Mapped[str] = mapped_column(String(12))
