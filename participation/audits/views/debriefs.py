"""The auditor's own page: how it was to listen."""

from typing import Any

from flask import flash

from participation.audits import queries
from participation.audits.forms.teams import DebriefForm
from participation.audits.queries.debriefs import caller_of, own_debrief
from participation.audits.services.debriefs import note_call, write_debrief
from participation.audits.views.blueprint import audit_page, audits
from participation.county.queries import help_contacts
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, requires, see_other


@audits.route("/audits/<public_id>/debrief", methods=["GET", "POST"])
@requires(Permission.CONDUCT_AUDIT)
@commits
def debrief(public_id: str) -> Any:
    """A diary for one's own eyes, where to turn, and a wish for a call."""
    lens = queries.audit_conducted_by(db(), actor(), public_id)
    form = DebriefForm(obj=own_debrief(db(), lens.audit, actor()))
    if form.validate_on_submit():
        write_debrief(
            db(),
            actor(),
            lens.audit,
            diary=form.diary.data or "",
            wants_call=form.wants_call.data,
        )
        flash(
            _("Saved. A coordinator sees that you want a call.")
            if form.wants_call.data
            else _("Saved. Only you can read it.")
        )
        return see_other("audits.debrief", public_id=public_id)
    return audit_page("debrief", lens, "team", form=form, contacts=help_contacts(db()))


@audits.post("/audits/<public_id>/team/<place_id>/called")
@requires(Permission.MANAGE_AUDITS)
@commits
def note_called(public_id: str, place_id: str) -> Any:
    """Somebody has called the auditor who wanted it."""
    lens = queries.audit_led_by(db(), actor(), public_id)
    note_call(db(), actor(), lens.audit, caller_of(db(), lens.audit, place_id))
    flash(_("Noted. Thank you for calling."))
    return see_other("audits.team", public_id=public_id)
