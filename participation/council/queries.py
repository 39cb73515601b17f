"""Reads of the council. The public page reads only what members agreed to show.

The council is the whole county's: its workroom is open to its members and to coordinators
without a narrower scope. For everybody else it does not exist.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import CompoundSelect, Date, Select, and_, cast, func, null, or_, select, union_all
from sqlalchemy.orm import Session, joinedload, selectinload

from participation.activities.models import Activity
from participation.activities.rules.states import STILL_TO_COME
from participation.commitments.models import Commitment
from participation.council.models import (
    CouncilDecision,
    CouncilMeeting,
    CouncilSeat,
    CouncilTerm,
    Representation,
    SeatPast,
    Statement,
)
from participation.council.rules.places import (
    LEADING_GROUP_KIND,
    SUBJECT_KIND,
    Held,
    days_late,
    is_young,
    reference_day,
)
from participation.county.models import Group
from participation.foundation.clock import now, today
from participation.foundation.errors import NotFound
from participation.foundation.permissions import Actor, Permission
from participation.foundation.providers import Address, SearchDocument
from participation.interest_bank.models import BankMember

Row = TypeVar("Row")

SEARCH_SOURCE = "statement"
SHOWN_MEETINGS = 12
SHOWN_DECISIONS = 20


def check_workspace(session: Session, actor: Actor) -> None:
    """Raises NotFound for whoever has nothing to do in the council's workroom.

    Members have, as long as they hold a seat in a term that goes on: a role that outlived its
    term opens nothing.
    """
    if not actor.scope(Permission.COUNCIL_WORKSPACE).everywhere:
        raise NotFound
    leads = actor.scope(Permission.MANAGE_COUNCIL).everywhere
    if not leads and not sits_now(session, actor.account_id):
        raise NotFound


def sits_now(session: Session, account_id: int | None) -> bool:
    """Whether somebody holds a seat in a term that goes on. A yes is asked for once a request."""
    known: set[tuple[int | None, date]] = session.info.setdefault("sits_in_council", set())
    whose = (account_id, today())
    if whose not in known and session.scalar(
        select(CouncilSeat.id)
        .join(CouncilTerm, CouncilTerm.id == CouncilSeat.term_id)
        .join(BankMember, BankMember.id == CouncilSeat.member_id)
        .where(
            BankMember.account_id == account_id,
            CouncilTerm.starts_on <= today(),
            CouncilTerm.ends_on >= today(),
        )
        .limit(1)
    ):
        known.add(whose)
    return whose in known


def check_manager(actor: Actor) -> None:
    """Raises NotFound for whoever may not appoint."""
    if not actor.scope(Permission.MANAGE_COUNCIL).everywhere:
        raise NotFound


# ---------------------------------------------------------------- terms and seats


def current_term(session: Session) -> CouncilTerm | None:
    """The term that goes on, else the newest one that has begun."""
    return session.scalar(
        select(CouncilTerm)
        .where(CouncilTerm.starts_on <= today())
        .options(joinedload(CouncilTerm.group))
        .order_by(CouncilTerm.starts_on.desc(), CouncilTerm.id.desc())
        .limit(1)
    )


def seats_of(session: Session, term_id: int) -> Sequence[CouncilSeat]:
    """A term's seats, ordinary first, without their people."""
    return session.scalars(_seats(term_id)).all()


def seats_with_people(session: Session, actor: Actor, term_id: int) -> Sequence[CouncilSeat]:
    """A term's seats with who sits there: for the council itself and coordinators."""
    check_workspace(session, actor)
    return session.scalars(
        _seats(term_id).options(joinedload(CouncilSeat.member).joinedload(BankMember.municipality))
    ).all()


def seat_to_change(session: Session, actor: Actor, public_id: str) -> CouncilSeat:
    """One seat with its person, for those who appoint. Raises NotFound."""
    check_manager(actor)
    return _found(
        session.scalar(
            select(CouncilSeat)
            .where(CouncilSeat.public_id == public_id)
            .options(joinedload(CouncilSeat.term), joinedload(CouncilSeat.member))
        )
    )


def own_seat(session: Session, account_id: int | None) -> CouncilSeat | None:
    """The seat a person holds now, in the newest term."""
    return session.scalar(
        select(CouncilSeat)
        .join(BankMember, BankMember.id == CouncilSeat.member_id)
        .where(BankMember.account_id == account_id)
        .options(joinedload(CouncilSeat.term), joinedload(CouncilSeat.member))
        .order_by(CouncilSeat.since.desc(), CouncilSeat.id.desc())
        .limit(1)
    )


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


