"""The table of activities."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.activities.models.requests import TITLE_LENGTH
from participation.activities.models.series import ActivitySeries
from participation.activities.rules.states import CAN_BE_OPEN_TO_ALL, STILL_TO_COME, ActivityState
from participation.county.models import Area, Group, Organisation, Unit
from participation.foundation.db import Base, Created, PublicId
from participation.training.models import Course


class Activity(PublicId, Created, Base):
    """Something people are invited to (glossary: never a planned action of an action plan).

    `sequence` counts changes that calendars must learn of. The lists `wanted_*` are what the
    match asks for; empty means that it does not matter. `link` is where a video meeting is held:
    only those who come see it. `invitation_words` stand in the invitation's mail. `draw_on`: the
    day the seats are drawn among those who said yes; None: they go in the order of the answers.
    """

    __tablename__ = "activities"
    __table_args__ = (
        CheckConstraint("state IN ('planned','open','completed','cancelled')", name="state_known"),
        CheckConstraint("seats > 0", name="seats_positive"),
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        Index("ix_activities_state_starts_at", "state", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int | None] = mapped_column(
        ForeignKey("participation_requests.id"), index=True
    )
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("county_groups.id"), index=True)
    area_id: Mapped[int | None] = mapped_column(ForeignKey("areas.id"), index=True)
    course_id: Mapped[int | None] = mapped_column(ForeignKey("courses.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    description: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(String(300))
    link: Mapped[str | None] = mapped_column(String(500))
    time_text: Mapped[str] = mapped_column(String(200), default="")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    seats: Mapped[int]
    draw_on: Mapped[date | None]
    seats_drawn_at: Mapped[datetime | None]
    compensation_text: Mapped[str] = mapped_column(Text, default="")
    contact_text: Mapped[str] = mapped_column(Text, default="")
    accessibility_text: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(12), default=ActivityState.PLANNED)
    state_reason: Mapped[str | None] = mapped_column(Text)
    is_open_to_all: Mapped[bool] = mapped_column(default=False)
    sequence: Mapped[int] = mapped_column(default=0)
    wanted_roles: Mapped[list[str]] = mapped_column(default=list)
    wanted_municipalities: Mapped[list[str]] = mapped_column(default=list)
    wanted_ways: Mapped[list[str]] = mapped_column(default=list)
    attendance_closed_at: Mapped[datetime | None]
    is_fictional: Mapped[bool] = mapped_column(default=False)
    invitation_words: Mapped[str] = mapped_column(Text, default="")
    series_id: Mapped[int | None] = mapped_column(ForeignKey("activity_series.id"), index=True)

    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")
    unit: Mapped[Unit | None] = relationship(lazy="raise_on_sql")
    group: Mapped[Group | None] = relationship(lazy="raise_on_sql")
    area: Mapped[Area | None] = relationship(lazy="raise_on_sql")
    course: Mapped[Course | None] = relationship(lazy="raise_on_sql")
    series: Mapped[ActivitySeries | None] = relationship(lazy="raise_on_sql")

    @property
    def is_still_to_come(self) -> bool:
        return self.state in STILL_TO_COME

    @property
    def awaits_draw(self) -> bool:
        """A yes is a place in the draw; nobody has a seat yet."""
        return self.draw_on is not None and self.seats_drawn_at is None

    @property
    def has_public_page(self) -> bool:
        return self.is_open_to_all and self.kind in CAN_BE_OPEN_TO_ALL

    @property
    def sender(self) -> str:
        """Who invites, as people say it: the unit where there is one."""
        return self.unit.name if self.unit is not None else self.organisation.name


class CoArranger(Base):
    """A user organisation that arranges an activity together with whoever invites."""

    __tablename__ = "activity_co_arrangers"

    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id"), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisations.id"), primary_key=True, index=True
    )
