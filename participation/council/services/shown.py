"""What a person shows of themselves to everybody: theirs to give and to take back."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from participation.council.models import CouncilSeat, Representation
from participation.foundation.clock import now
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.permissions import Actor
from participation.interest_bank.models import BankMember


@dataclass(frozen=True, kw_only=True)
class Shown:
    """The name and words somebody chose for everybody to read."""

    name: str
    about: str = ""
    shows_municipality: bool = False


def show_seat(session: Session, actor: Actor, seat: CouncilSeat, shown: Shown) -> None:
    """The person agrees to be shown on the public page, by the name and words they chose.

    Raises Conflict for an empty seat, and for somebody with protected identity.
    """
    _refuse_protected(session, seat.member_id)
    seat.shown_name = shown.name
    seat.shown_about = shown.about or None
    seat.shows_municipality = shown.shows_municipality
    seat.shown_since = now()
    session.flush()
    log_event(session, actor, "council_seat_shown", "council_seat", seat.public_id)


def hide_seat(session: Session, actor: Actor, seat: CouncilSeat) -> None:
    """The person does not want to be shown; the name is gone at once, also from the database."""
    forget_shown(seat)
    session.flush()
    log_event(session, actor, "council_seat_hidden", "council_seat", seat.public_id)


def forget_shown(seat: CouncilSeat) -> None:
    seat.shown_name = seat.shown_about = seat.shown_since = None
    seat.shows_municipality = False


def show_representation(session: Session, actor: Actor, item: Representation, name: str) -> None:
    """Somebody from the bank agrees to be shown beside the group they sit in.

    Whoever holds a council seat decides that at the seat. Raises Conflict for them, for what has
    ended, and for somebody with protected identity.
    """
    if item.seat_id is not None or item.to_on is not None:
        raise Conflict
    _refuse_protected(session, item.member_id)
    item.shown_name = name
    session.flush()
    log_event(session, actor, "representation_shown", "representation", item.public_id)


def hide_representation(session: Session, actor: Actor, item: Representation) -> None:
    """The name is gone at once."""
    item.shown_name = None
    session.flush()
    log_event(session, actor, "representation_hidden", "representation", item.public_id)


def _refuse_protected(session: Session, member_id: int | None) -> None:
    if member_id is None or session.get_one(BankMember, member_id).is_protected:
        raise Conflict