def nearest_meeting(session: Session) -> CouncilMeeting | None:
    """The nearest meeting of any term that has not ended. One query."""
    return session.scalar(
        select(CouncilMeeting)
        .join(Activity, Activity.id == CouncilMeeting.activity_id)
        .where(Activity.state.in_(STILL_TO_COME), Activity.ends_at > now())
        .options(joinedload(CouncilMeeting.activity))
        .order_by(Activity.starts_at, CouncilMeeting.id)
        .limit(1)
    )


def _seats(term_id: int) -> Select[CouncilSeat]:
    return (
        select(CouncilSeat)
        .where(CouncilSeat.term_id == term_id)
        .order_by(CouncilSeat.is_alternate, CouncilSeat.number, CouncilSeat.id)
    )


# ---------------------------------------------------------------- representations


def open_representations(session: Session) -> Sequence[Representation]:
    """Who represents residents in which group now, by group. Without people."""
    return session.scalars(_open_representations()).all()


def representations_with_people(session: Session, actor: Actor) -> Sequence[Representation]:
    """As `open_representations`, with who it is: for the council itself and coordinators."""
    check_workspace(session, actor)
    return session.scalars(_open_representations().options(joinedload(Representation.member))).all()


def representation_to_change(session: Session, actor: Actor, public_id: str) -> Representation:
    """One representation, for those who appoint. Raises NotFound."""
    check_manager(actor)
    return _found(
        session.scalar(
            select(Representation)
            .where(Representation.public_id == public_id)
            .options(
                joinedload(Representation.group),
                joinedload(Representation.member),
                joinedload(Representation.seat),
            )
        )
    )


def representations_of_member(session: Session, member_id: int) -> Sequence[Representation]:
    """Somebody's representations, past ones too."""
    return session.scalars(
        select(Representation)
        .where(Representation.member_id == member_id)
        .options(joinedload(Representation.group))
        .order_by(Representation.from_on, Representation.id)
    ).all()


def leading_seat_ids(representations: Sequence[Representation]) -> frozenset[int]:
    """Council seats whose holder also has a place in the county's lead."""
    return frozenset(
        item.seat_id
        for item in representations
        if item.seat_id is not None and item.group.kind == LEADING_GROUP_KIND
    )


def _open_representations() -> Select[Representation]:
    return (
        select(Representation)
        .join(Group, Group.id == Representation.group_id)
        .where(
            Representation.from_on <= today(),
            or_(Representation.to_on.is_(None), Representation.to_on >= today()),
        )
        .options(joinedload(Representation.group), joinedload(Representation.seat))
        .order_by(Group.position, Representation.kind.desc(), Representation.id)
    )


# ---------------------------------------------------------------- meetings


def meetings_of(session: Session, actor: Actor, term_id: int) -> Sequence[CouncilMeeting]:
    """A term's meetings, newest first. Raises NotFound for outsiders."""
    check_workspace(session, actor)
    return session.scalars(
        select(CouncilMeeting)
        .join(Activity, Activity.id == CouncilMeeting.activity_id)
        .where(CouncilMeeting.term_id == term_id)
        .options(joinedload(CouncilMeeting.activity))
        .order_by(Activity.starts_at.desc(), CouncilMeeting.id.desc())
        .limit(SHOWN_MEETINGS)
    ).all()


def next_meeting(
    session: Session, term_id: int, *, with_agenda: bool = False
) -> CouncilMeeting | None:
    """The nearest meeting that has not ended. The caller decides what to show of it."""
    more = [selectinload(CouncilMeeting.agenda)] if with_agenda else []
    return session.scalar(
        select(CouncilMeeting)
        .join(Activity, Activity.id == CouncilMeeting.activity_id)
        .where(
            CouncilMeeting.term_id == term_id,
            Activity.state.in_(STILL_TO_COME),
            Activity.ends_at > now(),
        )
        .options(joinedload(CouncilMeeting.activity), *more)
        .order_by(Activity.starts_at, CouncilMeeting.id)
        .limit(1)
    )


def meeting_visible_to(session: Session, actor: Actor, public_id: str) -> CouncilMeeting:
    """One meeting with activity, agenda and decisions. Raises NotFound."""
    check_workspace(session, actor)
    return _found(
        session.scalar(
            select(CouncilMeeting)
            .where(CouncilMeeting.public_id == public_id)
            .options(
                joinedload(CouncilMeeting.activity),
                selectinload(CouncilMeeting.agenda),
                selectinload(CouncilMeeting.decisions),
                joinedload(CouncilMeeting.term),
            )
        )
    )


