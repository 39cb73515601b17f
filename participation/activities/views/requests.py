"""Requests: an organisation writes what it wishes, a coordinator answers."""

from typing import Any

from flask import Blueprint, flash, request

from participation.activities.forms import (
    DeclineForm,
    MessageForm,
    Places,
    RequestFilter,
    RequestForm,
    request_data,
)
from participation.activities.models import ParticipationRequest
from participation.activities.queries import (
    activity_of_request,
    messages_about,
    organisations_of,
    request_visible_to,
    requests_visible_to,
)
from participation.activities.rules.states import (
    KIND_LABELS,
    REQUEST_STATE_LABELS,
    STATE_SHAPES,
    RequestState,
)
from participation.activities.services import (
    accept_request,
    change_draft,
    decline_request,
    file_request,
    submit_request,
    write_message,
)
from participation.county.models import Organisation
from participation.county.queries import areas, units
from participation.foundation.errors import Conflict
from participation.foundation.i18n import gettext as _
from participation.foundation.paging import page_number, paginate
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, render, requires, see_other

requests = Blueprint("requests", __name__)

WORDS = {"kinds": KIND_LABELS, "states": REQUEST_STATE_LABELS, "shapes": STATE_SHAPES}


@requests.get("/requests")
@requires(Permission.FILE_REQUEST)
def request_list() -> str:
    form = RequestFilter(request.args)
    form.validate()
    state = "" if form.state.errors else form.state.data or ""
    page = paginate(
        db(), requests_visible_to(actor(), state), page_number(request.args.get("page"))
    )
    return render(
        "activities/requests.html", page=page, form=form, **WORDS, is_coordinator=_handles()
    )


@requests.get("/requests/new")
@requires(Permission.FILE_REQUEST)
def new_request() -> str:
    theirs = organisations_of(db(), actor())
    adopted = [organisation for organisation in theirs if organisation.has_adopted]
    if not adopted:
        return render("activities/not_adopted.html", organisations=theirs)
    only = {"organisation_id": str(adopted[0].id)} if len(adopted) == 1 else {}
    form = RequestForm(formdata=None, data=only)
    _places(adopted).offer(form)
    return render("activities/request_form.html", form=form, draft=None)


@requests.post("/requests/new")
@requires(Permission.FILE_REQUEST)
@commits
def create_request() -> Any:
    theirs = organisations_of(db(), actor())
    places = _places([organisation for organisation in theirs if organisation.has_adopted])
    form = RequestForm()
    if not _holds(form, places):
        return render("activities/request_form.html", form=form, draft=None)
    filed = file_request(db(), actor(), form.details(), is_draft="draft" in request.form)
    return _saved(filed)


@requests.get("/requests/<public_id>")
@requires(Permission.FILE_REQUEST)
def request_page(public_id: str) -> str:
    found = request_visible_to(db(), actor(), public_id)
    return _page(found, DeclineForm(formdata=None), MessageForm(formdata=None))


@requests.get("/requests/<public_id>/edit")
@requires(Permission.FILE_REQUEST)
def edit_request(public_id: str) -> str:
    found = _draft(public_id)
    form = RequestForm(formdata=None, data=request_data(found))
    _places([found.organisation]).offer(form)
    return render("activities/request_form.html", form=form, draft=found)


@requests.post("/requests/<public_id>/edit")
@requires(Permission.FILE_REQUEST)
@commits
def change_request(public_id: str) -> Any:
    found = _draft(public_id, to_change=True)
    form = RequestForm()
    if not _holds(form, _places([found.organisation])):
        return render("activities/request_form.html", form=form, draft=found)
    change_draft(db(), actor(), found, form.details())
    if "draft" not in request.form:
        submit_request(db(), actor(), found)
    return _saved(found)


@requests.post("/requests/<public_id>/messages")
@requires(Permission.FILE_REQUEST)
@commits
def add_message(public_id: str) -> Any:
    found = request_visible_to(db(), actor(), public_id)
    form = MessageForm()
    if not form.validate():
        return _page(found, DeclineForm(formdata=None), form)
    write_message(db(), actor(), found, form.text.data or "")
    return see_other(".request_page", public_id=public_id)


@requests.post("/requests/<public_id>/accept")
@requires(Permission.HANDLE_REQUEST)
@commits
def accept(public_id: str) -> Any:
    found = request_visible_to(db(), actor(), public_id, to_change=True)
    accept_request(db(), actor(), found)
    flash(_("The request is accepted, and the organisation has got a mail. Now plan the activity."))
    return see_other("activities.new_activity", request=public_id)


@requests.post("/requests/<public_id>/decline")
@requires(Permission.HANDLE_REQUEST)
@commits
def decline(public_id: str) -> Any:
    found = request_visible_to(db(), actor(), public_id, to_change=True)
    form = DeclineForm()
    if not form.validate():
        return _page(found, form, MessageForm(formdata=None))
    decline_request(db(), actor(), found, form.reason.data or "")
    flash(_("The request is declined. The organisation has got a mail with a link to the reason."))
    return see_other(".request_page", public_id=public_id)


def _page(found: ParticipationRequest, decline_form: DeclineForm, message_form: MessageForm) -> str:
    return render(
        "activities/request.html",
        request_row=found,
        messages=messages_about(db(), found.id),
        activity=activity_of_request(db(), found.id),
        decline_form=decline_form,
        message_form=message_form,
        is_coordinator=_handles(),
        has_errors=bool(decline_form.errors or message_form.errors),
        **WORDS,
    )


def _draft(public_id: str, *, to_change: bool = False) -> ParticipationRequest:
    found = request_visible_to(db(), actor(), public_id, to_change=to_change)
    if found.state != RequestState.DRAFT:
        raise Conflict
    return found


def _holds(form: RequestForm, places: Places) -> bool:
    places.offer(form)
    if not form.validate():
        return False
    details = form.details()
    if places.belongs(details.unit_id, details.organisation_id):
        return True
    form.add_error("unit_id", _("Choose a unit of the organisation."))
    return False


def _places(organisations: list[Organisation]) -> Places:
    theirs = {organisation.id for organisation in organisations}
    return Places(
        organisations=organisations,
        units=[unit for unit in units(db()) if unit.organisation_id in theirs],
        areas=areas(db()),
    )


def _saved(found: ParticipationRequest) -> Any:
    flash(
        _("The draft is saved.")
        if found.state == RequestState.DRAFT
        else _("The request is sent. A coordinator answers within a week.")
    )
    return see_other(".request_page", public_id=found.public_id)


def _handles() -> bool:
    return actor().can(Permission.HANDLE_REQUEST)
