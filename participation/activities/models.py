"""Tables of requests, activities, invitations and attendance."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.activities.rules.states import (
    CAN_BE_OPEN_TO_ALL,
    STILL_TO_COME,
    ActivityState,
    ChosenBy,
    InvitationState,
    RequestState,
)
from participation.county.models import Area, Group, Organisation, Unit
from participation.foundation.clock import now
from participation.foundation.crypto import EncryptedText, index_column
from participation.foundation.db import Base, Created, PublicId
from participation.interest_bank.models import BankMember

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


class Activity(PublicId, Created, Base):
    """Something people are invited to (glossary: never a planned action of an action plan).

    `sequence` counts changes that calendars must learn of. The lists `wanted_*` are what the
    match asks for; empty means that it does not matter.
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
    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    description: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(String(300))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    seats: Mapped[int]
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

    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")
    unit: Mapped[Unit | None] = relationship(lazy="raise_on_sql")
    group: Mapped[Group | None] = relationship(lazy="raise_on_sql")
    area: Mapped[Area | None] = relationship(lazy="raise_on_sql")

    @property
    def is_still_to_come(self) -> bool:
        return self.state in STILL_TO_COME

    @property
    def has_public_page(self) -> bool:
        return self.is_open_to_all and self.kind in CAN_BE_OPEN_TO_ALL

    @property
    def sender(self) -> str:
        """Who invites, as people say it: the unit where there is one."""
        return self.unit.name if self.unit is not None else self.organisation.name


class InvitationRound(PublicId, Created, Base):
    """People invited together, with a last moment to answer (UTC)."""

    __tablename__ = "invitation_rounds"
    __table_args__ = (
        UniqueConstraint("activity_id", "number"),
        CheckConstraint("chosen_by IN ('hand','lottery')", name="chosen_by_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id"), index=True)
    number: Mapped[int]
    reply_by: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    chosen_by: Mapped[str] = mapped_column(String(8), default=ChosenBy.HAND)
    reason: Mapped[str] = mapped_column(Text, default="")
    created_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)

    activity: Mapped[Activity] = relationship(lazy="raise_on_sql")


class Invitation(PublicId, Created, Base):
    """One person's invitation. The link's token is derived from a key outside the database.

    `waiting_number` orders the waiting list and never changes; the place shown is how many
    stand before, plus one.
    """

    __tablename__ = "invitations"
    __table_args__ = (
        UniqueConstraint("activity_id", "member_id"),
        CheckConstraint(
            "state IN ('queued','sent','accepted','declined','not_now','waiting','withdrawn')",
            name="state_known",
        ),
        CheckConstraint(
            "state <> 'waiting' OR waiting_number IS NOT NULL", name="waiting_is_numbered"
        ),
        Index("ix_invitations_activity_id_state", "activity_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id"))
    round_id: Mapped[int] = mapped_column(ForeignKey("invitation_rounds.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("bank_members.id"), index=True)
    token_hash: Mapped[str] = mapped_column(index_column(), unique=True)
    state: Mapped[str] = mapped_column(String(12), default=InvitationState.QUEUED)
    answered_at: Mapped[datetime | None]
    reason: Mapped[str | None] = mapped_column(EncryptedText("invitations.reason"))
    question: Mapped[str | None] = mapped_column(EncryptedText("invitations.question"))
    asked_at: Mapped[datetime | None]
    waiting_number: Mapped[int | None]

    activity: Mapped[Activity] = relationship(lazy="raise_on_sql")
    round: Mapped[InvitationRound] = relationship(lazy="raise_on_sql")
    member: Mapped[BankMember] = relationship(lazy="raise_on_sql")


class Attendance(Base):
    """Whether somebody who said yes was there."""

    __tablename__ = "attendances"

    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id"), primary_key=True)
    member_id: Mapped[int] = mapped_column(
        ForeignKey("bank_members.id"), primary_key=True, index=True
    )
    present: Mapped[bool]
    ticked_at: Mapped[datetime] = mapped_column(default=now)
