"""Tables of requests and the talk about them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.activities.rules.states import RequestState
from participation.county.models import Area, Organisation, Unit
from participation.foundation.crypto import EncryptedText
from participation.foundation.db import Base, Created, PublicId

TITLE_LENGTH = 120


class ParticipationRequest(PublicId, Created, Base):
    """An organisation asks for residents to take part in something.

    `answer_due_on`: the day by which a coordinator owes an answer, while it is submitted;
    `completion_due_on`: the asker's day, while it needs completion. `answer_by`: the day by which
    the organisation answers those who took part. `*_read_at`: until when each side has read.
    """

    __tablename__ = "participation_requests"
    __table_args__ = (
        CheckConstraint(
            "state IN ('draft','submitted','incomplete','accepted','declined','planned',"
            "'closed','withdrawn')",
            name="state_known",
        ),
        CheckConstraint(
            "state IN ('draft','withdrawn') OR (people_count IS NOT NULL AND "
            "wanted_from IS NOT NULL AND kind <> '')",
            name="complete_when_sent",
        ),
        CheckConstraint(
            "state <> 'submitted' OR answer_due_on IS NOT NULL", name="submitted_has_due_day"
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
    people_count: Mapped[int | None]
    wanted_from: Mapped[date | None]
    purpose: Mapped[str] = mapped_column(Text, default="")
    experience_text: Mapped[str] = mapped_column(Text, default="")
    wanted_roles: Mapped[list[str]] = mapped_column(default=list)
    wanted_ways: Mapped[list[str]] = mapped_column(default=list)
    place: Mapped[str] = mapped_column(String(300), default="")
    time_text: Mapped[str] = mapped_column(String(300), default="")
    compensation_text: Mapped[str] = mapped_column(Text, default="")
    paid_by: Mapped[str] = mapped_column(String(200), default="")
    use_text: Mapped[str] = mapped_column(Text, default="")
    answer_by: Mapped[date | None]
    contact_text: Mapped[str | None] = mapped_column(
        EncryptedText("participation_requests.contact_text")
    )
    area_id: Mapped[int | None] = mapped_column(ForeignKey("areas.id"), index=True)
    state: Mapped[str] = mapped_column(String(12), default=RequestState.DRAFT)
    state_reason: Mapped[str | None] = mapped_column(Text)
    submitted_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    answer_due_on: Mapped[date | None]
    completion_due_on: Mapped[date | None]
    reminded_at: Mapped[datetime | None]
    handled_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    asker_read_at: Mapped[datetime | None]
    coordinator_read_at: Mapped[datetime | None]
    is_fictional: Mapped[bool] = mapped_column(default=False)

    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")
    unit: Mapped[Unit | None] = relationship(lazy="raise_on_sql")
    area: Mapped[Area | None] = relationship(lazy="raise_on_sql")

    @property
    def sender(self) -> str:
        """Who asks, as people say it: the unit where there is one."""
        return self.unit.name if self.unit is not None else self.organisation.name

    @property
    def due_on(self) -> date | None:
        """The day that counts now, whoever it is that owes the next step."""
        if self.state == RequestState.SUBMITTED:
            return self.answer_due_on
        return self.completion_due_on if self.state == RequestState.INCOMPLETE else None

    def is_late(self, today: date) -> bool:
        """Whether that day has passed."""
        return self.due_on is not None and self.due_on < today


class RequestStep(Created, Base):
    """One line of a request's history: the state it came into, by whom, and why."""

    __tablename__ = "request_steps"

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("participation_requests.id"), index=True)
    state: Mapped[str] = mapped_column(String(12))
    by_account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    is_by_coordinator: Mapped[bool] = mapped_column(default=False)
    text: Mapped[str] = mapped_column(Text, default="")


class RequestMessage(Created, Base):
    """A line of the talk between the organisation and the coordinators about a request."""

    __tablename__ = "request_messages"

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("participation_requests.id"), index=True)
    author_account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    is_from_coordinator: Mapped[bool]
    text: Mapped[str] = mapped_column(Text)
