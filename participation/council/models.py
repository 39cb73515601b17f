"""Tables of the council. What a member shows of themselves is theirs to choose, and encrypted."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.activities.models import Activity
from participation.county.models import Group
from participation.foundation.crypto import EncryptedText
from participation.foundation.db import Base, Created, PublicId
from participation.interest_bank.models import BankMember

TITLE_LENGTH = 200
NAME_LENGTH = 120


class CouncilTerm(PublicId, Created, Base):
    """The years one council sits for. `group_id` is the council among the county's groups."""

    __tablename__ = "council_terms"
    __table_args__ = (CheckConstraint("ends_on > starts_on", name="ends_after_start"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("county_groups.id"), index=True)
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    starts_on: Mapped[date]
    ends_on: Mapped[date] = mapped_column(index=True)
    is_fictional: Mapped[bool] = mapped_column(default=False)

    group: Mapped[Group] = relationship(lazy="raise_on_sql")


class CouncilSeat(PublicId, Base):
    """One place in the council and who sits there now; earlier holders are `SeatPast` rows.

    The public page shows a person only by `shown_name` and `shown_about`, both in their own
    words, from `shown_since` on. An empty `shown_name` means that they have not agreed.
    """

    __tablename__ = "council_seats"
    __table_args__ = (
        UniqueConstraint("term_id", "is_alternate", "number"),
        CheckConstraint("number > 0", name="number_positive"),
        CheckConstraint(
            "(member_id IS NULL AND since IS NULL AND shown_name IS NULL)"
            " OR (member_id IS NOT NULL AND since IS NOT NULL AND vacant_since IS NULL)",
            name="held_or_empty",
        ),
        Index("ix_council_seats_member_id", "member_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    term_id: Mapped[int] = mapped_column(ForeignKey("council_terms.id"))
    number: Mapped[int]
    is_alternate: Mapped[bool] = mapped_column(default=False)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("bank_members.id"))
    since: Mapped[date | None]
    vacant_since: Mapped[date | None]
    vacant_reason: Mapped[str | None] = mapped_column(EncryptedText("council_seats.vacant_reason"))
    shown_name: Mapped[str | None] = mapped_column(EncryptedText("council_seats.shown_name"))
    shown_about: Mapped[str | None] = mapped_column(EncryptedText("council_seats.shown_about"))
    shown_since: Mapped[datetime | None]

    term: Mapped[CouncilTerm] = relationship(lazy="raise_on_sql")
    member: Mapped[BankMember | None] = relationship(lazy="raise_on_sql")

    @property
    def is_vacant(self) -> bool:
        return self.member_id is None

    @property
    def shows_name(self) -> bool:
        """Whether the person has agreed to be shown on the public page."""
        return self.shown_name is not None


class SeatPast(Base):
    """Who held a seat before, through `until`, and why they left it."""

    __tablename__ = "council_seat_pasts"
    __table_args__ = (CheckConstraint("until >= since", name="until_after_since"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("council_seats.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("bank_members.id"), index=True)
    since: Mapped[date]
    until: Mapped[date]
    reason: Mapped[str | None] = mapped_column(EncryptedText("council_seat_pasts.reason"))


class Representation(PublicId, Created, Base):
    """A resident's place in one of the county's groups, for the council or from the bank.

    `seat_id`: the council seat the person holds, if any; consent to be shown is the seat's then.
    """

    __tablename__ = "representations"
    __table_args__ = (
        CheckConstraint("kind IN ('ordinary','alternate')", name="kind_known"),
        CheckConstraint("to_on IS NULL OR to_on >= from_on", name="ends_after_start"),
        Index("ix_representations_group_id_to_on", "group_id", "to_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("county_groups.id"))
    seat_id: Mapped[int | None] = mapped_column(ForeignKey("council_seats.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("bank_members.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    shown_name: Mapped[str | None] = mapped_column(EncryptedText("representations.shown_name"))
    is_fictional: Mapped[bool] = mapped_column(default=False)

    group: Mapped[Group] = relationship(lazy="raise_on_sql")
    seat: Mapped[CouncilSeat | None] = relationship(lazy="raise_on_sql")
    member: Mapped[BankMember] = relationship(lazy="raise_on_sql")


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


class Statement(PublicId, Created, Base):
    """What the council says to a group. Sending it makes a commitment: the group owes an answer.

    Not sent yet: `sent_on` and `due_on` are empty and only the council and coordinators see it.
    """

    __tablename__ = "council_statements"
    __table_args__ = (
        CheckConstraint("(sent_on IS NULL) = (due_on IS NULL)", name="sent_has_due"),
        CheckConstraint("due_on IS NULL OR due_on >= sent_on", name="due_after_sent"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    term_id: Mapped[int] = mapped_column(ForeignKey("council_terms.id"), index=True)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("council_meetings.id"), index=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("county_groups.id"), index=True)
    written_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    text: Mapped[str] = mapped_column(Text)
    sent_on: Mapped[date | None] = mapped_column(index=True)
    due_on: Mapped[date | None]
    is_fictional: Mapped[bool] = mapped_column(default=False)

    term: Mapped[CouncilTerm] = relationship(lazy="raise_on_sql")
    meeting: Mapped[CouncilMeeting | None] = relationship(lazy="raise_on_sql")
    group: Mapped[Group] = relationship(lazy="raise_on_sql")

    @property
    def is_sent(self) -> bool:
        return self.sent_on is not None
