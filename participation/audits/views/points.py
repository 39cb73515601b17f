"""The points of a report: drafted from what is coded, changed, put in order."""

from typing import Any

from flask import flash

from participation.audits import queries
from participation.audits.forms.reports import ChangePointForm, draft_form
from participation.audits.models import AuditPoint
from participation.audits.queries.analysis import (
    evidence_of,
    interviews_held,
    mark_of_point,
    point_of,
    theme_voices,
)
from participation.audits.rules.drafting import PointDraft, draft_points
from participation.audits.services.interviews import ChangedMeanwhile
from participation.audits.services.points import change_point, move_point_up, take_up_drafts
from participation.audits.views.blueprint import audit_page, audits
from participation.audits.views.words import CHANGED_MEANWHILE
from participation.disclosure.outlets import outlet
from participation.disclosure.services import thresholds_in_force
from participation.foundation.errors import NotFound
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import ngettext
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, requires, see_other


@audits.route("/audits/<public_id>/report/draft", methods=["GET", "POST"])
@requires(Permission.CONDUCT_AUDIT)
@outlet("workroom")
@commits
def draft_report(public_id: str) -> Any:
    """The team begins its report from the themes it has coded."""
    lens = _writing(queries.audit_conducted_by(db(), actor(), public_id))
    drafts = _drafts(lens)
    form = draft_form(drafts)
    if not form.validate_on_submit():
        return audit_page("draft", lens, "report", form=form, drafts=drafts)
    added = take_up_drafts(db(), actor(), lens.audit, drafts, form.chosen)
    if not added:
        flash(_("You chose nothing, so nothing was added."), "warning")
        return see_other("audits.draft_report", public_id=public_id)
    flash(
        ngettext(
            "%(num)s new point is in the report. Write it in your own words.",
            "%(num)s new points are in the report. Write them in your own words.",
            added,
        )
    )
    return see_other("audits.report", public_id=public_id)


@audits.route("/audits/<public_id>/report/points/<int:point_id>", methods=["GET", "POST"])
@requires(Permission.READ_AUDITS)
@outlet("workroom")
@commits
def change_report_point(public_id: str, point_id: int) -> Any:
    """Other words, the other kind, or what it rests on, which only the team knows."""
    lens = _writing(queries.audit_inside(db(), actor(), public_id))
    point = point_of(db(), lens.audit, point_id)
    form = _point_form(lens, point)
    if not form.validate_on_submit():
        return audit_page("write_point", lens, "report", form=form, point=point)
    try:
        change_point(db(), actor(), lens.audit, point, **form.change, was=form.was.data)
    except ChangedMeanwhile:
        form.text.errors = [CHANGED_MEANWHILE]
        form.was.data = mark_of_point(point)
        return audit_page("write_point", lens, "report", form=form, point=point, is_changed=True)
    flash(_("The point is changed."))
    return see_other("audits.report", public_id=public_id)


@audits.post("/audits/<public_id>/report/points/<int:point_id>/up")
@requires(Permission.READ_AUDITS)
@commits
def move_report_point(public_id: str, point_id: int) -> Any:
    lens = _writing(queries.audit_inside(db(), actor(), public_id))
    move_point_up(db(), actor(), lens.audit, point_id)
    return see_other("audits.report", public_id=public_id)


def _drafts(lens: queries.Lens) -> list[PointDraft]:
    held = interviews_held(db(), lens.audit)
    themes = theme_voices(db(), lens.audit)
    taken_up = {point.title for point in queries.points_of(db(), lens.audit.id)}
    drafts = draft_points(themes, held, thresholds_in_force().minimum)
    return [draft for draft in drafts if draft.title not in taken_up]


def _point_form(lens: queries.Lens, point: AuditPoint) -> ChangePointForm:
    form = ChangePointForm(
        obj=point, data={"rests_on": evidence_of(db(), point), "was": mark_of_point(point)}
    )
    return form.offer(interviews_to_rest_on(lens))


def interviews_to_rest_on(lens: queries.Lens) -> list[tuple[int, str]] | None:
    """The interviews as choices, for the team alone: nobody else knows which is which."""
    if not lens.is_team:
        return None
    return [
        (one.id, _("Interview %(number)s", number=one.number))
        for one in queries.interviews_of(db(), lens)
    ]


def _writing(lens: queries.Lens) -> queries.Lens:
    if not lens.may_change_report:
        raise NotFound
    return lens
