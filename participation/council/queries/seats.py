"""The council's seats and who holds or held them."""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from participation.council.models import CouncilSeat, CouncilTerm, SeatPast
from participation.council.queries.access import (
    check_manager,
    check_workspace,
    found,
    note_that_sits,
)
from participation.foundation.clock import today
from participation.foundation.permissions import Actor
from participation.interest_bank.models import BankMember


def seats_of(session: Session, term_id: int) -> Sequence[CouncilSeat]:
    """A term's seats, ordinary first, without their people."""
    return session.scalars(_seats(term_id)).all()


def seats_with_people(session: Session, actor: Actor, term_id: int) -> Sequence[CouncilSeat]:
    """A term's seats with who sits there: for the council itself and coordinators."""
    check_workspace(session, actor)
    return session.scalars(
        _seats(term_id).options(joinedload(CouncilSeat.member).joinedload(BankMember.municipality))
    ).all()


def seats_as_shown(session: Session, term_id: int) -> Sequence[CouncilSeat]:
    """A term's seats for the public page: people are loaded to see whom nobody may be shown."""
    return session.scalars(
        _seats(term_id).options(joinedload(CouncilSeat.member).joinedload(BankMember.municipality))
    ).all()


def sitting_alternates(session: Session, actor: Actor, term_id: int) -> Sequence[CouncilSeat]:
    """Alternates who can step in, in the order they do, with their people."""
    seats = seats_with_people(session, actor, term_id)
    return [seat for seat in seats if seat.is_alternate and not seat.is_vacant]


def alternate_to_move(session: Session, actor: Actor, term_id: int, public_id: str) -> CouncilSeat:
    """One sitting alternate of a term. Raises NotFound."""
    alternates = sitting_alternates(session, actor, term_id)
    return found(next((seat for seat in alternates if seat.public_id == public_id), None))


def seat_to_change(session: Session, actor: Actor, public_id: str) -> CouncilSeat:
    """One seat with its person, for those who appoint. Raises NotFound."""
    check_manager(actor)
    return found(
        session.scalar(
            select(CouncilSeat)
            .where(CouncilSeat.public_id == public_id)
            .options(joinedload(CouncilSeat.term), joinedload(CouncilSeat.member))
        )
    )


def own_seat(session: Session, account_id: int | None) -> CouncilSeat | None:
    """The seat a person holds: in the term that goes on, else in the newest."""
    seat = session.scalar(
        select(CouncilSeat)
        .join(BankMember, BankMember.id == CouncilSeat.member_id)
        .join(CouncilTerm, CouncilTerm.id == CouncilSeat.term_id)
        .where(BankMember.account_id == account_id)
        .options(
            joinedload(CouncilSeat.term).joinedload(CouncilTerm.group),
            joinedload(CouncilSeat.member),
        )
        .order_by(
            (CouncilTerm.starts_on <= today()).desc(),
            CouncilTerm.starts_on.desc(),
            CouncilSeat.id.desc(),
        )
        .limit(1)
    )
    if seat is not None and seat.term.goes_on(today()):
        note_that_sits(session, account_id)
    return seat


def own_past_seats(session: Session, account_id: int) -> Sequence[tuple[SeatPast, CouncilSeat]]:
    """Seats a person has held before."""
    rows = session.execute(
        select(SeatPast, CouncilSeat)
        .join(CouncilSeat, CouncilSeat.id == SeatPast.seat_id)
        .join(BankMember, BankMember.id == SeatPast.member_id)
        .where(BankMember.account_id == account_id)
        .options(joinedload(CouncilSeat.term))
        .order_by(SeatPast.since, SeatPast.id)
    )
    return [(past, seat) for past, seat in rows]


def seats_held_by(session: Session, member_id: int) -> Sequence[CouncilSeat]:
    """The seats somebody holds now."""
    return session.scalars(
        select(CouncilSeat).where(CouncilSeat.member_id == member_id).order_by(CouncilSeat.id)
    ).all()


def vacant_seats(session: Session) -> Sequence[CouncilSeat]:
    """Ordinary seats nobody holds in terms that go on. One query."""
    return session.scalars(
        select(CouncilSeat)
        .join(CouncilTerm, CouncilTerm.id == CouncilSeat.term_id)
        .where(
            CouncilTerm.starts_on <= today(),
            CouncilTerm.ends_on >= today(),
            CouncilSeat.member_id.is_(None),
            ~CouncilSeat.is_alternate,
        )
        .order_by(CouncilSeat.number, CouncilSeat.id)
    ).all()


def _seats(term_id: int) -> Select[CouncilSeat]:
    return (
        select(CouncilSeat)
        .where(CouncilSeat.term_id == term_id)
        .order_by(CouncilSeat.is_alternate, CouncilSeat.number, CouncilSeat.id)
    )
