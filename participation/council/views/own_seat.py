"""A member decides whether and how everybody may see them."""

from typing import Any

from flask import flash

from participation.council import queries
from participation.council.forms import ShownForm
from participation.council.services import hide_seat, show_seat
from participation.council.views.blueprint import council
from participation.foundation.errors import NotFound
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, render, requires, see_other


@council.get("/council/my-seat")
@requires(Permission.COUNCIL_WORKSPACE)
def my_seat() -> str:
    seat = queries.own_seat(db(), actor().account_id)
    form = ShownForm(
        formdata=None,
        data={"name": seat.shown_name, "about": seat.shown_about} if seat else {},
    )
    return render("council/my_seat.html", seat=seat, form=form)


@council.post("/council/my-seat/show")
@requires(Permission.COUNCIL_WORKSPACE)
@commits
def show_me() -> Any:
    seat = queries.own_seat(db(), actor().account_id)
    form = ShownForm()
    if seat is None:
        raise NotFound
    if not form.validate():
        return render("council/my_seat.html", seat=seat, form=form)
    show_seat(db(), actor(), seat, form["name"].data, form["about"].data or "")
    flash(_("Everybody can see you as %(name)s now.", name=form["name"].data))
    return see_other("council.my_seat")


@council.post("/council/my-seat/hide")
@requires(Permission.COUNCIL_WORKSPACE)
@commits
def hide_me() -> Any:
    seat = queries.own_seat(db(), actor().account_id)
    if seat is None:
        raise NotFound
    hide_seat(db(), actor(), seat)
    flash(_("Your name is gone from the public page."))
    return see_other("council.my_seat")
