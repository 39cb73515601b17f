"""The council is drawn by lot: begun here, and those who were drawn are asked from here."""

from collections.abc import Sequence
from typing import Any

from flask import flash

from participation.council import queries
from participation.council.models import CouncilTerm, SeatOffer
from participation.council.rules.offers import reply_by_from
from participation.council.services import ask_drawn, begin_council_draw
from participation.council.views import words
from participation.council.views.blueprint import council
from participation.foundation.clock import today
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import ngettext
from participation.foundation.permissions import Permission
from participation.foundation.web import (
    actor,
    commits,
    db,
    log_access_to,
    render,
    requires,
    see_other,
)
from participation.selection.queries import places_of
from participation.selection.rules.draws import STATE_LABELS, STATE_SHAPES
from participation.selection.services import DrawUnderWay, TooFewCandidates


@council.get("/council/draw")
@requires(Permission.MANAGE_COUNCIL)
def draw() -> Any:
    """Which seats are empty, whom they are drawn among, and how far the draw has come."""
    queries.check_manager(actor())
    term = queries.term_to_fill(db())
    if term is None:
        return see_other("council.new_term")
    offers = queries.offers_of_term(db(), actor(), term.id)
    log_access_to(
        [offer.member.account_id for offer in offers],
        "council_people_read",
        "council_term",
        term.public_id,
    )
    return render(
        "council/draw.html",
        term=term,
        offers=offers,
        reply_by=reply_by_from(today()),
        words=words,
        **_standing(term, offers),
    )


@council.post("/council/draw")
@requires(Permission.MANAGE_COUNCIL)
@commits
def begin_draw() -> Any:
    term = _term()
    try:
        made = begin_council_draw(db(), actor(), term)
    except TooFewCandidates:
        flash(_("Too few have said yes to be asked: there must be more people than seats."), "wait")
        return see_other("council.draw")
    except DrawUnderWay as going:
        return see_other("selection.overview", public_id=going.data["public_id"])
    return see_other("selection.quotas", public_id=made.public_id)


@council.post("/council/draw/ask")
@requires(Permission.MANAGE_COUNCIL)
@commits
def ask_those_drawn() -> Any:
    try:
        asked = ask_drawn(db(), actor(), _term(), reply_by=reply_by_from(today()))
    except Conflict:
        flash(_("The draw is not made yet."), "wait")
        return see_other("council.draw")
    flash(ngettext("%(num)s person is asked.", "%(num)s people are asked.", len(asked)))
    return see_other("council.draw")


def _term() -> CouncilTerm:
    queries.check_manager(actor())
    term = queries.term_to_fill(db())
    if term is None:
        raise NotFound
    return term


def _standing(term: CouncilTerm, offers: Sequence[SeatOffer]) -> dict[str, Any]:
    """How far the draw has come; whom it can be made among, when a new one can begin."""
    going = queries.draw_of_term(db(), term)
    has_panel = going is not None and going.has_panel
    places = places_of(db(), going.id) if going is not None and has_panel else []
    seats = queries.seats_of(db(), term.id)
    waiting = {offer.seat_id for offer in offers if offer.is_open}
    empty = [seat for seat in seats if seat.is_vacant and seat.id not in waiting]
    known = {seat.member_id for seat in seats} | {offer.member_id for offer in offers}
    to_ask = [place for place in places if place.person.member_id not in known]
    can_begin = bool(empty) and not to_ask and (going is None or has_panel)
    return {
        "draw": going,
        "draw_mark": (STATE_SHAPES[going.state], STATE_LABELS[going.state]) if going else None,
        "vacant": [seat for seat in seats if seat.is_vacant and not seat.is_alternate],
        "empty": [seat for seat in empty if not seat.is_alternate],
        "empty_alternates": [seat for seat in empty if seat.is_alternate],
        "to_ask": to_ask,
        "pool": queries.council_pool(db(), actor(), term) if can_begin else None,
    }
