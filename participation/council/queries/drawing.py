"""Whom the council can be drawn from, and which of its seats wait for somebody."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import exists, select, union
from sqlalchemy.orm import Session, joinedload

from participation.council.models import CouncilSeat, CouncilTerm, SeatOffer, SeatPast
from participation.council.queries.access import check_manager
from participation.council.rules.offers import GAVE_UP, OfferState
from participation.foundation.clock import today
from participation.foundation.permissions import Actor
from participation.interest_bank.models import BankMember
from participation.interest_bank.queries import may_be_invited, willing_members
from participation.interest_bank.rules import Assignment
from participation.selection.models import Draw
from participation.selection.queries import draws_of_owner, panel_of
from participation.selection.rules.draws import DrawState

OWNER_KIND = "council_term"


@dataclass(frozen=True)
class CouncilPool:
    """Those who said yes to be asked about the council and hold no seat; how many of them rest."""

    free: Sequence[BankMember]
    resting: int


def council_pool(session: Session, actor: Actor, term: CouncilTerm) -> CouncilPool:
    """Whom a term's empty seats are drawn among. Whoever was asked in this term is not asked again.

    Nobody is skipped in silence: how many have paused is counted.
    """
    check_manager(actor)
    seated = select(CouncilSeat.member_id).where(
        CouncilSeat.term_id == term.id, CouncilSeat.member_id.is_not(None)
    )
    asked = (
        select(SeatOffer.member_id)
        .join(CouncilSeat, CouncilSeat.id == SeatOffer.seat_id)
        .where(CouncilSeat.term_id == term.id)
    )
    willing = session.scalars(
        willing_members(actor, Assignment.COUNCIL).where(
            BankMember.id.not_in(seated), BankMember.id.not_in(asked)
        )
    ).all()
    askable = may_be_invited(session, [member.id for member in willing])
    willing = [member for member in willing if member.id in askable]
    free = [member for member in willing if not member.is_resting_on(today())]
    return CouncilPool(free, len(willing) - len(free))


def term_to_fill(session: Session) -> CouncilTerm | None:
    """The newest term that has not ended: the one whose seats are drawn."""
    return session.scalar(
        select(CouncilTerm)
        .where(CouncilTerm.ends_on >= today())
        .options(joinedload(CouncilTerm.group))
        .order_by(CouncilTerm.starts_on.desc(), CouncilTerm.id.desc())
        .limit(1)
    )


def term_by_public_id(session: Session, public_id: str) -> CouncilTerm | None:
    """A term, for subscribers to the events of draws."""
    return session.scalar(select(CouncilTerm).where(CouncilTerm.public_id == public_id))


def draw_of_term(session: Session, term: CouncilTerm) -> Draw | None:
    """The newest draw of a term that was not called off."""
    drawn = draws_of_owner(session, OWNER_KIND, term.public_id)
    return next((draw for draw in drawn if draw.state != DrawState.CANCELLED), None)


def draw_to_replace_in(session: Session, term_id: int) -> Draw | None:
    """The term's draw while successors can be drawn in it."""
    term = session.get_one(CouncilTerm, term_id)
    draw = draw_of_term(session, term)
    return draw if draw is not None and draw.state == DrawState.DRAWN else None


def empty_seats(
    session: Session,
    term_id: int,
    *,
    is_alternate: bool | None = None,
    without_offer: bool = False,
) -> Sequence[CouncilSeat]:
    """A term's empty seats, of one kind if named, in order; `without_offer`: that are free."""
    statement = select(CouncilSeat).where(
        CouncilSeat.term_id == term_id, CouncilSeat.member_id.is_(None)
    )
    if is_alternate is not None:
        statement = statement.where(CouncilSeat.is_alternate == is_alternate)
    if without_offer:
        asked = exists().where(
            SeatOffer.seat_id == CouncilSeat.id, SeatOffer.state == OfferState.ASKED.value
        )
        statement = statement.where(~asked)
    return session.scalars(
        statement.order_by(CouncilSeat.is_alternate, CouncilSeat.number, CouncilSeat.id)
    ).all()


def gave_up_seat(session: Session, seat_id: int) -> Sequence[int]:
    """The members who left one seat, or said no to it. One query."""
    left = select(SeatPast.member_id).where(SeatPast.seat_id == seat_id)
    said_no = select(SeatOffer.member_id).where(
        SeatOffer.seat_id == seat_id, SeatOffer.state.in_(GAVE_UP)
    )
    return sorted(session.scalars(union(left, said_no)))


def open_offers_to(session: Session, term_id: int, member_id: int) -> Sequence[SeatOffer]:
    """What somebody is asked about in a term and has not answered."""
    return session.scalars(
        select(SeatOffer)
        .join(CouncilSeat, CouncilSeat.id == SeatOffer.seat_id)
        .where(
            CouncilSeat.term_id == term_id,
            SeatOffer.member_id == member_id,
            SeatOffer.state == OfferState.ASKED.value,
        )
        .order_by(SeatOffer.id)
    ).all()


def members_who_declined(session: Session, term_id: int) -> Sequence[int]:
    """The members who said no to a seat of a term, or let the time pass, in that order."""
    return session.scalars(
        select(SeatOffer.member_id)
        .join(CouncilSeat, CouncilSeat.id == SeatOffer.seat_id)
        .where(CouncilSeat.term_id == term_id, SeatOffer.state.in_(GAVE_UP))
        .order_by(SeatOffer.closed_at, SeatOffer.id)
    ).all()


def members_in_line(
    session: Session, term_id: int, member_ids: Collection[int | None]
) -> Sequence[BankMember]:
    """Those of the drawn who are in the bank, hold no seat and were not asked, in their order."""
    wanted = [member_id for member_id in member_ids if member_id is not None]
    known = {
        member.id: member
        for member in session.scalars(
            select(BankMember).where(
                BankMember.id.in_(wanted),
                ~exists().where(
                    CouncilSeat.term_id == term_id, CouncilSeat.member_id == BankMember.id
                ),
                ~exists().where(
                    SeatOffer.member_id == BankMember.id,
                    SeatOffer.seat_id == CouncilSeat.id,
                    CouncilSeat.term_id == term_id,
                ),
            )
        )
    }
    return [known[one] for one in wanted if one in known and known[one].is_in_bank]


def can_replace_by_lot(session: Session, seat: CouncilSeat) -> bool:
    """Whether the lot can name a successor: somebody drawn has left this ordinary seat."""
    draw = None if seat.is_alternate else draw_to_replace_in(session, seat.term_id)
    if draw is None:
        return False
    panel = {place.person.member_id for place in panel_of(session, draw)}
    return any(member_id in panel for member_id in gave_up_seat(session, seat.id))
