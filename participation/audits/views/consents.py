"""Unit and team say whether everybody may read the summary."""

from typing import Any

from flask import flash, request

from participation.audits import queries
from participation.audits.forms.reports import ConsentForm
from participation.audits.queries.consents import consents_of
from participation.audits.rules.states import COMPLETED
from participation.audits.services.publishing import say_about_publishing
from participation.audits.views.blueprint import audit_page, audits
from participation.foundation.errors import NotFound
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, requires, see_other


@audits.route("/audits/<public_id>/consent", methods=["GET", "POST"])
@requires(Permission.READ_AUDITS)
@commits
def consent(public_id: str) -> Any:
    """Say yes or no, for the unit or for oneself; those who lead see who has said what."""
    lens = queries.audit_seen_by(db(), actor(), public_id)
    if lens.state not in COMPLETED:
        raise NotFound
    form = ConsentForm()
    says = lens.is_unit or lens.is_team
    if says and form.validate_on_submit():
        as_unit = lens.is_unit and not lens.is_team
        says_yes = form.answer.data == "yes"
        if lens.audit.is_published and not says_yes and request.form.get("sure") != "yes":
            return audit_page("say_no", lens, "report")
        say_about_publishing(db(), actor(), lens.audit, as_unit=as_unit, says_yes=says_yes)
        flash(_("Thank you. Your answer is noted."))
        return see_other("audits.consent", public_id=public_id)
    found = consents_of(db(), lens.audit)
    own = found.of(actor().account_id) if lens.is_team else found.unit
    return audit_page("consent", lens, "report", form=form, consents=found, own=own, says=says)
