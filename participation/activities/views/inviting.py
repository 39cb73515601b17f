"""Matching and inviting people to an activity."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from flask import flash, request

from participation.activities.forms import CandidateFilter, InviteForm
from participation.activities.models import Activity
from participation.activities.queries import answer_counts, askable, candidate_page, who_fits
from participation.activities.rules.burden import REST_LABELS
from participation.activities.rules.states import DEFAULT_REPLY_DAYS
from participation.activities.services import NotToBeAsked, invite_members
from participation.activities.services.inviting import latest_reply_by
from participation.activities.services.lundy import ChildrenNotConsidered, GuardianMissing
from participation.activities.views.activities import WORDS, activities
from participation.activities.views.managed import managed
from participation.county.queries import municipalities
from participation.foundation.clock import to_local, today
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import ngettext
from participation.foundation.paging import page_number
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
from participation.interest_bank.queries import Filters
from participation.selection.queries import spread_of_choice

SHOWN_AT_FIRST = 25
MOST_AT_ONCE = 500
# What the form's buttons say beside sending.
SEE_SPREAD, CHOOSE_AGAIN = "spread", "choose"


@activities.get("/activities/<public_id>/invite")
@requires(Permission.MANAGE_ACTIVITIES)
def invite(public_id: str) -> str:
    found = managed(public_id)
    form = InviteForm(activity_day(found), formdata=None, data={"reply_day": suggested_day(found)})
    return _invite_page(found, form)


@activities.post("/activities/<public_id>/invite")
@requires(Permission.MANAGE_ACTIVITIES)
@commits
def invite_them(public_id: str) -> Any:
    """Two steps of one form: what spread the choice gives, then the invitations."""
    found = managed(public_id)
    form = InviteForm(activity_day(found))
    there = askable(db(), actor(), found, form.members.data or ())
    _offer(form, there)
    step = request.form.get("step")
    if step == CHOOSE_AGAIN or not form.validate():
        return _invite_page(found, form)
    if step == SEE_SPREAD:
        return _spread_page(found, form, [person.member_id for person in there.values()])
    chosen = form.members.data or []
    try:
        invite_members(
            db(), actor(), found, chosen, reply_by=form.reply_by(), reason=form.reason.data or ""
        )
    except NotToBeAsked:
        form.add_error("members", _("Somebody can no longer be asked. Choose again."))
        return _invite_page(managed(public_id), form)
    except ChildrenNotConsidered:
        form.add_error(
            "members", _("Somebody you chose may be under 18. Answer the four questions first.")
        )
        return _invite_page(managed(public_id), form, needs_answers=True)
    except GuardianMissing:
        form.add_error("members", _("A guardian has not said yes for somebody you chose."))
        return _invite_page(managed(public_id), form)
    flash(ngettext("One invitation is sent.", "%(num)s invitations are sent.", len(chosen)))
    return see_other(".answers", public_id=public_id)


def _spread_page(found: Activity, form: InviteForm, member_ids: Sequence[int]) -> str:
    """Those chosen by hand beside everybody who fits, before anything is sent."""
    return render(
        "activities/invite_spread.html",
        activity=found,
        form=form,
        count=len(member_ids),
        spread=spread_of_choice(db(), member_ids, who_fits(actor(), found)),
        again=CHOOSE_AGAIN,
        tab="invite",
        can_manage=True,
        **WORDS,
    )


def _invite_page(found: Activity, form: InviteForm, *, needs_answers: bool = False) -> str:
    narrow = _filter_form()
    fitting = candidate_page(
        db(),
        actor(),
        found,
        _filters(narrow),
        free_page=page_number(request.args.get("page")),
        resting_page=page_number(request.args.get("resting")),
        untrained_page=page_number(request.args.get("untrained")),
        free_per_page=MOST_AT_ONCE if "all" in request.args else SHOWN_AT_FIRST,
    )
    shown = fitting.free.items
    _offer(form, [candidate.member.public_id for candidate in shown])
    seen = (*shown, *fitting.resting.items, *fitting.untrained.items)
    log_access_to(
        [one.member.account_id for one in seen], "candidates_seen", "activity", found.public_id
    )
    return render(
        "activities/invite.html",
        activity=found,
        form=form,
        narrow=narrow,
        fitting=fitting,
        shown=shown,
        is_narrowed=_filters(narrow) is not None,
        most_at_once=MOST_AT_ONCE,
        chosen=set(form.members.data or ()),
        counts=answer_counts(db(), [found.id])[found.id],
        rest_labels=REST_LABELS,
        needs_answers=needs_answers,
        see_spread=SEE_SPREAD,
        tab="invite",
        can_manage=True,
        **WORDS,
    )


def activity_day(found: Activity) -> date:
    """The first day that is too late to answer: the activity's, or that of its draw."""
    return to_local(latest_reply_by(found)).date()


def suggested_day(found: Activity) -> date:
    """Ten days from now, but no later than the day before."""
    return min(
        today() + timedelta(days=DEFAULT_REPLY_DAYS), activity_day(found) - timedelta(days=1)
    )


def _offer(form: InviteForm, public_ids: Iterable[str]) -> None:
    """Whom the form may choose; what was chosen and cannot be any more stays an error."""
    form.members.choices = [(public_id, public_id) for public_id in public_ids]


def _filter_form() -> CandidateFilter:
    form = CandidateFilter(request.args)
    names = sorted((m.name, m.code) for m in municipalities(db()))
    form.municipality.choices = [("", _("All")), *((code, name) for name, code in names)]
    form.validate()
    return form


def _filters(form: CandidateFilter) -> Filters | None:
    right = {field.name: field.data or "" for field in form if not field.errors}
    if not any(right.values()):
        return None
    return Filters(
        text=right.get("q", ""),
        municipality_code=right.get("municipality", ""),
        role=right.get("role", ""),
        way=right.get("way", ""),
    )
