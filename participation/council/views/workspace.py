"""The council's own room: the next meeting, what was decided, which answers are owed."""

from typing import Any

from flask import flash

from participation.assignments.queries import own_assignments
from participation.council import queries
from participation.council.forms import TermForm
from participation.council.rules.terms import Renewal
from participation.council.services import Layout, open_term
from participation.council.views import words
from participation.council.views.blueprint import council
from participation.foundation.clock import today
from participation.foundation.errors import Conflict
from participation.foundation.i18n import current_locale
from participation.foundation.i18n import gettext as _
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


@council.get("/council/workspace")
@requires(Permission.COUNCIL_WORKSPACE)
def workspace() -> str:
    """What waits for the person, the next meeting, what is unsettled."""
    account_id = actor().account_id
    own_seat = queries.own_seat(db(), account_id)
    queries.check_workspace(db(), actor())
    sits = own_seat is not None and own_seat.term.goes_on(today())
    term = own_seat.term if own_seat and sits else queries.current_term(db())
    if term is None:
        return render("council/no_term.html", may_appoint=words.may_appoint(actor()))
    meeting = queries.next_meeting(db(), term.id)
    still_open = queries.open_decisions(db(), actor())
    promises = [one for one in still_open if words.is_promised_by(one, account_id)]
    return render(
        "council/workspace.html",
        term=term,
        meeting=meeting,
        papers=queries.papers_of(db(), meeting) if meeting else {},
        own_seat=own_seat,
        promises=promises,
        fees=words.fees(own_assignments(db(), account_id) if account_id else ()),
        decisions=[one for one in still_open if one not in promises],
        statements=queries.all_statements(db(), actor(), term.id),
        words=words,
        may_appoint=words.may_appoint(actor()),
        locale_code=current_locale(),
    )


@council.get("/council/people")
@requires(Permission.COUNCIL_WORKSPACE)
def people() -> Any:
    """Who sits in the council, who is asked, and who steps in; for members and coordinators."""
    queries.check_workspace(db(), actor())
    term = queries.current_term(db())
    if term is None:
        return see_other("council.workspace")
    representations = queries.representations_with_people(db(), actor())
    seats = queries.seats_with_people(db(), actor(), term.id)
    may_appoint = words.may_appoint(actor())
    offers = queries.offers_of_term(db(), actor(), term.id) if may_appoint else []
    shown = [seat.member for seat in seats] + [offer.member for offer in offers]
    log_access_to(
        [member.account_id for member in shown if member is not None],
        "council_people_read",
        "council_term",
        term.public_id,
    )
    return render(
        "council/people.html",
        page=queries.CouncilPage(term, seats, representations),
        asked={offer.seat_id: offer for offer in offers if offer.is_open},
        offers=offers,
        words=words,
        may_appoint=may_appoint,
        locale_code=current_locale(),
    )


@council.get("/council/terms/new")
@requires(Permission.MANAGE_COUNCIL)
def new_term() -> str:
    queries.check_manager(actor())
    seats = queries.council_seats_in_county(db())
    return render("council/term.html", form=TermForm(formdata=None, data=seats))


@council.post("/council/terms/new")
@requires(Permission.MANAGE_COUNCIL)
@commits
def open_new_term() -> Any:
    queries.check_manager(actor())
    form = TermForm()
    if not form.validate():
        return render("council/term.html", form=form)
    try:
        open_term(
            db(),
            actor(),
            name=form["name"].data,
            starts_on=form["starts_on"].data,
            ends_on=form["ends_on"].data,
            layout=Layout(
                seats=form["seats"].data,
                alternates=form["alternates"].data,
                renewal=Renewal(form["renewal"].data),
            ),
        )
    except Conflict:
        form.add_error("starts_on", _("Another term has some of these days."))
        return render("council/term.html", form=form)
    flash(_("The term is open. Now its seats can be filled."))
    return see_other("council.workspace")
