"""The people of an activity: matching and inviting, answers, attendance."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from flask import flash, request

from participation.activities.forms import AttendanceForm, CandidateFilter, InviteForm, PlainForm
from participation.activities.models import Activity, Invitation
from participation.activities.queries import (
    Candidates,
    activity_visible_to,
    answer_counts,
    attendances_of,
    candidates,
    invitation_of_activity,
    invitations_of,
)
from participation.activities.rules.burden import REST_LABELS
from participation.activities.rules.states import (
    DEFAULT_REPLY_DAYS,
    INVITATION_STATE_LABELS,
    InvitationState,
)
from participation.activities.services import (
    NotToBeAsked,
    close_attendance,
    invite_members,
    withdraw_invitation,
)
from participation.activities.views.activities import WORDS, activities
from participation.county.queries import municipalities
from participation.foundation.clock import now, to_local, today
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import ngettext
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

SHOWN_AT_FIRST = 50


@activities.get("/activities/<public_id>/invite")
@requires(Permission.MANAGE_ACTIVITIES)
def invite(public_id: str) -> str:
    found = _managed(public_id)
    form = InviteForm(_day(found), formdata=None, data={"reply_day": _suggested_day(found)})
    return _invite_page(found, form)


@activities.post("/activities/<public_id>/invite")
@requires(Permission.MANAGE_ACTIVITIES)
@commits
def invite_them(public_id: str) -> Any:
    found = _managed(public_id)
    form = InviteForm(_day(found))
    fitting = candidates(db(), actor(), found)
    _offer(form, fitting)
    if not form.validate():
        return _invite_page(found, form)
    chosen = form.members.data or []
    try:
        invite_members(
            db(), actor(), found, chosen, reply_by=form.reply_by(), reason=form.reason.data or ""
        )
    except NotToBeAsked:
        form.add_error("members", _("Somebody can no longer be asked. Choose again."))
        return _invite_page(_managed(public_id), form)
    flash(ngettext("One invitation is sent.", "%(num)s invitations are sent.", len(chosen)))
    return see_other(".answers", public_id=public_id)


@activities.get("/activities/<public_id>/answers")
@requires(Permission.MANAGE_ACTIVITIES)
def answers(public_id: str) -> str:
    found = _managed(public_id)
    sent = invitations_of(db(), found.id)
    _log_reading(found, sent)
    return render(
        "activities/answers.html",
        activity=found,
        invitations=sent,
        coming=[i for i in sent if i.state == InvitationState.ACCEPTED],
        waiting=[i for i in sent if i.state == InvitationState.WAITING],
        others=[
            i for i in sent if i.state not in {InvitationState.ACCEPTED, InvitationState.WAITING}
        ],
        questions=[i for i in sent if i.question],
        invitation_states=INVITATION_STATE_LABELS,
        tab="answers",
        can_manage=True,
        **WORDS,
    )


@activities.post("/activities/<public_id>/answers/<invitation_id>/withdraw")
@requires(Permission.MANAGE_ACTIVITIES)
@commits
def withdraw(public_id: str, invitation_id: str) -> Any:
    found = _managed(public_id)
    withdraw_invitation(db(), actor(), invitation_of_activity(db(), found, invitation_id))
    flash(_("The invitation is taken back. A free seat goes to the first who waits."))
    return see_other(".answers", public_id=public_id)


@activities.get("/activities/<public_id>/attendance")
@requires(Permission.MANAGE_ACTIVITIES)
def attendance(public_id: str) -> str:
    return _attendance_page(_managed(public_id), AttendanceForm(formdata=None))


@activities.post("/activities/<public_id>/attendance")
@requires(Permission.MANAGE_ACTIVITIES)
@commits
def close(public_id: str) -> Any:
    found = _managed(public_id)
    form = AttendanceForm()
    form.present.choices = [
        (i.member.public_id, i.member.name)
        for i in invitations_of(db(), found.id)
        if i.state == InvitationState.ACCEPTED
    ]
    if not form.validate():
        return _attendance_page(found, form)
    came = close_attendance(db(), actor(), found, form.present.data or [])
    flash(
        ngettext(
            "The attendance is closed. The organisation now owes one person an answer.",
            "The attendance is closed. The organisation now owes %(num)s people an answer.",
            came,
        )
        if came
        else _("The attendance is closed. Nobody was there, so no answer is owed.")
    )
    return see_other(".overview", public_id=public_id)


def _invite_page(found: Activity, form: InviteForm) -> str:
    narrow = _filter_form()
    fitting = candidates(db(), actor(), found, _filters(narrow))
    _offer(form, fitting)
    shown = fitting.free if "all" in request.args else fitting.free[:SHOWN_AT_FIRST]
    seen = [candidate.member.account_id for candidate in (*shown, *fitting.resting)]
    log_access_to(seen, "candidates_seen", "activity", found.public_id)
    return render(
        "activities/invite.html",
        activity=found,
        form=form,
        narrow=narrow,
        fitting=fitting,
        shown=shown,
        chosen=set(form.members.data or ()),
        counts=answer_counts(db(), [found.id])[found.id],
        rest_labels=REST_LABELS,
        tab="invite",
        can_manage=True,
        **WORDS,
    )


def _attendance_page(found: Activity, form: AttendanceForm) -> str:
    coming = [i for i in invitations_of(db(), found.id) if i.state == InvitationState.ACCEPTED]
    _log_reading(found, coming)
    return render(
        "activities/attendance.html",
        activity=found,
        form=form,
        coming=coming,
        present=attendances_of(db(), found.id),
        has_begun=found.starts_at <= now(),
        plain=PlainForm(formdata=None),
        tab="attendance",
        can_manage=True,
        **WORDS,
    )


def _log_reading(found: Activity, shown: Sequence[Invitation]) -> None:
    accounts = [invitation.member.account_id for invitation in shown]
    log_access_to(accounts, "answers_seen", "activity", found.public_id)


def _managed(public_id: str) -> Activity:
    return activity_visible_to(db(), actor(), public_id, Permission.MANAGE_ACTIVITIES)


def _day(found: Activity) -> date:
    return to_local(found.starts_at).date()


def _suggested_day(found: Activity) -> date:
    """Ten days from now, but no later than the day before."""
    return min(today() + timedelta(days=DEFAULT_REPLY_DAYS), _day(found) - timedelta(days=1))


def _offer(form: InviteForm, fitting: Candidates) -> None:
    form.members.choices = [(c.member.public_id, c.member.code) for c in fitting.free]


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
