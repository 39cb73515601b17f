"""Tables of meetings. What is written belongs to a table in a room, never to a person."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.activities.models import Activity
from participation.county.models import Organisation
from participation.foundation.crypto import EncryptedText, index_column
from participation.foundation.db import Base, Created, PublicId
from participation.meetings.rules.states import LONGEST_PLACE, LONGEST_THEME, MeetingState


class Meeting(PublicId, Created, Base):
    """A theme dialogue or another meeting. `organisation_id` None: the whole county's.

    `consent_words`: what the tables were told, in Swedish, from the moment it opened.
    `participants`: how many came, counted by whoever closed it.
    `words_destroyed_on`: since then its statements and dots are gone by a recorded decision.
    """

    __tablename__ = "meetings"
    __table_args__ = (
        CheckConstraint("kind IN ('dialogue','meeting')", name="kind_known"),
        CheckConstraint("state IN ('planned','open','closed')", name="state_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    theme: Mapped[str] = mapped_column(String(LONGEST_THEME))
    held_on: Mapped[date]
    place: Mapped[str] = mapped_column(String(LONGEST_PLACE), default="")
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    activity_id: Mapped[int | None] = mapped_column(ForeignKey("activities.id"), index=True)
    dots_each: Mapped[int]
    state: Mapped[str] = mapped_column(String(10), default=MeetingState.PLANNED.value)
    consent_version: Mapped[str] = mapped_column(String(10), default="")
    consent_words: Mapped[str] = mapped_column(Text, default="")
    participants: Mapped[int | None]
    words_destroyed_on: Mapped[date | None]
    is_fictional: Mapped[bool] = mapped_column(default=False)

    organisation: Mapped[Organisation | None] = relationship(lazy="raise_on_sql")
    activity: Mapped[Activity | None] = relationship(lazy="raise_on_sql")


class MeetingTable(Base):
    """A table in the room, and the keyed hash of the code on its sheet.

    `edition`: which sheet holds; a new one has a new code, and the one before opens nothing.
    `places`: how many people at it may place dots. `has_agreed`: it has heard the consent words.
    """

    __tablename__ = "meeting_tables"
    __table_args__ = (UniqueConstraint("meeting_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    number: Mapped[int]
    places: Mapped[int]
    code_hash: Mapped[str] = mapped_column(index_column(), unique=True)
    edition: Mapped[int] = mapped_column(default=1, server_default="1")
    has_agreed: Mapped[bool] = mapped_column(default=False)


class MeetingNote(Base):
    """What a table wrote down. Gone from here when the meeting closes: then it is material."""

    __tablename__ = "meeting_notes"
    __table_args__ = (UniqueConstraint("table_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    table_id: Mapped[int] = mapped_column(ForeignKey("meeting_tables.id"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(EncryptedText("meeting_notes.text"))
    language: Mapped[str] = mapped_column(String(8))


class MeetingStatement(Base):
    """A table's statement in its own words.

    With the review `text` becomes what may be read; `is_shown`: by everybody. An empty text was
    taken back after closing; its row stays, so that the result keeps its shape.
    """

    __tablename__ = "meeting_statements"
    __table_args__ = (UniqueConstraint("meeting_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    table_id: Mapped[int] = mapped_column(ForeignKey("meeting_tables.id"), index=True)
    number: Mapped[int]
    text: Mapped[str] = mapped_column(EncryptedText("meeting_statements.text"))
    language: Mapped[str] = mapped_column(String(8))
    is_shown: Mapped[bool] = mapped_column(default=False)
    reviewed_at: Mapped[datetime | None]
    reviewed_by_account_id: Mapped[int | None] = mapped_column(
        ForeignKey("accounts.id"), index=True
    )

    @property
    def is_reviewed(self) -> bool:
        return self.reviewed_at is not None


class MeetingDot(Base):
    """One dot from a place at a table. A place is a keyed hash of a random code."""

    __tablename__ = "meeting_dots"
    __table_args__ = ({"sqlite_with_rowid": False},)

    place_hash: Mapped[str] = mapped_column(index_column(), primary_key=True)
    statement_id: Mapped[int] = mapped_column(
        ForeignKey("meeting_statements.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    table_id: Mapped[int] = mapped_column(ForeignKey("meeting_tables.id"), index=True)
