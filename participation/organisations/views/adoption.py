"""An organisation as coordinators see it: its adoption now and before, and how that ends."""

from typing import Any

from flask import flash

from participation.activities.queries import going_requests_of
from participation.activities.rules.states import REQUEST_STATE_LABELS
from participation.county.models import Organisation
from participation.county.queries import adoption_in_force, adoptions_of
from participation.county.services import correct_adoption, end_adoption, record_adoption
from participation.foundation.errors import Conflict
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
from participation.organisations.forms import AdoptionForm, EndAdoptionForm
from participation.organisations.queries import (
    contact_persons,
    managed_organisation,
    running_activities_of,
)
from participation.organisations.views.blueprint import adoptions

WRITTEN = ("since", "decided_by", "diary_number", "note")


@adoptions.get("/organisations/<public_id>")
@requires(Permission.MANAGE_ORGANISATIONS)
def organisation(public_id: str) -> str:
    found = managed(public_id)
    people = contact_persons(db(), found.id)
    log_access_to(
        (person.account.id for person in people),
        "contact_persons_seen",
        "organisation",
        found.public_id,
    )
    return render(
        "organisations/organisation.html",
        organisation=found,
        adoptions=adoptions_of(db(), found.id),
        people=people,
        activities=running_activities_of(db(), found.id),
        requests=going_requests_of(db(), found.id),
        request_states=REQUEST_STATE_LABELS,
    )


@adoptions.get("/organisations/<public_id>/adoption")
@requires(Permission.MANAGE_ORGANISATIONS)
def adoption(public_id: str) -> str:
    found = managed(public_id)
    return _adoption_page(found, AdoptionForm(formdata=None, data=_written(found)))


@adoptions.post("/organisations/<public_id>/adoption")
@requires(Permission.MANAGE_ORGANISATIONS)
@commits
def save_adoption(public_id: str) -> Any:
    found = managed(public_id)
    form = AdoptionForm()
    if not form.validate():
        return _adoption_page(found, form)
    write = correct_adoption if found.has_adopted else record_adoption
    write(db(), actor(), found, form.decision())
    flash(_("Saved. %(name)s may invite residents.", name=found.name))
    return see_other(".organisation", public_id=public_id)


@adoptions.get("/organisations/<public_id>/adoption/end")
@requires(Permission.MANAGE_ORGANISATIONS)
def end(public_id: str) -> str:
    found = _adopter(public_id)
    return _end_page(found, EndAdoptionForm(found.adopted_on, formdata=None))


@adoptions.post("/organisations/<public_id>/adoption/end")
@requires(Permission.MANAGE_ORGANISATIONS)
@commits
def end_it(public_id: str) -> Any:
    found = _adopter(public_id)
    form = EndAdoptionForm(found.adopted_on)
    if not form.validate():
        return _end_page(found, form)
    end_adoption(db(), actor(), found, until=form.until.data, because=form.because.data or "")
    flash(_("The adoption has ended. What is accepted or planned goes on."))
    return see_other(".organisation", public_id=public_id)


def managed(public_id: str) -> Organisation:
    """The organisation, for somebody who may manage it."""
    return managed_organisation(db(), actor(), public_id)


def _adopter(public_id: str) -> Organisation:
    found = managed(public_id)
    if not found.has_adopted:
        raise Conflict
    return found


def _written(found: Organisation) -> dict[str, Any]:
    now_held = adoption_in_force(db(), found.id)
    if now_held is not None:
        return {name: getattr(now_held, name) for name in WRITTEN}
    return {"since": found.adopted_on, "note": found.adoption_note or ""}


def _adoption_page(found: Organisation, form: AdoptionForm) -> str:
    return render("organisations/adoption.html", organisation=found, form=form)


def _end_page(found: Organisation, form: EndAdoptionForm) -> str:
    return render(
        "organisations/end_adoption.html",
        organisation=found,
        form=form,
        activities=running_activities_of(db(), found.id),
        requests=going_requests_of(db(), found.id),
        request_states=REQUEST_STATE_LABELS,
    )
