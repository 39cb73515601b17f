"""What the organisation does with its request: writes, completes, sends and withdraws it."""

from typing import Any

from flask import flash, request

from participation.activities.forms import (
    Places,
    RequestForm,
    WithdrawForm,
    copied_data,
    request_data,
)
from participation.activities.models import ParticipationRequest
from participation.activities.queries import organisations_of, request_visible_to
from participation.activities.rules.states import WRITABLE_REQUEST, RequestState, may_withdraw
from participation.activities.services import (
    change_request as save_request,
)
from participation.activities.services import (
    file_request,
    submit_request,
    withdraw_request,
)
from participation.activities.views.requests import (
    handles,
    requests,
    speaks_for_user_organisations,
)
from participation.county.models import Organisation
from participation.county.queries import areas, units
from participation.foundation.errors import Conflict
from participation.foundation.i18n import format_day
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, render, requires, see_other


@requests.get("/requests/new")
@requires(Permission.FILE_REQUEST)
def new_request() -> Any:
    """The form; who speaks for no organisation that has adopted the model reads how to first."""
    theirs = organisations_of(db(), actor())
    if speaks_for_user_organisations(theirs):
        return render("activities/own_way.html")
    if not any(organisation.has_adopted for organisation in theirs) and not _is_copying():
        return render("activities/not_adopted.html", organisations=theirs)
    return _form_page(RequestForm(formdata=None, data=_first_data(theirs)), theirs)


@requests.post("/requests/new")
@requires(Permission.FILE_REQUEST)
@commits
def create_request() -> Any:
    theirs = organisations_of(db(), actor())
    is_draft = "draft" in request.form or not _is_adopter(theirs, request.form)
    form = RequestForm(is_draft=is_draft)
    if not _holds(form, theirs):
        return _form_page(form, theirs)
    return _saved(file_request(db(), actor(), form.details(), is_draft=is_draft))


@requests.get("/requests/<public_id>/edit")
@requires(Permission.FILE_REQUEST)
def edit_request(public_id: str) -> str:
    found = _writable(public_id)
    form = RequestForm(formdata=None, data=request_data(found))
    return _form_page(form, [found.organisation], found)


@requests.post("/requests/<public_id>/edit")
@requires(Permission.FILE_REQUEST)
@commits
def change_request(public_id: str) -> Any:
    found = _writable(public_id, to_change=True)
    is_draft = "draft" in request.form or not found.organisation.has_adopted
    form = RequestForm(is_draft=is_draft and found.state == RequestState.DRAFT)
    if not _holds(form, [found.organisation]):
        return _form_page(form, [found.organisation], found)
    save_request(db(), actor(), found, form.details())
    if not is_draft:
        submit_request(db(), actor(), found)
    return _saved(found)


@requests.get("/requests/<public_id>/withdraw")
@requires(Permission.FILE_REQUEST)
def withdraw(public_id: str) -> str:
    return _withdraw_page(_withdrawable(public_id), WithdrawForm(formdata=None))


@requests.post("/requests/<public_id>/withdraw")
@requires(Permission.FILE_REQUEST)
@commits
def withdraw_it(public_id: str) -> Any:
    found = _withdrawable(public_id, to_change=True)
    form = WithdrawForm()
    if not form.validate():
        return _withdraw_page(found, form)
    withdraw_request(db(), actor(), found, form.reason.data or "")
    flash(_("The request is withdrawn. You can copy it into a new one."))
    return see_other(".request_page", public_id=public_id)


def _withdraw_page(found: ParticipationRequest, form: WithdrawForm) -> str:
    return render("activities/request_withdraw.html", request_row=found, form=form)


def _form_page(
    form: RequestForm, theirs: list[Organisation] | Any, found: ParticipationRequest | None = None
) -> str:
    _places(theirs).offer(form)
    chosen = form.organisation_id.data
    waits = [o for o in theirs if not o.has_adopted and (str(o.id) == chosen or len(theirs) == 1)]
    return render(
        "activities/request_form.html",
        form=form,
        found=found,
        waits_for_adoption=waits[0] if waits else None,
        is_coordinator=handles(),
    )


def _first_data(theirs: Any) -> dict[str, Any]:
    """What a new request begins with: an earlier one, or the only organisation there is."""
    if request.args.get("like"):
        return copied_data(request_visible_to(db(), actor(), request.args["like"]))
    adopted = [organisation for organisation in theirs if organisation.has_adopted]
    only = adopted if len(adopted) == 1 else theirs if len(theirs) == 1 else []
    return {"organisation_id": str(only[0].id)} if only else {}


def _is_copying() -> bool:
    """The person has read how to adopt and writes a draft meanwhile, or copies an earlier one."""
    return "draft" in request.args or "like" in request.args


def _is_adopter(theirs: Any, typed: Any) -> bool:
    chosen = typed.get("organisation_id", "")
    return any(o.has_adopted for o in theirs if str(o.id) == chosen) or not chosen


def _writable(public_id: str, *, to_change: bool = False) -> ParticipationRequest:
    found = request_visible_to(db(), actor(), public_id, to_change=to_change)
    if found.state not in WRITABLE_REQUEST:
        raise Conflict
    return found


def _withdrawable(public_id: str, *, to_change: bool = False) -> ParticipationRequest:
    found = request_visible_to(db(), actor(), public_id, to_change=to_change)
    if not may_withdraw(found.state):
        raise Conflict
    return found


def _holds(form: RequestForm, theirs: Any) -> bool:
    places = _places(theirs)
    places.offer(form)
    if not form.validate():
        return False
    details = form.details()
    if places.belongs(details.unit_id, details.organisation_id):
        return True
    form.add_error("unit_id", _("Choose a unit of the organisation."))
    return False


def _places(organisations: Any) -> Places:
    theirs = {organisation.id for organisation in organisations}
    return Places(
        organisations=organisations,
        units=[unit for unit in units(db()) if unit.organisation_id in theirs],
        areas=areas(db()),
    )


def _saved(found: ParticipationRequest) -> Any:
    if found.state == RequestState.SUBMITTED and found.answer_due_on is not None:
        flash(
            _(
                "The request is sent. A coordinator answers by %(day)s.",
                day=format_day(found.answer_due_on),
            )
        )
    elif found.organisation.has_adopted:
        flash(_("What you have written is saved. It is not sent yet."))
    else:
        flash(
            _("The draft is saved. It can be sent when the organisation has adopted the model."),
            "wait",
        )
    return see_other(".request_page", public_id=found.public_id)
