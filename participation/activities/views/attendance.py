"""Who was there."""

from typing import Any

from flask import flash

from participation.activities.forms import AttendanceForm, PlainForm
from participation.activities.models import Activity
from participation.activities.queries import attendances_of, invitations_of
from participation.activities.rules.states import InvitationState
from participation.activities.services import close_attendance
from participation.activities.views.activities import WORDS, activities
from participation.activities.views.managed import log_reading, managed
from participation.foundation.clock import now
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import ngettext
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, render, requires, see_other


@activities.get("/activities/<public_id>/attendance")
@requires(Permission.MANAGE_ACTIVITIES)
def attendance(public_id: str) -> str:
    return _attendance_page(managed(public_id), AttendanceForm(formdata=None))


@activities.post("/activities/<public_id>/attendance")
@requires(Permission.MANAGE_ACTIVITIES)
@commits
def close(public_id: str) -> Any:
    found = managed(public_id)
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


def _attendance_page(found: Activity, form: AttendanceForm) -> str:
    coming = [i for i in invitations_of(db(), found.id) if i.state == InvitationState.ACCEPTED]
    log_reading(found, coming)
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
