"""A seat offered to somebody, who answers behind a personal link."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.council.models.seats import CouncilSeat
from participation.council.rules.offers import OfferState
from participation.foundation.crypto import EncryptedText, index_column
from participation.foundation.db import Base, Created, PublicId
from participation.interest_bank.models import BankMember


class SeatOffer(PublicId, Created, Base):
    """Somebody drawn, or chosen by hand, is asked to take a seat until `reply_by` (UTC).

    The link's token is derived from a key outside the database; only its hash stands here.
    """

    __tablename__ = "council_seat_offers"
    __table_args__ = (
        CheckConstraint(
            "state IN ('asked','accepted','declined','lapsed','withdrawn')", name="state_known"
        ),
        CheckConstraint("(state = 'asked') = (closed_at IS NULL)", name="closed_has_moment"),
        Index("ix_council_seat_offers_seat_id_state", "seat_id", "state"),
        Index("ix_council_seat_offers_state_reply_by", "state", "reply_by"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("council_seats.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("bank_members.id"), index=True)
    token_hash: Mapped[str] = mapped_column(index_column(), unique=True)
    state: Mapped[str] = mapped_column(String(10), default=OfferState.ASKED)
    reply_by: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    reason: Mapped[str | None] = mapped_column(EncryptedText("council_seat_offers.reason"))

    seat: Mapped[CouncilSeat] = relationship(lazy="raise_on_sql")
    member: Mapped[BankMember] = relationship(lazy="raise_on_sql")

    @property
    def is_open(self) -> bool:
        return self.state == OfferState.ASKED
