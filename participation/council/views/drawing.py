"""The council is drawn by lot: begun here, and those who were drawn are asked from here."""

from typing import Any

from flask import flash

from participation.council import queries
from participation.council.models import CouncilTerm
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
from participation.selection.queries import alternates_of, panel_of
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
    going = queries.draw_of_term(db(), term)
    places = [*panel_of(db(), going), *alternates_of(db(), going)] if going else []
    return render(
        "council/draw.html",
        term=term,
        draw=going,
        draw_mark=(STATE_SHAPES[going.state], STATE_LABELS[going.state]) if going else None,
        empty=queries.empty_seats(db(), term.id, is_alternate=False, without_offer=True),
        empty_alternates=queries.empty_seats(db(), term.id, is_alternate=True, without_offer=True),
        pool=queries.council_pool(db(), actor(), term),
        to_ask=queries.members_in_line(db(), term.id, [p.person.member_id for p in places]),
        offers=offers,
        reply_by=reply_by_from(today()),
        words=words,
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
