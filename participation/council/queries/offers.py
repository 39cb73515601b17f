"""Who is asked to take a seat, and what they answered."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from participation.council.models import CouncilSeat, CouncilTerm, SeatOffer
from participation.council.queries.access import check_manager, found
from participation.council.rules.offers import TOKEN_PURPOSE, OfferState
from participation.foundation.crypto import token_hash
from participation.foundation.permissions import Actor
from participation.interest_bank.models import BankMember

_WITH_SEAT = joinedload(SeatOffer.seat).joinedload(CouncilSeat.term).joinedload(CouncilTerm.group)


def offer_by_token(session: Session, token: str) -> SeatOffer:
    """The offer behind a personal link. Raises NotFound."""
    return found(
        session.scalar(
            select(SeatOffer)
            .where(SeatOffer.token_hash == token_hash(TOKEN_PURPOSE, token))
            .options(_WITH_SEAT, joinedload(SeatOffer.member))
        )
    )


def open_offer_of(session: Session, seat_id: int) -> SeatOffer | None:
    """The offer somebody thinks about now, of one seat."""
    return session.scalar(
        select(SeatOffer)
        .where(SeatOffer.seat_id == seat_id, SeatOffer.state == OfferState.ASKED.value)
        .order_by(SeatOffer.id)
        .limit(1)
    )


def offers_of_term(session: Session, actor: Actor, term_id: int) -> Sequence[SeatOffer]:
    """Every offer of a term's seats with whom it went to, newest first; for those who appoint."""
    check_manager(actor)
    return session.scalars(
        select(SeatOffer)
        .join(CouncilSeat, CouncilSeat.id == SeatOffer.seat_id)
        .where(CouncilSeat.term_id == term_id)
        .options(
            joinedload(SeatOffer.seat),
            joinedload(SeatOffer.member).joinedload(BankMember.municipality),
        )
        .order_by(SeatOffer.id.desc())
    ).all()


def offer_to_change(session: Session, actor: Actor, public_id: str) -> SeatOffer:
    """One offer, for those who appoint. Raises NotFound."""
    check_manager(actor)
    return found(
        session.scalar(
            select(SeatOffer).where(SeatOffer.public_id == public_id).options(_WITH_SEAT)
        )
    )


def own_offers(session: Session, account_id: int) -> Sequence[SeatOffer]:
    """The offers one person got, oldest first."""
    return session.scalars(
        select(SeatOffer)
        .join(BankMember, BankMember.id == SeatOffer.member_id)
        .where(BankMember.account_id == account_id)
        .options(joinedload(SeatOffer.seat))
        .order_by(SeatOffer.id)
    ).all()
