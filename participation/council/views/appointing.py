"""Coordinators fill seats, note vacancies and appoint representatives."""

from collections.abc import Sequence
from typing import Any

from flask import flash, request

from participation.council import queries
from participation.council.forms import RepresentationForm, SeatForm, VacateForm
from participation.council.models import CouncilSeat
from participation.council.services import (
    appoint_representation,
    end_representation,
    seat_member,
    vacate_seat,
)
from participation.council.views import words
from participation.council.views.blueprint import council
from participation.county.queries import group_by_public_id, groups, resident_seats
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
from participation.interest_bank.queries import (
    Filters,
    member_visible_to,
    members_visible_to,
)

SHOWN_PEOPLE = 20


@council.get("/council/seats/<public_id>/fill")
@requires(Permission.MANAGE_COUNCIL)
def fill_seat(public_id: str) -> str:
    seat = queries.seat_to_change(db(), actor(), public_id)
    return _fill(seat, SeatForm(formdata=None, data={"since": today()}))


@council.post("/council/seats/<public_id>/fill")
@requires(Permission.MANAGE_COUNCIL)
@commits
def fill_it(public_id: str) -> Any:
    seat = queries.seat_to_change(db(), actor(), public_id)
    form = SeatForm()
    form.member.choices = [(form["member"].data or "", "")]
    if not form.validate():
        return _fill(seat, form)
    member = member_visible_to(db(), actor(), form["member"].data)
    try:
        seat_member(db(), actor(), seat, member, since=form["since"].data)
    except Conflict:
        form.add_error("member", _("That does not work: the person has a seat already."))
        return _fill(seat, form)
    flash(_("Seat %(number)s is filled. The person gets a mail.", number=seat.number))
    return see_other("council.people")


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
        vacate_seat(db(), actor(), seat, on=form["on"].data, reason=form["reason"].data or "")
    except Conflict:
        form.add_error("on", _("The day must not come before the person took the seat."))
        return render("council/empty_seat.html", seat=seat, form=form, words=words)
    flash(_("Seat %(number)s is empty now.", number=seat.number))
    return see_other("council.people")


@council.get("/council/representations/new")
@requires(Permission.MANAGE_COUNCIL)
def new_representation() -> str:
    queries.check_manager(actor())
    return _represent(RepresentationForm(formdata=None, data={"from_on": today()}))


@council.post("/council/representations/new")
@requires(Permission.MANAGE_COUNCIL)
@commits
def represent() -> Any:
    queries.check_manager(actor())
    form = RepresentationForm()
    _offer_groups(form)
    form.person.choices = [(form["person"].data or "", "")]
    if not form.validate():
        return _represent(form)
    try:
        appoint_representation(
            db(),
            actor(),
            group=group_by_public_id(db(), form["group"].data),
            kind=form["kind"].data,
            from_on=form["from_on"].data,
            **_who(form["person"].data),
        )
    except Conflict:
        form.add_error("kind", _("All places of that kind in the group are taken."))
        return _represent(form)
    flash(_("The representation is noted."))
    return see_other("council.people")


@council.post("/council/representations/<public_id>/end")
@requires(Permission.MANAGE_COUNCIL)
@commits
def end(public_id: str) -> Any:
    item = queries.representation_to_change(db(), actor(), public_id)
    end_representation(db(), actor(), item)
    flash(_("The representation ends today."))
    return see_other("council.people")


def _fill(seat: CouncilSeat, form: SeatForm) -> str:
    found = _people_found()
    form.member.choices = [(member.public_id, _label(member)) for member in found]
    return render(
        "council/fill_seat.html", seat=seat, form=form, typed=_typed(), found=found, words=words
    )


def _represent(form: RepresentationForm) -> str:
    term = queries.current_term(db())
    seats = queries.seats_with_people(db(), actor(), term.id) if term else []
    _offer_groups(form)
    held = [
        (f"seat:{seat.public_id}", _seat_label(seat)) for seat in seats if seat.member is not None
    ]
    others = [(f"member:{member.public_id}", _label(member)) for member in _people_found()]
    form.person.choices = [*others, *held]
    return render("council/represent.html", form=form, typed=_typed())


def _offer_groups(form: RepresentationForm) -> None:
    wanted = {seat.group_id for seat in resident_seats(db())}
    form.group.choices = [
        (item.public_id, item.name_in(current_locale()))
        for item in groups(db())
        if item.id in wanted and item.kind != "council"
    ]


def _who(person: str) -> dict[str, Any]:
    kind, _colon, public_id = person.partition(":")
    if kind == "seat":
        return {"seat": queries.seat_to_change(db(), actor(), public_id)}
    return {"member": member_visible_to(db(), actor(), public_id)}


def _typed() -> str:
    return request.args.get("q", "").strip()[:100]


def _people_found() -> Sequence[BankMember]:
    """Members of the bank whose name was searched for; nobody before somebody has searched."""
    if not _typed():
        return []
    statement = members_visible_to(actor(), Filters(text=_typed()))
    found = db().scalars(statement.limit(SHOWN_PEOPLE)).all()
    log_access_to([member.account_id for member in found], "bank_searched", "bank", "council")
    return found


def _label(member: BankMember) -> str:
    if member.is_protected or member.municipality is None:
        return member.name
    return f"{member.name}, {member.municipality.name_in(current_locale())}"


def _seat_label(seat: CouncilSeat) -> str:
    assert seat.member is not None
    return _("Seat %(number)s: %(name)s", number=seat.number, name=words.inside_name(seat.member))
