"""A seat is offered to somebody, who says yes or no behind a link, or lets the time pass."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.council.models import CouncilSeat, CouncilTerm, SeatOffer
from participation.council.queries import open_offer_of, seats_held_by
from participation.council.rules.offers import (
    SEAT_LINK,
    TOKEN_PURPOSE,
    OfferState,
    can_answer,
    may_move,
    offer_token,
)
from participation.council.services.seats import locked_seat, seat_member
from participation.foundation.clock import now, today
from participation.foundation.crypto import token_hash
from participation.foundation.db import new_public_id
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.mail_templates import absolute_url
from participation.foundation.outbox import queue_mail
from participation.foundation.permissions import Actor
from participation.interest_bank.models import BankMember


class OfferClosed(Conflict):
    """The offer is answered, taken back, or its last moment has passed."""

    code = "offer_closed"


def offer_seat(
    session: Session,
    actor: Actor,
    seat: CouncilSeat,
    member: BankMember,
    *,
    reply_by: datetime,
    is_told: bool = True,
) -> SeatOffer:
    """Ask somebody to take an empty seat; they get a link by mail. One is asked at a time.

    Raises Conflict: the seat is taken or offered to another, the person is not in the bank, has a
    seat or an open offer in the term, or the last moment to answer has passed.
    """
    locked = locked_seat(session, seat)
    if not locked.is_vacant or not member.is_in_bank or reply_by <= now():
        raise Conflict
    if open_offer_of(session, locked.id) or _is_bound(session, locked.term_id, member.id):
        raise Conflict
    public_id = new_public_id()
    offer = SeatOffer(
        public_id=public_id,
        seat_id=locked.id,
        member_id=member.id,
        token_hash=token_hash(TOKEN_PURPOSE, offer_token(public_id)),
        reply_by=reply_by,
    )
    session.add(offer)
    session.flush()
    _log(session, actor, offer, member)
    if is_told:
        _mail(session, offer, member)
    return offer


def accept_offer(session: Session, actor: Actor, offer: SeatOffer) -> CouncilSeat:
    """The person says yes and has the seat, from today or from the term's first day.

    Raises OfferClosed when it is too late, Conflict when the person has another seat.
    """
    _check_open(offer)
    seat = session.get_one(CouncilSeat, offer.seat_id)
    member = session.get_one(BankMember, offer.member_id)
    begins = session.get_one(CouncilTerm, seat.term_id).starts_on
    _close(session, offer, OfferState.ACCEPTED)
    taken = seat_member(session, actor, seat, member, since=max(today(), begins))
    _log(session, actor, offer, member)
    return taken


def decline_offer(session: Session, actor: Actor, offer: SeatOffer, reason: str = "") -> None:
    """The person says no; why is optional, and kept for the coordinators only.

    Raises OfferClosed when it is too late.
    """
    _check_open(offer)
    offer.reason = reason or None
    _close(session, offer, OfferState.DECLINED)
    _log(session, actor, offer, session.get_one(BankMember, offer.member_id))


def withdraw_offer(session: Session, actor: Actor, offer: SeatOffer) -> None:
    """A coordinator takes an open offer back. Raises OfferClosed for one that is closed."""
    if not may_move(offer.state, OfferState.WITHDRAWN):
        raise OfferClosed
    _close(session, offer, OfferState.WITHDRAWN)
    _log(session, actor, offer, session.get_one(BankMember, offer.member_id))


def lapse_offers(session: Session) -> list[SeatOffer]:
    """Offers nobody answered in time are over; which they were."""
    late = session.scalars(
        select(SeatOffer)
        .where(SeatOffer.state == OfferState.ASKED.value, SeatOffer.reply_by < now())
        .order_by(SeatOffer.id)
    ).all()
    for offer in late:
        _close(session, offer, OfferState.LAPSED)
    return list(late)


def offer_link(offer: SeatOffer) -> str:
    return absolute_url(SEAT_LINK + offer_token(offer.public_id))


def _check_open(offer: SeatOffer) -> None:
    if not can_answer(offer.state, offer.reply_by, now()):
        raise OfferClosed


def _is_bound(session: Session, term_id: int, member_id: int) -> bool:
    """Whether somebody has a seat, or is asked about one, in a term."""
    if any(seat.term_id == term_id for seat in seats_held_by(session, member_id)):
        return True
    asked = session.scalar(
        select(SeatOffer.id)
        .join(CouncilSeat, CouncilSeat.id == SeatOffer.seat_id)
        .where(
            CouncilSeat.term_id == term_id,
            SeatOffer.member_id == member_id,
            SeatOffer.state == OfferState.ASKED.value,
        )
        .limit(1)
    )
    return asked is not None


def _close(session: Session, offer: SeatOffer, state: OfferState) -> None:
    offer.state = state
    offer.closed_at = now()
    session.flush()


def _mail(session: Session, offer: SeatOffer, member: BankMember) -> None:
    account = session.get_one(Account, member.account_id)
    queue_mail(
        session,
        to=account.email,
        template="council/offer",
        locale=account.locale,
        context={"name": member.name, "reply_by": offer.reply_by, "link": offer_link(offer)},
        about=("council_seat_offer", offer.public_id),
    )


def _log(session: Session, actor: Actor, offer: SeatOffer, member: BankMember) -> None:
    log_event(
        session,
        actor,
        f"council_seat_{offer.state}",
        "council_seat_offer",
        offer.public_id,
        subject_account_id=member.account_id,
    )
