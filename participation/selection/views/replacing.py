"""Somebody drawn leaves; a successor, or a swap to say yes or no to."""

from typing import Any

from flask import flash, request

from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, render, requires, see_other
from participation.selection.forms import LeaveForm
from participation.selection.queries import place_of_number, replacement_of
from participation.selection.services import (
    ReplacementUnderWay,
    accept_swap,
    draw_replacement,
    refuse_swap,
)
from participation.selection.views.blueprint import WORDS, looked_after, selection


@selection.get("/selection/<public_id>/places/<int:number>/leave")
@requires(Permission.MANAGE_DRAWS)
def leave(public_id: str, number: int) -> str:
    draw = looked_after(public_id)
    place = place_of_number(db(), draw, number)
    return render(
        "selection/leave.html", draw=draw, place=place, form=LeaveForm(formdata=None), **WORDS
    )


@selection.post("/selection/<public_id>/places/<int:number>/leave")
@requires(Permission.MANAGE_DRAWS)
@commits
def leave_it(public_id: str, number: int) -> Any:
    draw = looked_after(public_id)
    form = LeaveForm()
    if not form.validate():
        place = place_of_number(db(), draw, number)
        return render("selection/leave.html", draw=draw, place=place, form=form, **WORDS)
    try:
        draw_replacement(db(), actor(), draw, number, reason=form.reason.data or "")
    except ReplacementUnderWay:
        flash(_("One at a time: a successor is being looked for already."))
    else:
        flash(_("Noted. A successor who keeps the spread is looked for."))
    return see_other(".overview", public_id=public_id)


@selection.post("/selection/<public_id>/replacements/<replacement_id>")
@requires(Permission.MANAGE_DRAWS)
@commits
def answer_swap(public_id: str, replacement_id: str) -> Any:
    draw = looked_after(public_id)
    swap = replacement_of(db(), draw, replacement_id)
    if request.form.get("answer") == "yes":
        accept_swap(db(), actor(), swap)
        flash(_("The swap is made."))
    else:
        refuse_swap(db(), actor(), swap)
        flash(_("The others keep their seats. The seat is empty for now."))
    return see_other(".overview", public_id=public_id)
