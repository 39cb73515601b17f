"""A report that is handed over has a point that too few stand behind: it is mended here."""

from typing import Any

from flask import flash

from participation.audits import queries
from participation.audits.forms.reports import GroundsForm
from participation.audits.queries.analysis import evidence_of
from participation.audits.services import NotReady
from participation.audits.services.mending import ground_point, take_out_point, weak_point_of
from participation.audits.views.blueprint import audit_page, audits
from participation.audits.views.points import interviews_to_rest_on
from participation.disclosure.outlets import outlet
from participation.foundation.errors import NotFound
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, requires, see_other


@audits.route("/audits/<public_id>/report/points/<int:point_id>/mend", methods=["GET", "POST"])
@requires(Permission.READ_AUDITS)
@outlet("workroom")
@commits
def mend_report_point(public_id: str, point_id: int) -> Any:
    """The team says what it rests on; the team and those who lead can take it out."""
    lens = queries.audit_inside(db(), actor(), public_id)
    point = weak_point_of(db(), lens.audit, point_id)
    form = GroundsForm(data={"rests_on": evidence_of(db(), point)})
    form.offer(interviews_to_rest_on(lens))
    if not form.validate_on_submit():
        return audit_page("mend_point", lens, "report", point=point, form=form)
    if not lens.is_team:
        raise NotFound
    try:
        ground_point(db(), actor(), lens.audit, point_id, **form.grounds)
    except NotReady as problem:
        form.add_error("rests_on", problem.message)
        return audit_page("mend_point", lens, "report", point=point, form=form)
    flash(_("The point is changed."))
    return see_other("audits.report", public_id=public_id)


@audits.post("/audits/<public_id>/report/points/<int:point_id>/take-out")
@requires(Permission.READ_AUDITS)
@commits
def take_out_report_point(public_id: str, point_id: int) -> Any:
    lens = queries.audit_inside(db(), actor(), public_id)
    take_out_point(db(), actor(), lens.audit, point_id)
    flash(_("It is out of the report, and the unit gets a mail."))
    return see_other("audits.report", public_id=public_id)
