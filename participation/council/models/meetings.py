"""Meetings, their agenda and what was decided."""

from datetime import date

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.activities.models import Activity
from participation.council.models.terms import CouncilTerm
from participation.foundation.crypto import EncryptedText
from participation.foundation.db import Base, Created, PublicId
from participation.interest_bank.models import BankMember

TITLE_LENGTH = 200


class CouncilMeeting(PublicId, Created, Base):
    """A meeting of the council: its time, place and who comes are the activity's.

    `minutes` holds what belongs to no point. Everybody can read the minutes from `published_on`.
    """

    __tablename__ = "council_meetings"
    __table_args__ = (
        CheckConstraint(
            "published_on IS NULL OR approved_on IS NOT NULL", name="published_is_approved"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    term_id: Mapped[int] = mapped_column(ForeignKey("council_terms.id"), index=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id"), unique=True)
    minutes: Mapped[str] = mapped_column(Text, default="")
    agenda_sent_on: Mapped[date | None]
    approved_on: Mapped[date | None]
    published_on: Mapped[date | None]

    term: Mapped[CouncilTerm] = relationship(lazy="raise_on_sql")
    activity: Mapped[Activity] = relationship(lazy="raise_on_sql")
    agenda: Mapped[list["AgendaItem"]] = relationship(
        lazy="raise_on_sql",
        cascade="all, delete-orphan",
        order_by="(AgendaItem.position, AgendaItem.number)",
    )
    decisions: Mapped[list["CouncilDecision"]] = relationship(
        lazy="raise_on_sql", order_by="CouncilDecision.number", back_populates="meeting"
    )
    adjusters: Mapped[list["MinutesAdjuster"]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="MinutesAdjuster.member_id"
    )


class AgendaItem(PublicId, Base):
    """One point of a meeting's agenda, and what was said about it (`record`).

    `number` never changes, so that papers and decisions keep to their point; `position` is where
    it stands now.
    """

    __tablename__ = "council_agenda_items"
    __table_args__ = (CheckConstraint("planned_minutes > 0", name="planned_minutes_positive"),)

    meeting_id: Mapped[int] = mapped_column(ForeignKey("council_meetings.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    text: Mapped[str] = mapped_column(Text, default="")
    planned_minutes: Mapped[int | None]
    owner: Mapped[str] = mapped_column(EncryptedText("council_agenda_items.owner"), default="")
    record: Mapped[str] = mapped_column(Text, default="")


class MinutesAdjuster(Base):
    """A member who reads the minutes and says that they are right, on `approved_on`."""

    __tablename__ = "council_adjusters"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("council_meetings.id"), primary_key=True)
    member_id: Mapped[int] = mapped_column(
        ForeignKey("bank_members.id"), primary_key=True, index=True
    )
    approved_on: Mapped[date | None]

    member: Mapped[BankMember] = relationship(lazy="raise_on_sql")


class CouncilDecision(PublicId, Base):
    """What the council decided, who does it and by when.

    `owner_member_id` is the member who promised it; `owner` is anybody else, in words.
    """

    __tablename__ = "council_decisions"
    __table_args__ = (
        UniqueConstraint("meeting_id", "number"),
        ForeignKeyConstraint(
            ["meeting_id", "agenda_number"],
            ["council_agenda_items.meeting_id", "council_agenda_items.number"],
            name="fk_council_decisions_agenda_item",
        ),
        Index("ix_council_decisions_done_on_due_on", "done_on", "due_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("council_meetings.id"))
    number: Mapped[int]
    agenda_number: Mapped[int | None]
    text: Mapped[str] = mapped_column(Text)
    owner: Mapped[str] = mapped_column(EncryptedText("council_decisions.owner"), default="")
    owner_member_id: Mapped[int | None] = mapped_column(ForeignKey("bank_members.id"), index=True)
    due_on: Mapped[date | None]
    done_on: Mapped[date | None]

    meeting: Mapped[CouncilMeeting] = relationship(lazy="raise_on_sql", back_populates="decisions")
    owner_member: Mapped[BankMember | None] = relationship(lazy="raise_on_sql")
