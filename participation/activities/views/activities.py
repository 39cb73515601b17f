"""Activities: the list, the public page, the overview, making, changing and calling off."""

from typing import Any

from flask import Blueprint, flash, request

from participation.activities.forms import (
    ActivityFilter,
    ActivityForm,
    CancelForm,
    Places,
    activity_data,
    data_from_request,
)
from participation.activities.models import Activity, ParticipationRequest
from participation.activities.queries import (
    ActivityFilters,
    activities_visible_to,
    activity_of_request,
    activity_visible_to,
    answer_counts,
    public_activity,
    request_visible_to,
)
from participation.activities.rules.states import (
    ACTIVITY_STATE_LABELS,
    KIND_LABELS,
    STATE_SHAPES,
    InvitationState,
    RequestState,
)
from participation.activities.services import (
    ActivityMade,
    cancel_activity,
    change_activity,
    create_activity,
)
from participation.commitments.queries import commitments_about
from participation.county.queries import (
    areas,
    groups,
    municipalities,
    organisations_that_may_invite,
    units,
)
from participation.foundation.errors import Conflict
from participation.foundation.i18n import gettext as _
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
from participation.training.queries import courses

activities = Blueprint("activities", __name__)

# States of a request that an activity can be made of: one more, too, when the first was held.
MADE_OF = (RequestState.ACCEPTED, RequestState.PLANNED, RequestState.CLOSED)

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
    state = "" if form.state.errors else form.state.data or ""
    found = activities_visible_to(actor(), ActivityFilters(state=state))
    page = paginate(db(), found, page_number(request.args.get("page")))
    return render(
        "activities/activities.html",
        page=page,
        form=form,
        counts=answer_counts(db(), [activity.id for activity in page.items]),
        can_manage=_manages(),
        **WORDS,
    )


@activities.get("/activities/<public_id>")
@requires(Permission.PUBLIC)
def public_page(public_id: str) -> str:
    return render(
        "activities/public.html", activity=public_activity(db(), public_id), kinds=KIND_LABELS
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
        can_manage=_manages(),
        tab="overview",
        municipality_names={m.code: m.name for m in municipalities(db())},
        links_above=_links_above(found),
        **WORDS,
    )


def _links_above(found: Activity) -> list[NamedLink]:
    """What features above keep about this activity and the reader may see."""
    return [
        link
        for source in extension().features.collect("activity_links")
        for link in source.links(db(), actor(), found.id, found.public_id)
    ]


@activities.get("/activities/new")
@requires(Permission.MANAGE_ACTIVITIES)
def new_activity() -> Any:
    asked = _request_to_make()
    made = activity_of_request(db(), asked.id) if asked else None
    if made is not None and made.is_still_to_come:
        return _made_already(made.public_id)
    form = ActivityForm(formdata=None, data=data_from_request(asked) if asked else {})
    _places(asked).offer(form)
    return render("activities/activity_form.html", form=form, activity=None, asked=asked)


@activities.post("/activities/new")
@requires(Permission.MANAGE_ACTIVITIES)
@commits
def make_activity() -> Any:
    asked = _request_to_make()
    form = ActivityForm()
    if not _holds(form, asked):
        return render("activities/activity_form.html", form=form, activity=None, asked=asked)
    try:
        made = create_activity(db(), actor(), form.details(), asked)
    except ActivityMade as already:
        return _made_already(already.data["public_id"])
    flash(_("The activity is planned. Nobody is invited yet."))
    return see_other(".invite", public_id=made.public_id)


@activities.get("/activities/<public_id>/edit")
@requires(Permission.MANAGE_ACTIVITIES)
def edit(public_id: str) -> str:
    found = _to_manage(public_id)
    form = ActivityForm(formdata=None, data=activity_data(found))
    _places(found).offer(form)
    return render("activities/activity_form.html", form=form, activity=found, asked=None)


@activities.post("/activities/<public_id>/edit")
@requires(Permission.MANAGE_ACTIVITIES)
@commits
def edit_it(public_id: str) -> Any:
    found = _to_manage(public_id)
    form = ActivityForm()
    if not _holds(form, found):
        return render("activities/activity_form.html", form=form, activity=found, asked=None)
    taken = answer_counts(db(), [found.id])[found.id][InvitationState.ACCEPTED]
    if (form.seats.data or 0) < taken:
        form.add_error(
            "seats",
            ngettext("One person has said yes already.", "%(num)s people have said yes.", taken),
        )
        return render("activities/activity_form.html", form=form, activity=found, asked=None)
    change_activity(db(), actor(), found, form.details())
    flash(_("The changes are saved. If time or place changed, those who said yes got a mail."))
    return see_other(".overview", public_id=public_id)


@activities.get("/activities/<public_id>/cancel")
@requires(Permission.MANAGE_ACTIVITIES)
def cancel(public_id: str) -> str:
    return _cancel_page(_to_manage(public_id), CancelForm(formdata=None))


@activities.post("/activities/<public_id>/cancel")
@requires(Permission.MANAGE_ACTIVITIES)
@commits
def cancel_it(public_id: str) -> Any:
    found = _to_manage(public_id)
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
    return render("activities/cancel.html", activity=found, form=form, counts=counts)


def _to_manage(public_id: str) -> Activity:
    """The activity, while it can still be changed."""
    found = activity_visible_to(db(), actor(), public_id, Permission.MANAGE_ACTIVITIES)
    if not found.is_still_to_come:
        raise Conflict
    return found


def _request_to_make() -> ParticipationRequest | None:
    """The accepted request an activity is made of, when the address names one."""
    public_id = request.args.get("request")
    if not public_id:
        return None
    found = request_visible_to(db(), actor(), public_id)
    if found.state not in MADE_OF:
        raise Conflict
    return found


def _made_already(public_id: str) -> Any:
    """Somebody was here before, perhaps by pressing twice: on to what was made."""
    flash(_("The request has an activity already. Here it is."))
    return see_other(".overview", public_id=public_id)


def _holds(form: ActivityForm, about: Activity | ParticipationRequest | None) -> bool:
    places = _places(about)
    places.offer(form)
    if not form.validate():
        return False
    details = form.details()
    if places.belongs(details.unit_id, details.organisation_id):
        return True
    form.add_error("unit_id", _("Choose a unit of the organisation."))
    return False


def _places(about: Activity | ParticipationRequest | None) -> Places:
    """What the form offers, and therefore takes: organisations within the person's reach.

    What was accepted or planned goes on, so its own organisation is there even when it has ended
    its adoption since.
    """
    mine = actor().scope(Permission.MANAGE_ACTIVITIES)
    offered = list(organisations_that_may_invite(db()))
    if about is not None and all(about.organisation_id != one.id for one in offered):
        offered.append(about.organisation)
    return Places(
        organisations=[one for one in offered if mine.has_organisation(one.id)],
        units=units(db()),
        areas=areas(db()),
        groups=groups(db()),
        municipalities=municipalities(db()),
        courses=courses(db()),
    )


def _manages() -> bool:
    return actor().can(Permission.MANAGE_ACTIVITIES)
