"""Residents' places in the county's groups."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.council.models.seats import CouncilSeat
from participation.county.models import Group
from participation.foundation.crypto import EncryptedText
from participation.foundation.db import Base, Created, PublicId
from participation.interest_bank.models import BankMember


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

    @property
    def public_name(self) -> str | None:
        """The name everybody may read: the seat's, or the person's own. `member`, `seat` loaded.

        A seat that somebody else holds now shows nothing of this person.
        """
        if self.member.is_protected:
            return None
        if self.seat is None:
            return self.shown_name
        return self.seat.shown_name if self.seat.member_id == self.member_id else None
