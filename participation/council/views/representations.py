"""Residents' places in the county's groups: who holds them, who is missing, who held them."""

from typing import Any

from flask import flash, request

from participation.council import queries
from participation.council.forms import RepresentationForm
from participation.council.services import (
    SitsThereAlready,
    appoint_representation,
    end_representation,
)
from participation.council.views import words
from participation.council.views.blueprint import council
from participation.county.queries import group_by_public_id
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
from participation.interest_bank.queries import member_visible_to
from participation.interest_bank.views.people_found import label, people_found, typed


@council.get("/council/representations")
@requires(Permission.COUNCIL_WORKSPACE)
def representations() -> str:
    held = queries.representations_with_people(db(), actor())
    past = queries.past_representations(db(), actor())
    log_access_to(
        [item.member.account_id for item in (*held, *past)],
        "council_people_read",
        "representations",
        "council",
    )
    return render(
        "council/representations.html",
        places=queries.resident_places(db(), held),
        past=past,
        words=words,
        may_appoint=words.may_appoint(actor()),
        locale_code=current_locale(),
    )


@council.get("/council/representations/new")
@requires(Permission.MANAGE_COUNCIL)
def new_representation() -> str:
    queries.check_manager(actor())
    chosen = {"group": request.args.get("group"), "kind": request.args.get("kind")}
    return _represent(RepresentationForm(formdata=None, data={"from_on": today(), **chosen}))


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
        _appoint(form)
    except SitsThereAlready:
        form.add_error("person", _("The person has a place in that group already."))
        return _represent(form)
    except Conflict:
        form.add_error("kind", _("All places of that kind in the group are taken."))
        return _represent(form)
    flash(_("The representation is noted."))
    return see_other("council.representations")


@council.get("/council/representations/<public_id>/end")
@requires(Permission.MANAGE_COUNCIL)
def confirm_end(public_id: str) -> str:
    item = queries.representation_to_change(db(), actor(), public_id)
    log_access_to([item.member.account_id], "council_people_read", "representation", item.public_id)
    return render(
        "council/end_representation.html", item=item, words=words, locale_code=current_locale()
    )


@council.post("/council/representations/<public_id>/end")
@requires(Permission.MANAGE_COUNCIL)
@commits
def end(public_id: str) -> Any:
    item = queries.representation_to_change(db(), actor(), public_id)
    end_representation(db(), actor(), item)
    flash(_("The representation ends today."))
    return see_other("council.representations")


def _appoint(form: RepresentationForm) -> None:
    appoint_representation(
        db(),
        actor(),
        group=group_by_public_id(db(), form["group"].data),
        kind=form["kind"].data,
        from_on=form["from_on"].data,
        **_who(form["person"].data),
    )


def _who(person: str) -> dict[str, Any]:
    kind, _colon, public_id = person.partition(":")
    if kind == "seat":
        return {"seat": queries.seat_to_change(db(), actor(), public_id)}
    return {"member": member_visible_to(db(), actor(), public_id)}


def _represent(form: RepresentationForm) -> str:
    term = queries.current_term(db())
    seats = queries.seats_with_people(db(), actor(), term.id) if term else []
    _offer_groups(form)
    sitting = [seat.member.account_id for seat in seats if seat.member is not None]
    log_access_to(sitting, "council_people_read", "representations", "council")
    held = [
        (f"seat:{seat.public_id}", words.seat_label(seat))
        for seat in seats
        if seat.member is not None
    ]
    others = [(f"member:{member.public_id}", label(member)) for member in people_found("council")]
    form.person.choices = [*others, *held]
    return render("council/represent.html", form=form, typed=typed())


def _offer_groups(form: RepresentationForm) -> None:
    """Groups with a place for residents, once each, in the county's order."""
    places = queries.resident_places(db(), ())
    wanted = {place.group.public_id: place.group for place in places}
    form.group.choices = [
        (public_id, group.name_in(current_locale())) for public_id, group in wanted.items()
    ]
