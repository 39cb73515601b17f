"""Meetings, their agenda and what was decided."""

from datetime import date

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.activities.models import Activity
from participation.council.models.terms import CouncilTerm
from participation.foundation.crypto import EncryptedText
from participation.foundation.db import Base, Created, PublicId

TITLE_LENGTH = 200


class CouncilMeeting(PublicId, Created, Base):
    """A meeting of the council: its time, place and who comes are the activity's."""

    __tablename__ = "council_meetings"

    id: Mapped[int] = mapped_column(primary_key=True)
    term_id: Mapped[int] = mapped_column(ForeignKey("council_terms.id"), index=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id"), unique=True)
    minutes: Mapped[str] = mapped_column(Text, default="")
    approved_on: Mapped[date | None]

    term: Mapped[CouncilTerm] = relationship(lazy="raise_on_sql")
    activity: Mapped[Activity] = relationship(lazy="raise_on_sql")
    agenda: Mapped[list["AgendaItem"]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="AgendaItem.number"
    )
    decisions: Mapped[list["CouncilDecision"]] = relationship(
        lazy="raise_on_sql", order_by="CouncilDecision.number", back_populates="meeting"
    )


class AgendaItem(Base):
    """One point of a meeting's agenda."""

    __tablename__ = "council_agenda_items"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("council_meetings.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    text: Mapped[str] = mapped_column(Text, default="")


class CouncilDecision(PublicId, Base):
    """What the council decided, who does it and by when. `owner` is a role or a name in words."""

    __tablename__ = "council_decisions"
    __table_args__ = (
        UniqueConstraint("meeting_id", "number"),
        Index("ix_council_decisions_done_on_due_on", "done_on", "due_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("council_meetings.id"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    owner: Mapped[str] = mapped_column(EncryptedText("council_decisions.owner"), default="")
    due_on: Mapped[date | None]
    done_on: Mapped[date | None]

    meeting: Mapped[CouncilMeeting] = relationship(lazy="raise_on_sql", back_populates="decisions")
