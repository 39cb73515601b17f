"""A member decides whether and how everybody may see them, and when to leave."""

from typing import Any

from flask import flash

from participation.council import queries
from participation.council.forms import LeaveForm, ShownForm, ShownNameForm
from participation.council.models import CouncilSeat
from participation.council.services import (
    Shown,
    hide_representation,
    hide_seat,
    leave_seat,
    show_representation,
    show_seat,
)
from participation.council.views import words
from participation.council.views.blueprint import council
from participation.foundation.errors import NotFound
from participation.foundation.i18n import current_locale
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, render, requires, see_other


@council.get("/council/my-seat")
@requires(Permission.COUNCIL_WORKSPACE)
def my_seat() -> str:
    seat = queries.own_seat(db(), actor().account_id)
    told = (
        {
            "name": seat.shown_name,
            "about": seat.shown_about,
            "shows_municipality": seat.shows_municipality,
        }
        if seat
        else {}
    )
    return _page(seat, ShownForm(formdata=None, data=told))


@council.post("/council/my-seat/show")
@requires(Permission.COUNCIL_WORKSPACE)
@commits
def show_me() -> Any:
    seat = _own_seat()
    form = ShownForm()
    if not form.validate():
        return _page(seat, form)
    shown = Shown(
        name=form["name"].data,
        about=form["about"].data or "",
        shows_municipality=form["shows_municipality"].data,
    )
    show_seat(db(), actor(), seat, shown)
    flash(_("Everybody can see you as %(name)s now.", name=shown.name))
    return see_other("council.my_seat")


@council.post("/council/my-seat/hide")
@requires(Permission.COUNCIL_WORKSPACE)
@commits
def hide_me() -> Any:
    hide_seat(db(), actor(), _own_seat())
    flash(_("Your name is gone from the public page."))
    return see_other("council.my_seat")


@council.get("/council/my-seat/leave")
@requires(Permission.COUNCIL_WORKSPACE)
def leave() -> Any:
    seat = queries.own_seat(db(), actor().account_id)
    if seat is None:
        return see_other("council.my_seat")
    return render("council/leave.html", seat=seat, form=LeaveForm(formdata=None))


@council.post("/council/my-seat/leave")
@requires(Permission.COUNCIL_WORKSPACE)
@commits
def leave_it() -> Any:
    seat = _own_seat()
    form = LeaveForm()
    if not form.validate():
        return render("council/leave.html", seat=seat, form=form)
    leave_seat(db(), actor(), seat, form["reason"].data or "")
    flash(_("You have left the council. Thank you for what you gave."))
    return see_other("interest_bank.membership")


@council.get("/council/my-places")
@requires(Permission.OWN_PAGE)
def my_places() -> str:
    """Somebody's places in groups, and under which name everybody may see them there."""
    return _places(ShownNameForm(formdata=None))


@council.post("/council/my-places/<public_id>/show")
@requires(Permission.OWN_PAGE)
@commits
def show_my_place(public_id: str) -> Any:
    item = queries.own_representation(db(), actor().account_id, public_id)
    form = ShownNameForm()
    if not form.validate():
        return _places(form)
    show_representation(db(), actor(), item, form["name"].data)
    flash(_("Everybody can see you as %(name)s now.", name=form["name"].data))
    return see_other("council.my_places")


@council.post("/council/my-places/<public_id>/hide")
@requires(Permission.OWN_PAGE)
@commits
def hide_my_place(public_id: str) -> Any:
    item = queries.own_representation(db(), actor().account_id, public_id)
    hide_representation(db(), actor(), item)
    flash(_("Your name is gone from the public page."))
    return see_other("council.my_places")


def _own_seat() -> CouncilSeat:
    seat = queries.own_seat(db(), actor().account_id)
    if seat is None:
        raise NotFound
    return seat


def _page(seat: CouncilSeat | None, form: ShownForm) -> str:
    return render(
        "council/my_seat.html",
        seat=seat,
        form=form,
        is_protected=bool(seat and seat.member and seat.member.is_protected),
        words=words,
    )


def _places(form: ShownNameForm) -> str:
    return render(
        "council/my_places.html",
        places=queries.own_representations(db(), actor().account_id),
        form=form,
        words=words,
        locale_code=current_locale(),
    )
