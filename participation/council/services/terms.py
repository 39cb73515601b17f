"""Terms: opened with their seats, ended with their roles."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.accounts.models import Account, RoleAssignment
from participation.accounts.services import revoke_role_of
from participation.council.models import CouncilSeat, CouncilTerm, SeatPast
from participation.council.rules.places import SEATS
from participation.council.rules.terms import Renewal, Sitting, staying_seats
from participation.county.models import Group
from participation.county.queries import groups
from participation.foundation.clock import today
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.eventlog.services import log_event
from participation.foundation.permissions import Actor, Role
from participation.interest_bank.models import BankMember


@dataclass(frozen=True, kw_only=True)
class Layout:
    """How many seats a term lays out, and how many of them the next term empties."""

    seats: int = SEATS
    alternates: int = 0
    renewal: Renewal = Renewal.WHOLE


def open_term(
    session: Session,
    actor: Actor,
    *,
    name: str,
    starts_on: date,
    ends_on: date,
    layout: Layout | None = None,
    group: Group | None = None,
    is_fictional: bool = False,
) -> CouncilTerm:
    """A new term with its seats. `group`: the council among the county's groups, if several.

    Where the term before renews half of its seats, the others' holders go on in the new one.

    Raises:
        NotFound: the county has no council.
        Conflict: another term of the same council overlaps.
    """
    council = group or next(iter(groups(session, kind="council")), None)
    if council is None:
        raise NotFound
    _refuse_overlap(session, council, starts_on, ends_on)
    laid_out = layout or Layout()
    term = CouncilTerm(
        group=council,
        name=name,
        starts_on=starts_on,
        ends_on=ends_on,
        renewal=laid_out.renewal,
        is_fictional=is_fictional,
    )
    session.add(term)
    session.flush()
    _lay_out(session, term, laid_out)
    log_event(session, actor, "council_term_opened", "council_term", term.public_id)
    return term


def _refuse_overlap(session: Session, council: Group, starts_on: date, ends_on: date) -> None:
    overlapping = select(CouncilTerm.id).where(
        CouncilTerm.group_id == council.id,
        CouncilTerm.starts_on <= ends_on,
        CouncilTerm.ends_on >= starts_on,
    )
    if session.scalar(overlapping.limit(1)) is not None:
        raise Conflict("another term has some of these days")


def _lay_out(session: Session, term: CouncilTerm, layout: Layout) -> None:
    """The seats of a new term; whoever stays from the term before sits in theirs already."""
    staying = _staying(session, term)
    for is_alternate, count in ((False, layout.seats), (True, layout.alternates)):
        for number in range(1, count + 1):
            before = None if is_alternate else staying.get(number)
            session.add(_seat(term, number, is_alternate, before))
    session.flush()


def _seat(
    term: CouncilTerm, number: int, is_alternate: bool, before: CouncilSeat | None
) -> CouncilSeat:
    seat = CouncilSeat(term_id=term.id, number=number, is_alternate=is_alternate)
    if before is not None:
        seat.member_id = before.member_id
        seat.since = term.starts_on
        seat.shown_name = before.shown_name
        seat.shown_about = before.shown_about
        seat.shown_since = before.shown_since
        seat.shows_municipality = before.shows_municipality
    return seat


def _staying(session: Session, term: CouncilTerm) -> dict[int, CouncilSeat]:
    """The ordinary seats of the term before whose holders go on, by number."""
    before = session.scalar(
        select(CouncilTerm)
        .where(CouncilTerm.group_id == term.group_id, CouncilTerm.ends_on < term.starts_on)
        .order_by(CouncilTerm.ends_on.desc(), CouncilTerm.id.desc())
        .limit(1)
    )
    if before is None or before.renewal != Renewal.HALF:
        return {}
    held = _held_seats(session, before)
    begun = _first_days(session, term.group_id)
    sittings = [
        Sitting(number=seat.number, since=begun.get(seat.member_id, seat.since))
        for seat in held
        if seat.since is not None and seat.member_id is not None
    ]
    stays = staying_seats(sittings, before.renewal)
    return {seat.number: seat for seat in held if seat.number in stays}


def _held_seats(session: Session, term: CouncilTerm) -> Sequence[CouncilSeat]:
    return session.scalars(
        select(CouncilSeat)
        .where(
            CouncilSeat.term_id == term.id,
            ~CouncilSeat.is_alternate,
            CouncilSeat.member_id.is_not(None),
        )
        .order_by(CouncilSeat.number, CouncilSeat.id)
    ).all()


def _first_days(session: Session, group_id: int) -> dict[int, date]:
    """The first day each member ever sat in this council, through all terms."""
    ever = (
        select(CouncilSeat.member_id, CouncilSeat.since)
        .join(CouncilTerm, CouncilTerm.id == CouncilSeat.term_id)
        .where(CouncilTerm.group_id == group_id, CouncilSeat.member_id.is_not(None))
    )
    gone = (
        select(SeatPast.member_id, SeatPast.since)
        .join(CouncilSeat, CouncilSeat.id == SeatPast.seat_id)
        .join(CouncilTerm, CouncilTerm.id == CouncilSeat.term_id)
        .where(CouncilTerm.group_id == group_id)
    )
    first: dict[int, date] = {}
    for member_id, since in (*session.execute(ever), *session.execute(gone)):
        if member_id is not None and since is not None:
            first[member_id] = min(since, first.get(member_id, since))
    return first


def end_past_terms(session: Session) -> int:
    """Take the role back from whoever holds seats in past terms only; how many they were.

    Who sat stays on record. A seat in a coming term keeps the role.
    """
    going_on = (
        select(BankMember.account_id)
        .join(CouncilSeat, CouncilSeat.member_id == BankMember.id)
        .join(CouncilTerm, CouncilTerm.id == CouncilSeat.term_id)
        .where(CouncilTerm.ends_on >= today())
    )
    outlived = session.scalars(
        select(Account)
        .join(BankMember, BankMember.account_id == Account.id)
        .join(CouncilSeat, CouncilSeat.member_id == BankMember.id)
        .join(RoleAssignment, RoleAssignment.account_id == Account.id)
        .where(
            RoleAssignment.role == Role.COUNCIL_MEMBER.value,
            RoleAssignment.revoked_at.is_(None),
            Account.id.not_in(going_on),
        )
        .order_by(Account.id)
        .distinct()
    ).all()
    for account in outlived:
        revoke_role_of(session, account, Role.COUNCIL_MEMBER)
    return len(outlived)
