"""Seats, and who held them before. What a member shows of themselves is theirs, and encrypted."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.council.models.terms import CouncilTerm
from participation.county.models import Municipality
from participation.foundation.crypto import EncryptedText
from participation.foundation.db import Base, PublicId
from participation.interest_bank.models import BankMember


class CouncilSeat(PublicId, Base):
    """One place in the council and who sits there now; earlier holders are `SeatPast` rows.

    The public page shows a person only by `shown_name` and `shown_about`, both in their own
    words, from `shown_since` on. An empty `shown_name` means that they have not agreed.
    Alternates (`is_alternate`) step in by their number, the lowest first.
    """

    __tablename__ = "council_seats"
    __table_args__ = (
        UniqueConstraint("term_id", "is_alternate", "number"),
        CheckConstraint("number > 0", name="number_positive"),
        CheckConstraint(
            "vacant_kind IN ('own_wish','died','left_bank','moved_up','other')",
            name="vacant_kind_known",
        ),
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
    vacant_kind: Mapped[str | None] = mapped_column(String(12))
    vacant_reason: Mapped[str | None] = mapped_column(EncryptedText("council_seats.vacant_reason"))
    shown_name: Mapped[str | None] = mapped_column(EncryptedText("council_seats.shown_name"))
    shown_about: Mapped[str | None] = mapped_column(EncryptedText("council_seats.shown_about"))
    shown_since: Mapped[datetime | None]
    shows_municipality: Mapped[bool] = mapped_column(default=False)

    term: Mapped[CouncilTerm] = relationship(lazy="raise_on_sql")
    member: Mapped[BankMember | None] = relationship(lazy="raise_on_sql")

    @property
    def is_vacant(self) -> bool:
        return self.member_id is None

    @property
    def shows_name(self) -> bool:
        """Whether the person has agreed to be shown on the public page."""
        return self.shown_name is not None

    @property
    def public_name(self) -> str | None:
        """The name everybody may read, never of a protected person. `member` is loaded."""
        if self.member is None or self.member.is_protected:
            return None
        return self.shown_name

    @property
    def public_municipality(self) -> Municipality | None:
        """Where the person lives, if they want everybody to know. Member, municipality loaded."""
        if self.public_name is None or self.member is None or not self.shows_municipality:
            return None
        return self.member.municipality


class SeatPast(Base):
    """Who held a seat before, through `until`, and why they left it."""

    __tablename__ = "council_seat_pasts"
    __table_args__ = (CheckConstraint("until >= since", name="until_after_since"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("council_seats.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("bank_members.id"), index=True)
    since: Mapped[date]
    until: Mapped[date]
    kind: Mapped[str | None] = mapped_column(String(12))
    reason: Mapped[str | None] = mapped_column(EncryptedText("council_seat_pasts.reason"))
