"""The years one council sits for."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.council.rules.terms import Renewal
from participation.county.models import Group
from participation.foundation.db import Base, Created, PublicId

NAME_LENGTH = 120


class CouncilTerm(PublicId, Created, Base):
    """The years one council sits for. `group_id` is the council among the county's groups.

    `renewal` says whether the next term empties every seat, or half of them.
    """

    __tablename__ = "council_terms"
    __table_args__ = (
        CheckConstraint("ends_on > starts_on", name="ends_after_start"),
        CheckConstraint("renewal IN ('whole','half')", name="renewal_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("county_groups.id"), index=True)
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    starts_on: Mapped[date]
    ends_on: Mapped[date] = mapped_column(index=True)
    renewal: Mapped[str] = mapped_column(String(8), default=Renewal.WHOLE)
    is_fictional: Mapped[bool] = mapped_column(default=False)

    group: Mapped[Group] = relationship(lazy="raise_on_sql")

    def goes_on(self, day: date) -> bool:
        """Whether the council sits on that day."""
        return self.starts_on <= day <= self.ends_on
