"""Contact persons of an organisation, kept by coordinators."""

from typing import Any

from flask import flash

from participation.county.models import Organisation
from participation.county.queries import areas
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
from participation.organisations.forms import ContactAreasForm, ContactForm
from participation.organisations.queries import ContactPerson, contact_person
from participation.organisations.services import (
    add_contact_person,
    remove_contact_person,
    set_contact_areas,
)
from participation.organisations.views.adoption import managed
from participation.organisations.views.blueprint import adoptions


@adoptions.get("/organisations/<public_id>/contacts/new")
@requires(Permission.MANAGE_ORGANISATIONS)
def new_contact(public_id: str) -> str:
    return _new_page(managed(public_id), ContactForm(formdata=None))


@adoptions.post("/organisations/<public_id>/contacts/new")
@requires(Permission.MANAGE_ORGANISATIONS)
@commits
def add_contact(public_id: str) -> Any:
    found = managed(public_id)
    form = ContactForm()
    form.offer(areas(db()))
    if not form.validate():
        return _new_page(found, form)
    add_contact_person(
        db(),
        actor(),
        found,
        name=form.name.data,
        email=form.email.data,
        area_ids=form.area_ids(),
    )
    flash(_("%(name)s is a contact person. A mail tells how to sign in.", name=form.name.data))
    return see_other(".organisation", public_id=public_id)


@adoptions.get("/organisations/<public_id>/contacts/<account_id>")
@requires(Permission.MANAGE_ORGANISATIONS)
def contact(public_id: str, account_id: str) -> str:
    found = managed(public_id)
    person = contact_person(db(), found.id, account_id)
    ticked = [str(area.id) for area in person.areas]
    return _contact_page(found, person, ContactAreasForm(formdata=None, data={"areas": ticked}))


@adoptions.post("/organisations/<public_id>/contacts/<account_id>")
@requires(Permission.MANAGE_ORGANISATIONS)
@commits
def save_contact(public_id: str, account_id: str) -> Any:
    found = managed(public_id)
    person = contact_person(db(), found.id, account_id)
    form = ContactAreasForm()
    form.offer(areas(db()))
    if not form.validate():
        return _contact_page(found, person, form)
    set_contact_areas(db(), actor(), found, person, form.area_ids())
    flash(_("Saved."))
    return see_other(".organisation", public_id=public_id)


@adoptions.post("/organisations/<public_id>/contacts/<account_id>/remove")
@requires(Permission.MANAGE_ORGANISATIONS)
@commits
def remove_contact(public_id: str, account_id: str) -> Any:
    found = managed(public_id)
    person = contact_person(db(), found.id, account_id)
    remove_contact_person(db(), actor(), found, person)
    flash(_("%(name)s no longer speaks for the organisation.", name=person.account.display_name))
    return see_other(".organisation", public_id=public_id)


def _new_page(found: Organisation, form: ContactForm) -> str:
    form.offer(areas(db()))
    return render("organisations/contact_new.html", organisation=found, form=form)


def _contact_page(found: Organisation, person: ContactPerson, form: ContactAreasForm) -> str:
    form.offer(areas(db()))
    log_access_to([person.account.id], "contact_person_seen", "organisation", found.public_id)
    return render("organisations/contact.html", organisation=found, person=person, form=form)
