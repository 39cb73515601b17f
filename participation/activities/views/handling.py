"""What a coordinator answers to a request: yes, no, or please complete it."""

from typing import Any

from flask import flash

from participation.activities.forms import DeclineForm, ReturnForm
from participation.activities.queries import request_visible_to
from participation.activities.services import (
    NotAdopted,
    accept_request,
    decline_request,
    return_request,
)
from participation.activities.views.requests import requests, show_request
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, requires, see_other


@requests.post("/requests/<public_id>/accept")
@requires(Permission.HANDLE_REQUEST)
@commits
def accept(public_id: str) -> Any:
    found = request_visible_to(db(), actor(), public_id, to_change=True)
    try:
        accept_request(db(), actor(), found)
    except NotAdopted:
        flash(
            _("The organisation no longer holds to the participation model, so it cannot invite."),
            "alarm",
        )
        return see_other(".request_page", public_id=public_id)
    flash(_("The request is accepted, and the organisation has got a mail. Now plan the activity."))
    return see_other("activities.new_activity", request=public_id)


@requests.post("/requests/<public_id>/decline")
@requires(Permission.HANDLE_REQUEST)
@commits
def decline(public_id: str) -> Any:
    found = request_visible_to(db(), actor(), public_id, to_change=True)
    form = DeclineForm()
    if not form.validate():
        return show_request(found, decline_form=form)
    decline_request(db(), actor(), found, form.reason.data or "")
    flash(_("The request is declined. The organisation has got a mail with a link to the reason."))
    return see_other(".request_page", public_id=public_id)


@requests.post("/requests/<public_id>/return")
@requires(Permission.HANDLE_REQUEST)
@commits
def send_back(public_id: str) -> Any:
    found = request_visible_to(db(), actor(), public_id, to_change=True)
    form = ReturnForm()
    if not form.validate():
        return show_request(found, return_form=form)
    return_request(db(), actor(), found, form.missing.data or "")
    flash(_("The organisation has got a mail, and can complete its request."))
    return see_other(".request_page", public_id=public_id)
