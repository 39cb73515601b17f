"""Coordinators fill seats: an alternate steps in, somebody is asked or seated; and empty them."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask import flash

from participation.council import queries
from participation.council.forms import ASK, SeatForm, StepInForm, VacateForm
from participation.council.models import CouncilSeat
from participation.council.rules.offers import reply_by_from
from participation.council.rules.succession import VacancyKind
from participation.council.services import (
    offer_seat,
    replace_by_lot,
    seat_member,
    step_in,
    vacate_seat,
    withdraw_offer,
)
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
from participation.interest_bank.models import BankMember
from participation.interest_bank.queries import member_visible_to
from participation.interest_bank.views.people_found import label, people_found, typed


@council.get("/council/seats/<public_id>/fill")
@requires(Permission.MANAGE_COUNCIL)
def fill_seat(public_id: str) -> str:
    seat = queries.seat_to_change(db(), actor(), public_id)
    return _fill(seat, SeatForm(formdata=None, data={"since": today(), "how": ASK}))


@council.post("/council/seats/<public_id>/fill")
@requires(Permission.MANAGE_COUNCIL)
@commits
def fill_it(public_id: str) -> Any:
    seat = queries.seat_to_change(db(), actor(), public_id)
    form = SeatForm()
    form.member.choices = [(form["member"].data or "", "")]
    if not form.validate():
        return _fill(seat, form)
    try:
        flash(_ask_or_seat(seat, form))
    except Conflict:
        form.add_error("member", _("That does not work: the person has a seat, or is asked."))
        return _fill(seat, form)
    return see_other("council.people")


@council.post("/council/seats/<public_id>/step-in")
@requires(Permission.MANAGE_COUNCIL)
@commits
def let_step_in(public_id: str) -> Any:
    seat = queries.seat_to_change(db(), actor(), public_id)
    form = _step_in_form(_alternates(seat), is_sent=True)
    if not form.validate():
        return _fill(seat, SeatForm(formdata=None, data={"since": today(), "how": ASK}), form)
    alternate = queries.alternate_to_move(db(), actor(), seat.term_id, form["alternate"].data)
    step_in(db(), actor(), seat, alternate)
    flash(_("The alternate has seat %(number)s now, and gets a mail.", number=seat.number))
    return see_other("council.people")


@council.post("/council/seats/<public_id>/draw-successor")
@requires(Permission.MANAGE_COUNCIL)
@commits
def draw_successor(public_id: str) -> Any:
    """The lot looks for somebody who keeps the spread; they step in, or are asked by mail."""
    seat = queries.seat_to_change(db(), actor(), public_id)
    began = replace_by_lot(db(), actor(), seat)
    flash(
        _("The lot looks for a successor. Whoever it finds is asked by mail, or steps in.")
        if began
        else _("Another successor is being looked for. This seat comes next.")
    )
    return see_other("council.draw")


@council.post("/council/offers/<public_id>/withdraw")
@requires(Permission.MANAGE_COUNCIL)
@commits
def take_back_offer(public_id: str) -> Any:
    offer = queries.offer_to_change(db(), actor(), public_id)
    withdraw_offer(db(), actor(), offer)
    flash(_("The question is taken back. The link says so to whoever opens it."))
    return see_other("council.fill_seat", public_id=offer.seat.public_id)


@council.get("/council/seats/<public_id>/empty")
@requires(Permission.MANAGE_COUNCIL)
def empty_seat(public_id: str) -> str:
    seat = queries.seat_to_change(db(), actor(), public_id)
    form = VacateForm(formdata=None, data={"on": today()})
    return render("council/empty_seat.html", seat=seat, form=form, words=words)


@council.post("/council/seats/<public_id>/empty")
@requires(Permission.MANAGE_COUNCIL)
@commits
def empty_it(public_id: str) -> Any:
    seat = queries.seat_to_change(db(), actor(), public_id)
    form = VacateForm()
    if not form.validate():
        return render("council/empty_seat.html", seat=seat, form=form, words=words)
    try:
        vacate_seat(
            db(),
            actor(),
            seat,
            kind=VacancyKind(form["kind"].data),
            on=form["on"].data,
            reason=form["reason"].data or "",
        )
    except Conflict:
        form.add_error("on", _("The day must not come before the person took the seat."))
        return render("council/empty_seat.html", seat=seat, form=form, words=words)
    flash(_("Seat %(number)s is empty now.", number=seat.number))
    return see_other("council.fill_seat", public_id=public_id)


def _ask_or_seat(seat: CouncilSeat, form: SeatForm) -> str:
    """Ask the person by mail, or seat them at once; what to say about it."""
    member = member_visible_to(db(), actor(), form["member"].data)
    if form["how"].data == ASK:
        offer_seat(db(), actor(), seat, member, reply_by=reply_by_from(today()))
        return _("The question is sent. You see the answer here.")
    seat_member(db(), actor(), seat, member, since=form["since"].data)
    return _("Seat %(number)s is filled. The person gets a mail.", number=seat.number)


def _alternates(seat: CouncilSeat) -> Sequence[CouncilSeat]:
    """Who can step in to an ordinary seat, in their order."""
    if seat.is_alternate:
        return []
    return queries.sitting_alternates(db(), actor(), seat.term_id)


def _step_in_form(alternates: Sequence[CouncilSeat], *, is_sent: bool = False) -> StepInForm:
    """Alternates in the order they step in; the first is chosen beforehand."""
    first = {"alternate": alternates[0].public_id} if alternates else {}
    form = StepInForm() if is_sent else StepInForm(formdata=None, data=first)
    form.alternate.choices = [(one.public_id, words.alternate_label(one)) for one in alternates]
    return form


def _fill(seat: CouncilSeat, form: SeatForm, step_in_form: StepInForm | None = None) -> str:
    found = people_found("council")
    form.member.choices = [(member.public_id, label(member)) for member in found]
    waiting = _alternates(seat)
    alternates = step_in_form or _step_in_form(waiting)
    offers = [
        o for o in queries.offers_of_term(db(), actor(), seat.term_id) if o.seat_id == seat.id
    ]
    _log_seen(seat, [*(o.member for o in offers), *(one.member for one in waiting)])
    return render(
        "council/fill_seat.html",
        seat=seat,
        form=form,
        step_in_form=alternates,
        offers=offers,
        can_draw=queries.can_replace_by_lot(db(), seat),
        typed=typed(),
        found=found,
        words=words,
        locale_code=current_locale(),
        has_errors=bool(form.errors or alternates.errors),
    )


def _log_seen(seat: CouncilSeat, people: Iterable[BankMember | None]) -> None:
    seen = [member.account_id for member in people if member is not None]
    log_access_to(seen, "council_people_read", "council_seat", seat.public_id)
