"""Requests: the list, one request on screen and on paper, and the talk about it."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, flash, request

from participation.activities.forms import (
    DeclineForm,
    MessageForm,
    RequestFilter,
    ReturnForm,
)
from participation.activities.models import ParticipationRequest
from participation.activities.queries import (
    RequestFilters,
    activity_of_request,
    messages_about,
    organisations_of,
    request_visible_to,
    requests_visible_to,
    steps_of,
    unread_of,
)
from participation.activities.rules.states import (
    KIND_LABELS,
    REQUEST_STATE_LABELS,
    STATE_SHAPES,
    may_withdraw,
)
from participation.activities.services import mark_read, write_message
from participation.county.models import Area, Organisation
from participation.county.queries import areas
from participation.foundation.clock import today
from participation.foundation.i18n import gettext as _
from participation.foundation.paging import page_number, paginate
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, render, requires, see_other
from participation.interest_bank.rules import SHORT_ROLE_LABELS, WAY_LABELS

requests = Blueprint("requests", __name__)

USER_ORGANISATION = "user_organisation"  # a kind of organisation in the county's file

WORDS = {
    "kinds": KIND_LABELS,
    "states": REQUEST_STATE_LABELS,
    "shapes": STATE_SHAPES,
    "role_labels": SHORT_ROLE_LABELS,
    "way_labels": WAY_LABELS,
}


def speaks_for_user_organisations(theirs: Sequence[Organisation]) -> bool:
    """Whether somebody speaks for user organisations alone, which take part in their own way."""
    return bool(theirs) and all(
        one.kind == USER_ORGANISATION and not one.has_adopted for one in theirs
    )


@requests.get("/requests")
@requires(Permission.FILE_REQUEST)
def request_list() -> str:
    form, filters = _filter()
    page = paginate(
        db(), requests_visible_to(actor(), filters), page_number(request.args.get("page"))
    )
    return render(
        "activities/requests.html",
        page=page,
        form=form,
        is_narrowed=any(value for name, value in vars(filters).items() if name != "sort"),
        unread=unread_of(db(), actor(), [found.id for found in page.items]),
        is_coordinator=handles(),
        has_own_way=speaks_for_user_organisations(organisations_of(db(), actor())),
        today=today(),
        **WORDS,
    )


@requests.get("/requests/<public_id>")
@requires(Permission.FILE_REQUEST)
def request_page(public_id: str) -> str:
    return show_request(request_visible_to(db(), actor(), public_id))


@requests.get("/requests/<public_id>/print")
@requires(Permission.FILE_REQUEST)
def print_request(public_id: str) -> str:
    found = request_visible_to(db(), actor(), public_id)
    return render(
        "activities/request_print.html",
        request_row=found,
        steps=steps_of(db(), found.id),
        messages=messages_about(db(), found.id),
        **WORDS,
    )


@requests.post("/requests/<public_id>/messages")
@requires(Permission.FILE_REQUEST)
@commits
def add_message(public_id: str) -> Any:
    found = request_visible_to(db(), actor(), public_id)
    form = MessageForm()
    if not form.validate():
        return show_request(found, message_form=form)
    write_message(db(), actor(), found, form.text.data or "")
    flash(_("The message is sent. The other side gets a mail."))
    return see_other(".request_page", public_id=public_id, _anchor="talk")


@requests.post("/requests/<public_id>/read")
@requires(Permission.FILE_REQUEST)
@commits
def read_messages(public_id: str) -> Any:
    mark_read(db(), actor(), request_visible_to(db(), actor(), public_id))
    return see_other(".request_page", public_id=public_id, _anchor="talk")


def show_request(
    found: ParticipationRequest,
    *,
    decline_form: DeclineForm | None = None,
    return_form: ReturnForm | None = None,
    message_form: MessageForm | None = None,
) -> str:
    """One request with what the reader can do; a form that failed comes back as it was typed."""
    forms = {
        "decline_form": decline_form or DeclineForm(formdata=None),
        "return_form": return_form or ReturnForm(formdata=None),
        "message_form": message_form or MessageForm(formdata=None),
    }
    return render(
        "activities/request.html",
        request_row=found,
        messages=messages_about(db(), found.id),
        steps=steps_of(db(), found.id),
        unread=unread_of(db(), actor(), [found.id]).get(found.id, 0),
        activity=activity_of_request(db(), found.id),
        is_coordinator=handles(),
        may_withdraw=may_withdraw(found.state),
        has_errors=any(form.errors for form in forms.values()),
        today=today(),
        **forms,
        **WORDS,
    )


def handles() -> bool:
    """Whether the person answers requests."""
    return actor().can(Permission.HANDLE_REQUEST)


def _or_all(rows: Sequence[Organisation | Area]) -> list[tuple[str, str]]:
    return [("", _("All")), *((str(row.id), row.name) for row in rows)]


def _filter() -> tuple[RequestFilter, RequestFilters]:
    form = RequestFilter(request.args)
    form.organisation_id.choices = _or_all(organisations_of(db(), actor()))
    form.area_id.choices = _or_all(areas(db()))
    form.validate()
    right = {field.name: field.data or "" for field in form if not field.errors}
    return form, RequestFilters(
        state=right.get("state", ""),
        organisation_id=int(right.get("organisation_id") or 0) or None,
        area_id=int(right.get("area_id") or 0) or None,
        text=right.get("q", ""),
        sort=right.get("sort", ""),
    )
