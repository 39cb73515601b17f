"""User organisations that ask for a place, for coordinators."""

from typing import Any

from flask import flash, request

from participation.foundation.i18n import gettext as _
from participation.foundation.paging import page_number, paginate
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, log_access, render, requires, see_other
from participation.organisations.forms import DeclineApplicationForm
from participation.organisations.models import OrganisationApplication
from participation.organisations.queries import application_of, applications
from participation.organisations.services import accept_application, decline_application
from participation.organisations.views.blueprint import organisations


@organisations.get("/organisations/applications")
@requires(Permission.MANAGE_ORGANISATIONS, whole_county=True)
def application_list() -> str:
    page = paginate(db(), applications(actor()), page_number(request.args.get("page")))
    return render("organisations/applications.html", page=page)


@organisations.get("/organisations/applications/<public_id>")
@requires(Permission.MANAGE_ORGANISATIONS, whole_county=True)
def application(public_id: str) -> str:
    found = application_of(db(), actor(), public_id)
    return _page(found, DeclineApplicationForm(formdata=None))


@organisations.post("/organisations/applications/<public_id>/accept")
@requires(Permission.MANAGE_ORGANISATIONS, whole_county=True)
@commits
def accept(public_id: str) -> Any:
    found = application_of(db(), actor(), public_id, to_change=True)
    made = accept_application(db(), actor(), found)
    flash(_("%(name)s is registered. Its contact has got a mail with a link.", name=made.name))
    return see_other(".workspace", public_id=made.public_id)


@organisations.post("/organisations/applications/<public_id>/decline")
@requires(Permission.MANAGE_ORGANISATIONS, whole_county=True)
@commits
def decline(public_id: str) -> Any:
    found = application_of(db(), actor(), public_id, to_change=True)
    form = DeclineApplicationForm()
    if not form.validate():
        return _page(found, form)
    decline_application(db(), actor(), found, form.reason.data)
    flash(_("They have got your answer by mail."))
    return see_other(".application_list")


def _page(found: OrganisationApplication, form: DeclineApplicationForm) -> str:
    log_access("application_seen", "organisation_application", found.public_id)
    return render("organisations/application.html", application=found, form=form)
