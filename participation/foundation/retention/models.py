"""The table of decisions on how long something is kept."""

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from participation.foundation.db import Base, Created


class RetentionDecision(Created, Base):
    """What the controller decided about one rule; the newest row of a rule is in force.

    `days`: how long after its end a thing is kept. `is_held`: a legal hold; nothing is destroyed.
    """

    __tablename__ = "retention_decisions"
    __table_args__ = (CheckConstraint("days >= 0", name="days_not_negative"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    rule: Mapped[str] = mapped_column(String(40), index=True)
    days: Mapped[int]
    decided_by: Mapped[str] = mapped_column(String(200))
    reference: Mapped[str] = mapped_column(String(200))
    is_held: Mapped[bool] = mapped_column(default=False)
