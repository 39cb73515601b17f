"""Activities: the list, the public page, the overview, a sheet to print, calling off."""

from typing import Any

from flask import Blueprint, flash, request

from participation.activities.forms import (
    ActivityFilter,
    CancelForm,
)
from participation.activities.models import Activity
from participation.activities.queries import (
    ActivityFilters,
    activities_visible_to,
    activity_visible_to,
    answer_counts,
    co_arrangers_of,
    evaluation_result,
    public_activity,
)
from participation.activities.rules.evaluation import QUESTIONS, SHARE_LABELS, THOUGHT_LABELS
from participation.activities.rules.states import (
    ACTIVITY_STATE_LABELS,
    KIND_LABELS,
    OWNER_KIND,
    STATE_SHAPES,
)
from participation.activities.services import cancel_activity
from participation.commitments.queries import commitments_about
from participation.county.queries import municipalities
from participation.foundation.errors import Conflict
from participation.foundation.i18n import ngettext
from participation.foundation.paging import page_number, paginate
from participation.foundation.permissions import Permission
from participation.foundation.providers import NamedLink
from participation.foundation.web import (
    actor,
    commits,
    db,
    extension,
    render,
    requires,
    see_other,
)
from participation.interest_bank.rules import SHORT_ROLE_LABELS, WAY_LABELS
from participation.selection.queries import draws_of_owner
from participation.selection.rules.draws import OPEN_STATES

activities = Blueprint("activities", __name__)

WORDS = {
    "kinds": KIND_LABELS,
    "states": ACTIVITY_STATE_LABELS,
    "shapes": STATE_SHAPES,
    "role_labels": SHORT_ROLE_LABELS,
    "way_labels": WAY_LABELS,
}


@activities.get("/activities")
@requires(Permission.READ_ACTIVITIES)
def activity_list() -> str:
    form = ActivityFilter(request.args)
    form.validate()
    found = activities_visible_to(actor(), _filters(form))
    page = paginate(db(), found, page_number(request.args.get("page")))
    return render(
        "activities/activities.html",
        page=page,
        form=form,
        counts=answer_counts(db(), [activity.id for activity in page.items]),
        can_manage=actor().can(Permission.MANAGE_ACTIVITIES),
        **WORDS,
    )


def _filters(form: ActivityFilter) -> ActivityFilters:
    right = {field.name: field.data or "" for field in form if not field.errors}
    return ActivityFilters(
        state=right.get("state", ""), kind=right.get("kind", ""), text=right.get("q", "")
    )


@activities.get("/activities/<public_id>")
@requires(Permission.PUBLIC)
def public_page(public_id: str) -> str:
    found = public_activity(db(), public_id)
    return render(
        "activities/public.html",
        activity=found,
        together=co_arrangers_of(db(), found.id),
        kinds=KIND_LABELS,
    )


@activities.get("/activities/<public_id>/overview")
@requires(Permission.READ_ACTIVITIES)
def overview(public_id: str) -> str:
    found = activity_visible_to(db(), actor(), public_id)
    return render(
        "activities/overview.html",
        activity=found,
        counts=answer_counts(db(), [found.id])[found.id],
        owed=commitments_about(db(), "activity", found.public_id),
        can_manage=manages(found.organisation_id),
        tab="overview",
        municipality_names={m.code: m.name for m in municipalities(db())},
        links_above=_links_above(found),
        evaluation=evaluation_result(db(), found) if found.attendance_closed_at else None,
        thought_labels=THOUGHT_LABELS,
        share_labels=SHARE_LABELS,
        questions=QUESTIONS,
        **WORDS,
    )


def _links_above(found: Activity) -> list[NamedLink]:
    """What features above keep about this activity and the reader may see."""
    return [
        link
        for source in extension().features.collect("activity_links")
        for link in source.links(db(), actor(), found.id, found.public_id)
    ]


@activities.get("/activities/<public_id>/sheet")
@requires(Permission.READ_ACTIVITIES)
def sheet(public_id: str) -> str:
    """One page to print: for a notice board, or for somebody who is invited on paper."""
    found = activity_visible_to(db(), actor(), public_id)
    return render("activities/sheet.html", activity=found, kinds=KIND_LABELS)


@activities.get("/activities/<public_id>/cancel")
@requires(Permission.MANAGE_ACTIVITIES)
def cancel(public_id: str) -> str:
    return _cancel_page(to_change(public_id), CancelForm(formdata=None))


@activities.post("/activities/<public_id>/cancel")
@requires(Permission.MANAGE_ACTIVITIES)
@commits
def cancel_it(public_id: str) -> Any:
    found = to_change(public_id)
    form = CancelForm()
    if not form.validate():
        return _cancel_page(found, form)
    told = cancel_activity(db(), actor(), found, form.reason.data or "")
    flash(
        ngettext(
            "The activity is called off. One person has got a mail.",
            "The activity is called off. %(num)s people have got a mail.",
            told,
        )
    )
    return see_other(".overview", public_id=public_id)


def _cancel_page(found: Activity, form: CancelForm) -> str:
    counts = answer_counts(db(), [found.id])[found.id]
    draws = draws_of_owner(db(), OWNER_KIND, found.public_id)
    return render(
        "activities/cancel.html",
        activity=found,
        form=form,
        counts=counts,
        draw_is_going=any(draw.state in OPEN_STATES for draw in draws),
    )


def to_change(public_id: str) -> Activity:
    """The activity, while it can still be changed."""
    found = activity_visible_to(db(), actor(), public_id, Permission.MANAGE_ACTIVITIES)
    if not found.is_still_to_come:
        raise Conflict
    return found


def manages(organisation_id: int) -> bool:
    """Whether the person may change what this organisation asked for, not only read it."""
    return actor().scope(Permission.MANAGE_ACTIVITIES).has_organisation(organisation_id)
