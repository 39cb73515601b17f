"""A council for tests: a term with seats, people in them, a meeting, a statement."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from participation.council.models import CouncilMeeting, CouncilSeat, CouncilTerm, Statement
from participation.council.queries import seats_of
from participation.council.services import (
    Layout,
    MeetingPlan,
    agree_statement,
    draft_statement,
    open_term,
    plan_meeting,
    seat_member,
)
from participation.county.models import Group
from participation.foundation.clock import now, today
from participation.foundation.permissions import SYSTEM
from participation.interest_bank.models import BankMember
from tests.factories.interest_bank import make_member


def make_council_group(session: Session) -> Group:
    """The council among the county's groups."""
    group = Group(
        layer="test", key="utvecklingsrad", name="Utvecklingsrådet", kind="council", position=9
    )
    session.add(group)
    session.flush()
    return group


def make_term(
    session: Session, *, seats: int = 12, alternates: int = 0, **overrides: Any
) -> CouncilTerm:
    """The term that goes on, with empty seats, in a council of its own."""
    told: dict[str, Any] = {
        "name": "2026–2028",
        "starts_on": date(today().year, 1, 1),
        "ends_on": date(today().year + 1, 12, 31),
        "group": overrides.pop("group", None) or make_council_group(session),
        **overrides,
    }
    layout = told.pop("layout", Layout(seats=seats, alternates=alternates))
    return open_term(session, SYSTEM, layout=layout, **told)


def make_seated(
    session: Session,
    term: CouncilTerm,
    *,
    number: int = 1,
    name: str = "",
    is_alternate: bool = False,
    **more: Any,
) -> tuple[CouncilSeat, BankMember]:
    """Somebody in the seat with that number; nobody gets a mail."""
    default = f"Suppleant {number}son" if is_alternate else f"Rådis {number}son"
    member = make_member(session, name=name or default, **more)
    seat = seat_numbered(session, term, number, is_alternate=is_alternate)
    return seat_member(session, SYSTEM, seat, member, is_told=False), member


def seat_numbered(
    session: Session, term: CouncilTerm, number: int, *, is_alternate: bool = False
) -> CouncilSeat:
    """One seat of a term by its number."""
    return next(
        seat
        for seat in seats_of(session, term.id)
        if seat.number == number and seat.is_alternate == is_alternate
    )


def make_meeting(
    session: Session, term: CouncilTerm, organisation_id: int, *, in_days: int = 5
) -> CouncilMeeting:
    """A meeting of three hours that begins in so many days."""
    starts_at = now() + timedelta(days=in_days)
    return plan_meeting(
        session,
        SYSTEM,
        term,
        MeetingPlan(
            organisation_id=organisation_id,
            title="Rådets möte",
            place="Medborgarhuset, Nybro",
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=3),
        ),
    )


def make_statement(
    session: Session, term: CouncilTerm, group: Group, **overrides: Any
) -> Statement:
    """A draft to a group."""
    told = {
        "title": "Låt närstående vara med",
        "text": "Fråga varje person vid första kontakten.",
        **overrides,
    }
    return draft_statement(session, SYSTEM, term, group=group, **told)


def make_agreed_statement(
    session: Session, term: CouncilTerm, group: Group, organisation_id: int, **overrides: Any
) -> Statement:
    """A statement that a meeting has agreed on, ready to be sent."""
    statement = make_statement(session, term, group, **overrides)
    agree_statement(session, SYSTEM, statement, make_meeting(session, term, organisation_id))
    return statement
