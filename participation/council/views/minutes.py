"""Minutes: written, adjusted, approved, printed, made public."""

from typing import Any

from flask import flash

from participation.council import queries
from participation.council.forms import AdjustersForm, MinutesForm, minutes_form
from participation.council.models import CouncilMeeting
from participation.council.services import (
    adjust_minutes,
    approve_minutes,
    name_adjusters,
    publish_minutes,
    unpublish_minutes,
    write_minutes,
)
from participation.council.views import words
from participation.council.views.blueprint import council
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, render, requires, see_other
from participation.interest_bank.queries import own_membership


@council.get("/council/meetings/<public_id>/minutes/write")
@requires(Permission.COUNCIL_WORKSPACE)
def write(public_id: str) -> Any:
    found = queries.meeting_visible_to(db(), actor(), public_id)
    if found.approved_on is not None:
        return see_other("council.meeting", public_id=public_id)
    return _write(found, minutes_form(found, is_sent=False))


@council.post("/council/meetings/<public_id>/minutes/write")
@requires(Permission.COUNCIL_WORKSPACE)
@commits
def save_minutes(public_id: str) -> Any:
    found = queries.meeting_visible_to(db(), actor(), public_id)
    form = minutes_form(found, is_sent=True)
    if not form.validate():
        return _write(found, form)
    write_minutes(db(), actor(), found, form["minutes"].data or "", form.records(found))
    flash(_("The minutes are saved."))
    return see_other("council.meeting", public_id=public_id)


@council.get("/council/meetings/<public_id>/adjusters")
@requires(Permission.COUNCIL_WORKSPACE)
def adjusters(public_id: str) -> str:
    found = queries.meeting_visible_to(db(), actor(), public_id)
    form = _offer_members(AdjustersForm(formdata=None), found)
    form.members.data = [one.member.public_id for one in found.adjusters]
    return render("council/adjusters.html", meeting=found, form=form)


@council.post("/council/meetings/<public_id>/adjusters")
@requires(Permission.COUNCIL_WORKSPACE)
@commits
def name_them(public_id: str) -> Any:
    found = queries.meeting_visible_to(db(), actor(), public_id)
    form = _offer_members(AdjustersForm(), found)
    if not form.validate():
        return render("council/adjusters.html", meeting=found, form=form)
    chosen = set(form["members"].data or ())
    sitting = queries.seats_with_people(db(), actor(), found.term_id)
    ids = [s.member.id for s in sitting if s.member and s.member.public_id in chosen]
    name_adjusters(db(), actor(), found, ids)
    flash(_("It is noted who adjusts the minutes."))
    return see_other("council.meeting", public_id=public_id)


@council.post("/council/meetings/<public_id>/minutes/adjust")
@requires(Permission.COUNCIL_WORKSPACE)
@commits
def adjust(public_id: str) -> Any:
    found = queries.meeting_visible_to(db(), actor(), public_id)
    member = own_membership(db(), actor().account_id)
    if member is None:
        raise NotFound
    adjust_minutes(db(), actor(), found, member.id)
    flash(_("Thank you. You have said that the minutes are right."))
    return see_other("council.meeting", public_id=public_id)


@council.post("/council/meetings/<public_id>/minutes/approve")
@requires(Permission.COUNCIL_WORKSPACE)
@commits
def approve(public_id: str) -> Any:
    found = queries.meeting_visible_to(db(), actor(), public_id)
    try:
        approve_minutes(db(), actor(), found)
    except Conflict:
        flash(_("The minutes cannot be approved yet."), "wait")
        return see_other("council.meeting", public_id=public_id)
    flash(_("The minutes are approved and are not changed any more."))
    return see_other("council.meeting", public_id=public_id)


@council.post("/council/meetings/<public_id>/minutes/publish")
@requires(Permission.MANAGE_COUNCIL)
@commits
def publish(public_id: str) -> Any:
    publish_minutes(db(), actor(), queries.meeting_visible_to(db(), actor(), public_id))
    flash(_("Everybody can read the minutes now."))
    return see_other("council.meeting", public_id=public_id)


@council.post("/council/meetings/<public_id>/minutes/unpublish")
@requires(Permission.MANAGE_COUNCIL)
@commits
def unpublish(public_id: str) -> Any:
    unpublish_minutes(db(), actor(), queries.meeting_visible_to(db(), actor(), public_id))
    flash(_("The minutes are not public any more."))
    return see_other("council.meeting", public_id=public_id)


@council.get("/council/meetings/<public_id>/print")
@requires(Permission.COUNCIL_WORKSPACE)
def print_minutes(public_id: str) -> str:
    """Agenda and minutes on paper, with names as the council knows them."""
    found = queries.meeting_visible_to(db(), actor(), public_id)
    return render("council/print.html", meeting=found, words=words, names=words.inside_names(found))


def _write(found: CouncilMeeting, form: MinutesForm) -> str:
    return render("council/write_minutes.html", meeting=found, form=form)


def _offer_members(form: AdjustersForm, found: CouncilMeeting) -> AdjustersForm:
    form.members.choices = [
        (seat.member.public_id, words.inside_name(seat.member))
        for seat in queries.seats_with_people(db(), actor(), found.term_id)
        if seat.member is not None
    ]
    return form
