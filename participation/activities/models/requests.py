"""Tables of requests and the talk about them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.activities.rules.states import RequestState
from participation.county.models import Area, Organisation, Unit
from participation.foundation.db import Base, Created, PublicId

TITLE_LENGTH = 120


class ParticipationRequest(PublicId, Created, Base):
    """An organisation asks for residents to take part in something."""

    __tablename__ = "participation_requests"
    __table_args__ = (
        CheckConstraint(
            "state IN ('draft','submitted','accepted','declined','closed')", name="state_known"
        ),
        CheckConstraint("people_count > 0", name="people_count_positive"),
        Index("ix_participation_requests_state_id", "state", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    created_by_account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    task: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(20))
    people_count: Mapped[int]
    wanted_from: Mapped[date]
    area_id: Mapped[int | None] = mapped_column(ForeignKey("areas.id"), index=True)
    state: Mapped[str] = mapped_column(String(12), default=RequestState.DRAFT)
    state_reason: Mapped[str | None] = mapped_column(Text)
    submitted_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    is_fictional: Mapped[bool] = mapped_column(default=False)

    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")
    unit: Mapped[Unit | None] = relationship(lazy="raise_on_sql")
    area: Mapped[Area | None] = relationship(lazy="raise_on_sql")

    @property
    def sender(self) -> str:
        """Who asks, as people say it: the unit where there is one."""
        return self.unit.name if self.unit is not None else self.organisation.name


class RequestMessage(Created, Base):
    """A line of the talk between the organisation and the coordinators about a request."""

    __tablename__ = "request_messages"

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("participation_requests.id"), index=True)
    author_account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    is_from_coordinator: Mapped[bool]
    text: Mapped[str] = mapped_column(Text)
