"""After the report is handed over: the unit says which facts are wrong, the auditors answer."""

from typing import Any

from flask import flash

from participation.audits import queries
from participation.audits.forms.facts import (
    THE_REPORT,
    AnswerForm,
    AnswerPointForm,
    AnswerReportForm,
    RemarkForm,
    remark_form,
)
from participation.audits.models import AuditFactRemark
from participation.audits.queries.analysis import point_of
from participation.audits.queries.facts import (
    may_remark,
    points_to_remark_on,
    remark_of,
    remarks_of,
)
from participation.audits.rules.facts import FactAnswer
from participation.audits.services import (
    NotRead,
    NotReady,
    answer_remark,
    note_facts_read,
    remark_on_fact,
)
from participation.audits.views.blueprint import audit_page, audits
from participation.audits.views.reading import read_mark, reading_form
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, requires, see_other


@audits.get("/audits/<public_id>/facts")
@requires(Permission.READ_AUDITS)
def facts(public_id: str) -> str:
    """What the unit has said, and what was answered."""
    return _facts(queries.audit_seen_by(db(), actor(), public_id))


@audits.post("/audits/<public_id>/facts")
@requires(Permission.ORDER_AUDIT)
@commits
def remark(public_id: str) -> Any:
    """The unit says that a fact is wrong."""
    lens = _unit(public_id)
    form = _form(lens)
    if form is None:
        flash(_("The time to say so has passed. Talk with the coordinator."), "alarm")
        return see_other("audits.facts", public_id=public_id)
    if not form.validate():
        return _facts(lens, form)
    about = form.about.data
    point = None if about == THE_REPORT else point_of(db(), lens.audit, int(about))
    remark_on_fact(db(), actor(), lens.audit, point=point, text=form.text.data)
    flash(_("Thank you. The auditors get a mail and answer you."))
    return see_other("audits.facts", public_id=public_id)


@audits.post("/audits/<public_id>/facts/read")
@requires(Permission.ORDER_AUDIT)
@commits
def facts_read(public_id: str) -> Any:
    """The unit has read the report, and no fact is wrong."""
    lens = _unit(public_id)
    try:
        note_facts_read(db(), actor(), lens.audit)
        flash(_("Thank you. It is noted that no fact is wrong."))
    except Conflict:
        flash(_("Somebody has said that a fact is wrong, or the time has passed."), "alarm")
    return see_other("audits.facts", public_id=public_id)


@audits.route("/audits/<public_id>/facts/<remark_id>", methods=["GET", "POST"])
@requires(Permission.READ_AUDITS)
@commits
def answer_fact(public_id: str, remark_id: str) -> Any:
    """The team, or those who lead, answer and correct the words."""
    lens = queries.audit_inside(db(), actor(), public_id)
    found = remark_of(db(), lens, remark_id)
    if found.answered_at is not None:
        flash(_("It is answered already."), "warning")
        return see_other("audits.facts", public_id=public_id)
    form = _answer_form(lens, found)
    if not form.validate_on_submit():
        return _answer(lens, found, form)
    try:
        answer_remark(db(), actor(), lens.audit, found, **form.said, read=read_mark())
    except NotRead as problem:
        read_form = reading_form(problem.doubts, problem)
        return _answer(
            lens, found, form, doubts=problem.doubts, read_form=read_form, has_errors=True
        )
    except NotReady as problem:
        form.add_error("answer", problem.message)
        return _answer(lens, found, form)
    flash(_("It is answered, and the unit gets a mail."))
    return see_other("audits.facts", public_id=public_id)


def _unit(public_id: str) -> queries.Lens:
    lens = queries.audit_seen_by(db(), actor(), public_id)
    if not lens.is_unit:
        raise NotFound
    return lens


def _form(lens: queries.Lens, **values: Any) -> RemarkForm | None:
    """Nothing to fill in once the time has passed, or where all is said."""
    points, is_report_free = points_to_remark_on(db(), lens.audit)
    if not may_remark(lens.audit) or not (points or is_report_free):
        return None
    return remark_form(points, is_report_free=is_report_free, **values)


def _facts(lens: queries.Lens, form: RemarkForm | None = None) -> str:
    lines = remarks_of(db(), lens)
    if form is None and lens.is_unit:
        form = _form(lens, formdata=None)
    return audit_page(
        "facts",
        lens,
        "report",
        lines=lines,
        form=form,
        is_open=may_remark(lens.audit),
        corrected=FactAnswer.CORRECTED,
        field_labels={
            name: field.label.text
            for kind in (AnswerPointForm, AnswerReportForm)
            for name, field in kind(formdata=None)._fields.items()
        },
    )


def _answer_form(lens: queries.Lens, found: AuditFactRemark) -> AnswerForm:
    return AnswerPointForm(obj=found.point) if found.point else AnswerReportForm(obj=lens.audit)


def _answer(lens: queries.Lens, found: AuditFactRemark, form: AnswerForm, **values: Any) -> str:
    return audit_page("answer_fact", lens, "report", remark=found, form=form, **values)
