"""Activities: planned, once or as a series, copied, changed."""

from typing import Any

from flask import flash, request

from participation.activities.forms import (
    ActivityForm,
    Places,
    activity_data,
    data_from_request,
    data_to_copy,
)
from participation.activities.forms.meanwhile import changed_meanwhile, point_out, stamp
from participation.activities.models import Activity, ParticipationRequest
from participation.activities.queries import (
    activity_of_request,
    activity_visible_to,
    answer_counts,
    following_count,
    request_visible_to,
    series_visible_to,
)
from participation.activities.rules.series import REPEAT_LABELS, Repeats
from participation.activities.rules.states import InvitationState, RequestState
from participation.activities.services import (
    ActivityMade,
    DrawDayFixed,
    change_activity,
    change_this_and_following,
    create_activity,
    create_series,
)
from participation.activities.views.activities import WORDS, activities, manages, to_change
from participation.county.queries import (
    areas,
    groups,
    municipalities,
    organisations_that_may_invite,
    units,
)
from participation.foundation.clock import now
from participation.foundation.errors import Conflict
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import ngettext
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, render, requires, see_other
from participation.training.queries import courses

CHANGED_MEANWHILE = 409
# States of a request that an activity can be made of: one more, too, when the first was held.
MADE_OF = (RequestState.ACCEPTED, RequestState.PLANNED, RequestState.CLOSED)


@activities.get("/activities/new")
@requires(Permission.MANAGE_ACTIVITIES)
def new_activity() -> Any:
    asked = _request_to_make()
    made = activity_of_request(db(), asked.id) if asked else None
    if made is not None and made.is_still_to_come:
        return _made_already(made.public_id)
    form = ActivityForm(formdata=None, data=_known(asked))
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
    if form.repeats.data:
        return _make_series(form)
    try:
        made = create_activity(db(), actor(), form.details(), asked)
    except ActivityMade as already:
        return _made_already(already.data["public_id"])
    return _after_planning(made)


def _after_planning(made: Activity) -> Any:
    """On to inviting, or to attendance when the day has been and nobody can be invited."""
    if made.ends_at <= now():
        flash(_("The activity is written down. Its day has been: note who came."))
        return see_other(".attendance", public_id=made.public_id)
    flash(_("The activity is planned. Nobody is invited yet."))
    return see_other(".invite", public_id=made.public_id)


def _make_series(form: ActivityForm) -> Any:
    repeats, count = Repeats(form.repeats.data), form.occasions.data or 1
    made = create_series(db(), actor(), form.details(), repeats, count)
    flash(_("%(count)s occasions are planned. Nobody is invited yet.", count=len(made)))
    return see_other(".overview", public_id=made[0].public_id)


@activities.get("/activities/series/<public_id>")
@requires(Permission.READ_ACTIVITIES)
def series(public_id: str) -> str:
    found, occasions = series_visible_to(db(), actor(), public_id)
    return render(
        "activities/series.html",
        series=found,
        occasions=occasions,
        counts=answer_counts(db(), [occasion.id for occasion in occasions]),
        repeats=REPEAT_LABELS,
        can_manage=manages(found.organisation_id),
        **WORDS,
    )


@activities.get("/activities/<public_id>/edit")
@requires(Permission.MANAGE_ACTIVITIES)
def edit(public_id: str) -> str:
    found = to_change(public_id)
    loaded = activity_data(found)
    form = ActivityForm(formdata=None, data={**loaded, "loaded": stamp(loaded)})
    _places(found).offer(form)
    return _edit_page(found, form)


@activities.post("/activities/<public_id>/edit")
@requires(Permission.MANAGE_ACTIVITIES)
@commits
def edit_it(public_id: str) -> Any:
    found = to_change(public_id)
    form = ActivityForm()
    if not _holds(form, found) or not _has_room(form, found):
        return _edit_page(found, form)
    if _was_changed(form, found):
        return _edit_page(found, form), CHANGED_MEANWHILE
    if form.scope.data == "following":
        return _change_following(found, form)
    try:
        change_activity(db(), actor(), found, form.details())
    except DrawDayFixed:
        return _draw_day_is_fixed(found, form)
    flash(_("The changes are saved. If time or place changed, those who said yes got a mail."))
    return see_other(".overview", public_id=public_id)


def _was_changed(form: ActivityForm, found: Activity) -> bool:
    """Whether somebody else saved since the form was opened. Saving again keeps what it holds."""
    current = activity_data(found)
    names = changed_meanwhile(form.loaded.data or "", current)
    if names:
        point_out(form, names, current)
        form.loaded.data = stamp(current)
    return bool(names)


def _change_following(found: Activity, form: ActivityForm) -> Any:
    try:
        changed = change_this_and_following(db(), actor(), found, form.details())
    except DrawDayFixed:
        return _draw_day_is_fixed(found, form)
    except Conflict:
        db().rollback()
        again = to_change(found.public_id)
        form.add_error("seats", _("At a later occasion more people have said yes than that."))
        return _edit_page(again, form)
    flash(ngettext("One occasion is changed.", "%(num)s occasions are changed.", changed))
    return see_other(".overview", public_id=found.public_id)


def _draw_day_is_fixed(found: Activity, form: ActivityForm) -> str:
    form.add_error(
        "draw_on",
        _("People have said yes already. Whether the seats are drawn can no longer change."),
    )
    return _edit_page(found, form)


def _edit_page(found: Activity, form: ActivityForm) -> str:
    return render(
        "activities/activity_form.html",
        form=form,
        activity=found,
        asked=None,
        following=following_count(db(), found),
    )


def _has_room(form: ActivityForm, found: Activity) -> bool:
    taken = answer_counts(db(), [found.id])[found.id][InvitationState.ACCEPTED]
    if (form.seats.data or 0) >= taken:
        return True
    form.add_error(
        "seats",
        ngettext("One person has said yes already.", "%(num)s people have said yes.", taken),
    )
    return False


def _known(asked: ParticipationRequest | None) -> dict[str, Any]:
    """What the form begins with: a request, an activity to plan once more, or nothing."""
    if asked is not None:
        return data_from_request(asked)
    copied = request.args.get("copy")
    return data_to_copy(activity_visible_to(db(), actor(), copied)) if copied else {}


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
