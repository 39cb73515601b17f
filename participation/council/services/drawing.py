"""The council is drawn: the draw is begun here, and those it names are asked one by one.

Quotas, sealing, seed and the draw itself stand on selection's pages. Whoever says no, or lets the
time pass, is replaced by the same lot, so that the spread stays.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.council.models import CouncilSeat, CouncilTerm, SeatOffer
from participation.council.queries.drawing import (
    OWNER_KIND,
    council_pool,
    draw_of_term,
    draw_to_replace_in,
    empty_seats,
    gave_up_seat,
    members_in_line,
    members_who_declined,
    open_offers_to,
)
from participation.council.rules.offers import reply_by_from
from participation.council.rules.succession import VacancyKind
from participation.council.services.offers import (
    decline_offer,
    lapse_offers,
    offer_seat,
    withdraw_offer,
)
from participation.council.services.seats import step_in, vacate_seat
from participation.foundation.clock import today
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.eventlog.services import log_event
from participation.foundation.i18n import DEFAULT_LOCALE, use_locale
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import SYSTEM, Actor
from participation.interest_bank.models import BankMember
from participation.selection.models import Draw
from participation.selection.queries import alternates_of, panel_of, place_of_member
from participation.selection.rules.owners import DrawOwner, HeldBack
from participation.selection.services import ReplacementUnderWay, draw_replacement, prepare_draw

DRAW_PATH = "/council/draw"


def begin_council_draw(session: Session, actor: Actor, term: CouncilTerm) -> Draw:
    """Begin a draw of a term's empty seats and alternates, among those who want to be asked.

    Raises:
        Conflict: no seat is empty.
        TooFewCandidates: no more people than seats.
        DrawUnderWay: one is going on already.
    """
    seats = empty_seats(session, term.id, is_alternate=False, without_offer=True)
    if not seats:
        raise Conflict
    pool = council_pool(session, actor, term)
    with use_locale(DEFAULT_LOCALE):
        title = _("The development council %(term)s", term=term.name)
        rests = str(_("Has paused"))
    draw = prepare_draw(
        session,
        actor,
        title=title,
        seats=len(seats),
        alternates=len(empty_seats(session, term.id, is_alternate=True, without_offer=True)),
        members=[member.id for member in pool.free],
        owner=DrawOwner(kind=OWNER_KIND, public_id=term.public_id, path=DRAW_PATH),
        held_back=[HeldBack(rests, pool.resting)] if pool.resting else (),
        is_fictional=term.is_fictional,
    )
    log_event(session, actor, "council_draw_begun", "council_term", term.public_id)
    return draw


def ask_drawn(
    session: Session,
    actor: Actor,
    term: CouncilTerm,
    *,
    reply_by: datetime,
    is_told: bool = True,
) -> list[SeatOffer]:
    """Ask everybody who was drawn and has neither seat nor question yet; they get a link each.

    The panel is asked about ordinary seats, the alternates about theirs, in the order drawn.
    Raises Conflict before the draw is made.
    """
    draw = draw_of_term(session, term)
    if draw is None or not draw.has_panel:
        raise Conflict
    made = []
    for is_alternate, places in (
        (False, panel_of(session, draw)),
        (True, alternates_of(session, draw)),
    ):
        waiting = members_in_line(session, term.id, [place.person.member_id for place in places])
        seats = empty_seats(session, term.id, is_alternate=is_alternate, without_offer=True)
        made += [
            offer_seat(session, actor, seat, member, reply_by=reply_by, is_told=is_told)
            for seat, member in zip(seats, waiting, strict=False)
        ]
    log_event(session, actor, "council_drawn_asked", "council_term", term.public_id)
    return made


def decline_and_replace(session: Session, actor: Actor, offer: SeatOffer, reason: str = "") -> None:
    """The person says no; if they were drawn, the lot looks for a successor at once.

    Raises OfferClosed when it is too late.
    """
    decline_offer(session, actor, offer, reason)
    seat = session.get_one(CouncilSeat, offer.seat_id)
    go_on_replacing(session, seat.term_id)


def lapse_and_replace(session: Session) -> int:
    """Offers nobody answered in time are over, and the lot looks for successors; how many."""
    lapsed = lapse_offers(session)
    for term_id in sorted({session.get_one(CouncilSeat, o.seat_id).term_id for o in lapsed}):
        go_on_replacing(session, term_id)
    return len(lapsed)


def replace_by_lot(session: Session, actor: Actor, seat: CouncilSeat) -> bool:
    """Draw a successor of whoever held this empty seat, or said no to it.

    A search in the background follows, and then `seat_successors`. Returns whether it began: not
    while another goes on. Raises NotFound when nobody drawn has left the seat.
    """
    for member_id in gave_up_seat(session, seat.id):
        began = _replace(session, actor, seat.term_id, member_id)
        if began is not None:
            return began
    raise NotFound


def go_on_replacing(session: Session, term_id: int) -> None:
    """Begin the next search for a successor of somebody drawn who said no, if anybody waits."""
    for member_id in members_who_declined(session, term_id):
        if _replace(session, SYSTEM, term_id, member_id) is False:
            return


def seat_successors(
    session: Session, term: CouncilTerm, *, left: Collection[int], joined: Collection[int]
) -> None:
    """The lot has named successors: an alternate steps in, somebody else is asked by mail.

    Whoever leaves by a swap that a coordinator accepted leaves their seat. Then the next search
    begins, if another seat waits for one.
    """
    for seat in _held_by(session, term.id, left):
        vacate_seat(session, SYSTEM, seat, kind=VacancyKind.OTHER)
    for member_id in joined:
        free = empty_seats(session, term.id, is_alternate=False, without_offer=True)
        own = _held_by(session, term.id, [member_id])
        if free and own and own[0].is_alternate:
            step_in(session, SYSTEM, free[0], own[0])
        elif free and not own:
            _ask_successor(session, free[0], session.get_one(BankMember, member_id))
    go_on_replacing(session, term.id)


def _ask_successor(session: Session, seat: CouncilSeat, member: BankMember) -> None:
    """A link by mail; whoever thinks about an alternate's seat is asked about this instead."""
    for offer in open_offers_to(session, seat.term_id, member.id):
        withdraw_offer(session, SYSTEM, offer)
    if member.is_in_bank:
        offer_seat(session, SYSTEM, seat, member, reply_by=reply_by_from(today()))


def _replace(session: Session, actor: Actor, term_id: int, member_id: int) -> bool | None:
    """Whether a search began; False while another goes on, None when they hold no drawn place."""
    draw = draw_to_replace_in(session, term_id)
    if draw is None:
        return None
    try:
        number = place_of_member(session, draw, member_id).person.number
    except NotFound:
        return None
    if number is None:
        return None
    try:
        draw_replacement(session, actor, draw, number)
    except ReplacementUnderWay:
        return False
    return True


def _held_by(session: Session, term_id: int, member_ids: Collection[int]) -> list[CouncilSeat]:
    return list(
        session.scalars(
            select(CouncilSeat)
            .where(CouncilSeat.term_id == term_id, CouncilSeat.member_id.in_(member_ids))
            .order_by(CouncilSeat.id)
        )
    )
