"""The council is drawn by lot: begun, asked, declined, replaced without losing the spread."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from participation.council import queries
from participation.council.models import CouncilSeat, CouncilTerm, SeatOffer
from participation.council.rules.offers import OfferState, offer_token
from participation.council.services import (
    accept_offer,
    ask_drawn,
    begin_council_draw,
    decline_and_replace,
    lapse_and_replace,
    replace_by_lot,
    vacate_seat,
)
from participation.foundation.clock import frozen_at, now, today
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.events import replace_subscribers
from participation.foundation.permissions import SYSTEM, Actor, Grant, Role
from participation.interest_bank.models import BankMember
from participation.registry import FEATURES
from participation.selection.models import Draw
from participation.selection.queries import panel_of
from participation.selection.services import DrawUnderWay, TooFewCandidates
from tests.factories.council import make_seated, make_term, seat_numbered
from tests.factories.draws import drawn, make_candidates, run_jobs
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty

Sessions = sessionmaker[Session]
COORDINATOR = Actor(display_name="Ebba", grants=(Grant(Role.COORDINATOR),), is_strong=True)


@pytest.fixture
def willing(session: Session, county: SmallCounty) -> list[BankMember]:
    """Six women and four men who can imagine the council; everybody listens to the lot."""
    replace_subscribers(FEATURES.collect("subscribers"))
    members = make_candidates(session)
    for member in members:
        member.assignments = ["council"]
    session.commit()
    return members


@pytest.fixture
def term(session: Session, willing: list[BankMember]) -> CouncilTerm:
    return make_term(session, seats=3, alternates=2)


def _asked(session: Session, sessions: Sessions, term: CouncilTerm) -> list[SeatOffer]:
    """Drawn and asked, committed."""
    made = drawn(session, sessions, begin_council_draw(session, COORDINATOR, term))
    assert made.has_panel
    offers = ask_drawn(session, SYSTEM, term, reply_by=now() + timedelta(days=14))
    session.commit()
    return offers


def _seats(session: Session, term: CouncilTerm) -> dict[tuple[bool, int], CouncilSeat]:
    session.expire_all()
    return {(s.is_alternate, s.number): s for s in queries.seats_of(session, term.id)}


def _open_offers(session: Session) -> list[SeatOffer]:
    session.expire_all()
    return list(
        session.scalars(
            select(SeatOffer).where(SeatOffer.state == OfferState.ASKED).order_by(SeatOffer.id)
        )
    )


def _panel(session: Session, term: CouncilTerm) -> set[int | None]:
    draw = queries.draw_of_term(session, term)
    assert draw is not None
    return {place.person.member_id for place in panel_of(session, draw)}


def test_only_those_who_want_to_be_asked_and_do_not_rest_are_in_the_lottery(
    session: Session, willing: list[BankMember], term: CouncilTerm
) -> None:
    willing[0].assignments = []
    willing[1].state = "paused"
    make_seated(session, term, number=1)
    session.flush()
    pool = queries.council_pool(session, COORDINATOR, term)
    assert {member.id for member in pool.free} == {member.id for member in willing[2:]}
    assert pool.resting == 1


def test_a_draw_needs_more_people_than_seats_and_an_empty_seat(
    session: Session, willing: list[BankMember], term: CouncilTerm
) -> None:
    begin_council_draw(session, COORDINATOR, term)
    with pytest.raises(DrawUnderWay):
        begin_council_draw(session, COORDINATOR, term)
    for member in willing[3:]:
        member.assignments = []
    session.flush()
    later = today() + timedelta(days=2_000)
    coming = make_term(
        session, group=term.group, seats=3, starts_on=later, ends_on=later + timedelta(days=9)
    )
    with pytest.raises(TooFewCandidates):
        begin_council_draw(session, COORDINATOR, coming)
    for number in (1, 2, 3):
        make_seated(session, coming, number=number)
    with pytest.raises(Conflict):
        begin_council_draw(session, COORDINATOR, coming)


def test_those_drawn_are_asked_and_take_their_seats(
    session: Session, sessions: Sessions, term: CouncilTerm
) -> None:
    with pytest.raises(Conflict):  # nothing is drawn
        ask_drawn(session, SYSTEM, term, reply_by=now() + timedelta(days=14))
    offers = _asked(session, sessions, term)
    assert len(offers) == 5
    assert not ask_drawn(session, SYSTEM, term, reply_by=now() + timedelta(days=14))
    for offer in offers:
        accept_offer(session, SYSTEM, offer)
    seats = _seats(session, term)
    assert all(not seat.is_vacant for seat in seats.values())
    ordinary = {seat.member_id for key, seat in seats.items() if not key[0]}
    assert ordinary == _panel(session, term)


def test_whoever_says_no_is_replaced_by_lot_and_the_spread_stays(
    session: Session, sessions: Sessions, term: CouncilTerm
) -> None:
    offers = _asked(session, sessions, term)
    first, second = offers[0], offers[1]
    declined = {first.member_id, second.member_id}
    decline_and_replace(session, SYSTEM, first)
    decline_and_replace(session, SYSTEM, second)  # waits for the first search to end
    session.commit()
    run_jobs(sessions)
    session.rollback()
    panel = _panel(session, term)
    assert len(panel) == 3
    assert not panel & declined
    asked = {o.member_id for o in _open_offers(session) if not _seat_of(session, o).is_alternate}
    assert asked == panel


def _seat_of(session: Session, offer: SeatOffer) -> CouncilSeat:
    return session.get_one(CouncilSeat, offer.seat_id)


def test_an_alternate_who_has_accepted_steps_in_when_the_lot_names_them(
    session: Session, sessions: Sessions, term: CouncilTerm
) -> None:
    offers = _asked(session, sessions, term)
    alternates = {offer.member_id for offer in offers if _seat_of(session, offer).is_alternate}
    for offer in offers[1:]:
        accept_offer(session, SYSTEM, offer)
    decline_and_replace(session, SYSTEM, offers[0])
    session.commit()
    run_jobs(sessions)
    session.rollback()
    seat = _seats(session, term)[False, 1]
    assert seat.member_id in alternates
    assert not _open_offers(session)


def test_a_question_nobody_answers_is_passed_on(
    session: Session, sessions: Sessions, term: CouncilTerm
) -> None:
    offers = _asked(session, sessions, term)
    for offer in offers[1:]:
        accept_offer(session, SYSTEM, offer)
    session.commit()
    with frozen_at(now() + timedelta(days=15)):
        assert lapse_and_replace(session) == 1
        session.commit()
        run_jobs(sessions)
        session.rollback()
        assert offers[0].member_id not in _panel(session, term)


def test_a_successor_is_drawn_for_whoever_leaves_in_mid_term(
    session: Session, sessions: Sessions, term: CouncilTerm
) -> None:
    for offer in _asked(session, sessions, term):
        accept_offer(session, SYSTEM, offer)
    seat = seat_numbered(session, term, 2)
    gone = seat.member_id
    assert not queries.can_replace_by_lot(session, seat)
    vacate_seat(session, SYSTEM, seat)
    assert queries.can_replace_by_lot(session, seat)
    assert replace_by_lot(session, SYSTEM, seat)
    session.commit()
    run_jobs(sessions)
    session.rollback()
    assert gone not in _panel(session, term)
    assert len(_panel(session, term)) == 3
    with pytest.raises(NotFound):
        replace_by_lot(session, SYSTEM, seat_numbered(session, term, 1))


def test_a_coordinator_begins_the_draw_and_asks_those_drawn(
    session: Session,
    sessions: Sessions,
    term: CouncilTerm,
    as_coordinator: CheckingClient,
    client: CheckingClient,
) -> None:
    session.commit()
    assert "Börja en lottning" in as_coordinator.page("/council/draw")
    begun = as_coordinator.submit("/council/draw")
    assert "/quotas" in begun.headers["Location"]
    assert "Fortsätt med lottningen" in as_coordinator.page("/council/draw")
    as_coordinator.submit("/council/draw/ask")  # too early: said in words
    assert "Lottningen är inte gjord än" in as_coordinator.page("/council/draw")
    made = session.scalars(select(Draw)).one()
    drawn(session, sessions, made)
    session.rollback()
    assert "5 personer är lottade" in as_coordinator.page("/council/draw")
    as_coordinator.submit("/council/draw/ask")
    offer = _open_offers(session)[0]
    link = f"/s/{offer_token(offer.public_id)}"
    session.rollback()
    client.submit(link, {"answer": "no"})
    session.rollback()
    run_jobs(sessions)
    session.rollback()
    assert offer.member_id not in _panel(session, term)