def decisions_of(session: Session, actor: Actor, term_id: int) -> Sequence[CouncilDecision]:
    """A term's decisions: what is not done first, then the newest."""
    check_workspace(session, actor)
    return session.scalars(
        select(CouncilDecision)
        .join(CouncilMeeting, CouncilMeeting.id == CouncilDecision.meeting_id)
        .where(CouncilMeeting.term_id == term_id)
        .options(joinedload(CouncilDecision.meeting).joinedload(CouncilMeeting.activity))
        .order_by(
            CouncilDecision.done_on.is_not(None),
            CouncilDecision.due_on.is_(None),
            CouncilDecision.due_on,
            CouncilDecision.id.desc(),
        )
        .limit(SHOWN_DECISIONS)
    ).all()


def decision_of_meeting(
    session: Session, meeting: CouncilMeeting, public_id: str
) -> CouncilDecision:
    """One decision of a meeting the caller may see. Raises NotFound."""
    return _found(
        session.scalar(
            select(CouncilDecision).where(
                CouncilDecision.meeting_id == meeting.id, CouncilDecision.public_id == public_id
            )
        )
    )


# ---------------------------------------------------------------- statements


@dataclass(frozen=True)
class StatementLine:
    """A statement and the group's answer, which is a commitment; none before it is sent."""

    statement: Statement
    commitment: Commitment | None

    @property
    def is_answered(self) -> bool:
        return self.commitment is not None and self.commitment.answered_on is not None

    @property
    def waits(self) -> bool:
        return self.commitment is not None and self.commitment.answered_on is None

    @property
    def days_late(self) -> int:
        if self.commitment is None:
            return 0
        return days_late(self.commitment.due_on, self.commitment.answered_on, today())


def sent_statements(session: Session, term_id: int | None = None) -> Sequence[StatementLine]:
    """Statements the council has sent, with the answers; newest first. Public. One query."""
    return _lines(session, _statements(term_id).where(Statement.sent_on.is_not(None)))


def all_statements(session: Session, actor: Actor, term_id: int) -> Sequence[StatementLine]:
    """Drafts first, then what was sent. Raises NotFound for outsiders. One query."""
    check_workspace(session, actor)
    return _lines(session, _statements(term_id))


def public_statement(session: Session, public_id: str) -> StatementLine:
    """One sent statement. Raises NotFound, for drafts too."""
    return _one_line(
        session,
        _statements(None).where(Statement.public_id == public_id, Statement.sent_on.is_not(None)),
    )


def statement_visible_to(session: Session, actor: Actor, public_id: str) -> StatementLine:
    """One statement, drafts included, for the council and coordinators. Raises NotFound."""
    check_workspace(session, actor)
    return _one_line(session, _statements(None).where(Statement.public_id == public_id))


Statements = Select[Statement, Commitment]


def _statements(term_id: int | None) -> Statements:
    """Statements with what the group owes: one commitment each, made when it was sent."""
    statement = select(Statement, Commitment).outerjoin(
        Commitment,
        and_(
            Commitment.subject_kind == SUBJECT_KIND,
            Commitment.subject_public_id == Statement.public_id,
        ),
    )
    if term_id is not None:
        statement = statement.where(Statement.term_id == term_id)
    return statement.options(joinedload(Statement.group)).order_by(
        Statement.sent_on.is_not(None), Statement.sent_on.desc(), Statement.id.desc()
    )


def _lines(session: Session, wanted: Statements) -> Sequence[StatementLine]:
    return [StatementLine(statement, owed) for statement, owed in session.execute(wanted)]


def _one_line(session: Session, wanted: Statements) -> StatementLine:
    lines = _lines(session, wanted)
    if not lines:
        raise NotFound
    return lines[0]


def waiting_statements(session: Session) -> Sequence[StatementLine]:
    """Sent statements of terms that go on without an answer, longest waiting first. One query."""
    wanted = (
        _statements(None)
        .join(CouncilTerm, CouncilTerm.id == Statement.term_id)
        .where(CouncilTerm.ends_on >= today(), Commitment.id.is_not(None))
        .where(Commitment.answered_on.is_(None))
    )
    return sorted(_lines(session, wanted), key=lambda line: line.days_late, reverse=True)


def statement_documents(session: Session) -> list[SearchDocument]:
    """Sent statements for the search index: public."""
    return [
        statement_document(line.statement, line.commitment) for line in sent_statements(session)
    ]


def statement_document(statement: Statement, commitment: Commitment | None) -> SearchDocument:
    """One sent statement as the search index knows it, with the answer once there is one."""
    answer = commitment.answer_text if commitment is not None else ""
    return SearchDocument(
        source=SEARCH_SOURCE,
        object_id=statement.public_id,
        title=statement.title,
        body=f"{statement.text} {answer}".strip(),
        address=Address(endpoint="council.statement", values={"public_id": statement.public_id}),
    )


# ---------------------------------------------------------------- the public page


@dataclass(frozen=True)
class CouncilPage:
    """What everybody may see of the council."""

    term: CouncilTerm
    seats: Sequence[CouncilSeat]
    representations: Sequence[Representation]
    statements: Sequence[StatementLine]
    meeting: CouncilMeeting | None

    @property
    def ordinary(self) -> Sequence[CouncilSeat]:
        return [seat for seat in self.seats if not seat.is_alternate]

    @property
    def filled(self) -> int:
        return sum(not seat.is_vacant for seat in self.ordinary)

    @property
    def leading(self) -> frozenset[int]:
        return leading_seat_ids(self.representations)

    @property
    def waiting(self) -> int:
        return sum(line.waits for line in self.statements)

    @property
    def late(self) -> int:
        return sum(line.days_late > 0 for line in self.statements)

    def map_seats(self) -> Sequence[Mapping[str, object]]:
        """The ordinary seats as the seat map draws them."""
        return [
            {"number": s.number, "is_lead": s.id in self.leading, "is_vacant": s.is_vacant}
            for s in self.ordinary
        ]

    def places_of(self, seat: CouncilSeat) -> Sequence[Representation]:
        return [item for item in self.representations if item.seat_id == seat.id]


def council_page(session: Session) -> CouncilPage | None:
    """The current council, or None before there is one."""
    term = current_term(session)
    if term is None:
        return None
    return CouncilPage(
        term=term,
        seats=seats_of(session, term.id),
        representations=open_representations(session),
        statements=sent_statements(session, term.id),
        meeting=next_meeting(session, term.id),
    )


# ---------------------------------------------------------------- figures


def resident_seats_filled(session: Session, years: range) -> dict[int, int | None]:
    """Places residents hold: in the council (alternates not counted) and in the groups.

    Counted on the year's last day, or today. None for a year to come or before any council.
    """
    held = _held(session)

    def filled(day: date) -> int | None:
        begun = any(place.since <= day for place in held)
        return sum(place.on(day) for place in held) if begun else None

    return _by_year(years, filled)


def young_people_in_forums(session: Session, years: range) -> dict[int, int | None]:
    """Places held by somebody of at most 25 years, counted as `resident_seats_filled`."""
    held = _held(session)

    def young(day: date) -> int:
        return sum(place.on(day) and is_young(place.birth_year, day) for place in held)

    return _by_year(years, young)


def _by_year(years: range, counted: Callable[[date], int | None]) -> dict[int, int | None]:
    days = ((year, reference_day(year, today())) for year in years)
    return {year: None if day is None else counted(day) for year, day in days}


def _held(session: Session) -> list[Held]:
    """Every place somebody holds or held, as spans of days. One query."""
    held_now = (
        select(CouncilSeat.since, cast(null(), Date), BankMember.birth_year)
        .join(BankMember, BankMember.id == CouncilSeat.member_id)
        .where(~CouncilSeat.is_alternate)
    )
    held_before = (
        select(SeatPast.since, SeatPast.until, BankMember.birth_year)
        .join(BankMember, BankMember.id == SeatPast.member_id)
        .join(CouncilSeat, CouncilSeat.id == SeatPast.seat_id)
        .where(~CouncilSeat.is_alternate)
    )
    represents = select(Representation.from_on, Representation.to_on, BankMember.birth_year).join(
        BankMember, BankMember.id == Representation.member_id
    )
    places: CompoundSelect[date | None, date | None, int | None]
    places = union_all(held_now, held_before, represents)
    return [
        Held(since=since or date.max, until=until, birth_year=born)
        for since, until, born in session.execute(places)
    ]


def count_decisions_open(session: Session, term_id: int) -> int:
    """Decisions with a date that are not done."""
    return (
        session.scalar(
            select(func.count(CouncilDecision.id))
            .join(CouncilMeeting, CouncilMeeting.id == CouncilDecision.meeting_id)
            .where(CouncilMeeting.term_id == term_id, CouncilDecision.done_on.is_(None))
        )
        or 0
    )


def _found(row: Row | None) -> Row:
    if row is None:
        raise NotFound
    return row
