"""Working with reports: list, form, preview, finish, copy, publish, delete."""

from datetime import date

from flask import flash, request
from sqlalchemy import select
from werkzeug.wrappers import Response

from participation.disclosure.outlets import outlet
from participation.foundation.clock import today
from participation.foundation.i18n import gettext as _
from participation.foundation.jobs import Job
from participation.foundation.paging import page_number, paginate
from participation.foundation.permissions import Permission
from participation.foundation.views_operations import percent_done
from participation.foundation.web import (
    actor,
    commits,
    db,
    extension,
    render,
    requires,
    see_other,
)
from participation.reports.forms import ReportForm, WordsForm
from participation.reports.models import Report
from participation.reports.queries.composing import Providers, compose
from participation.reports.queries.reports import (
    files_of,
    managed_report,
    managed_reports,
    reader_choices,
    shown_now,
    usual_reader,
)
from participation.reports.rules.kinds import KINDS
from participation.reports.services.reports import (
    ReportDraft,
    copy_report,
    delete_draft,
    finish_report,
    publish_report,
    reader_of,
    unpublish_report,
    write_report,
)
from participation.reports.views.blueprint import blueprint
from participation.reports.views.reading import DRAWN_WITH


def providers() -> Providers:
    """What other floors count, for a report."""
    features = extension().features
    return Providers(
        db(), features.collect("indicator_counters"), features.collect("public_figures")
    )


@blueprint.get("/reports/work")
@requires(Permission.MANAGE_REPORTS, whole_county=True)
def work() -> str:
    """Drafts and finished reports, with search."""
    form = WordsForm(request.args, meta={"csrf": False})
    words = form.words.data or ""
    page = paginate(db(), managed_reports(actor(), words), page_number(request.args.get("page")))
    return render("reports/work.html", page=page, form=form, words=words)


@blueprint.route("/reports/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_REPORTS, whole_county=True)
@commits
def new_report() -> str | Response:
    """A short form with sensible defaults: this year so far."""
    form = ReportForm(period_from=date(today().year, 1, 1), period_to=today())
    form.offer(reader_choices(db()))
    if not form.is_submitted():
        form.reader.data = usual_reader(db())
    if form.validate_on_submit():
        made = write_report(db(), actor(), _draft(form))
        return see_other("reports.one", public_id=made.public_id)
    return render("reports/edit.html", form=form, report=None)


@blueprint.route("/reports/<public_id>/edit", methods=["GET", "POST"])
@requires(Permission.MANAGE_REPORTS, whole_county=True)
@commits
def edit_report(public_id: str) -> str | Response:
    """Change a draft."""
    found = managed_report(db(), actor(), public_id)
    if not found.is_draft:
        return see_other("reports.one", public_id=public_id)
    form = ReportForm(obj=found)
    form.offer(reader_choices(db()))
    if not form.is_submitted():
        form.reader.data = reader_of(found)
    if form.validate_on_submit():
        write_report(db(), actor(), _draft(form), found)
        flash(_("Saved."))
        return see_other("reports.one", public_id=public_id)
    return render("reports/edit.html", form=form, report=found)


def _draft(form: ReportForm) -> ReportDraft:
    return ReportDraft(
        reader=form.reader.data,
        period_from=form.period_from.data,
        period_to=form.period_to.data,
        title=form.title.data or "",
        introduction=form.introduction.data or "",
        parts=form.in_order(),
    )


@blueprint.get("/reports/<public_id>/work")
@requires(Permission.MANAGE_REPORTS, whole_county=True)
@outlet("publication")
def one(public_id: str) -> str:
    """One report in the workroom: a preview of the draft, how far it is, what can be done."""
    found = managed_report(db(), actor(), public_id)
    shown = None if found.is_draft else shown_now(db(), found)
    snapshot = shown.snapshot if shown else compose(found, providers())
    job = found.job_public_id and db().scalar(
        select(Job).where(Job.public_id == found.job_public_id)
    )
    return render(
        "reports/one.html",
        report=found,
        shown=shown,
        snapshot=snapshot,
        kinds=KINDS,
        files=files_of(db(), shown) if shown else [],
        job=job,
        percent=percent_done(job) if job else 0,
        **DRAWN_WITH,
    )


@blueprint.post("/reports/<public_id>/finish")
@requires(Permission.MANAGE_REPORTS, whole_county=True)
@commits
def finish(public_id: str) -> Response:
    """Freeze the report and make its files."""
    found = managed_report(db(), actor(), public_id)
    finish_report(db(), actor(), found, providers())
    return see_other("reports.one", public_id=public_id)


@blueprint.post("/reports/<public_id>/copy")
@requires(Permission.MANAGE_REPORTS, whole_county=True)
@commits
def copy(public_id: str) -> Response:
    """The beginning of the next one."""
    made = copy_report(db(), actor(), managed_report(db(), actor(), public_id), today())
    flash(_("Here is the next report, with the same choices and a new period."))
    return see_other("reports.edit_report", public_id=made.public_id)


@blueprint.route("/reports/<public_id>/publish", methods=["GET", "POST"])
@requires(Permission.MANAGE_REPORTS, whole_county=True)
@commits
def publish(public_id: str) -> str | Response:
    """Ask first, then let everybody read it."""
    found = managed_report(db(), actor(), public_id)
    if request.method == "POST":
        publish_report(db(), actor(), found)
        flash(_("Everybody can read the report now."))
        return see_other("reports.one", public_id=public_id)
    return _ask(found, "publish")


@blueprint.post("/reports/<public_id>/unpublish")
@requires(Permission.MANAGE_REPORTS, whole_county=True)
@commits
def unpublish(public_id: str) -> Response:
    """Only those it is for read it again."""
    unpublish_report(db(), actor(), managed_report(db(), actor(), public_id))
    flash(_("Only those the report is for can read it now."))
    return see_other("reports.one", public_id=public_id)


@blueprint.route("/reports/<public_id>/delete", methods=["GET", "POST"])
@requires(Permission.MANAGE_REPORTS, whole_county=True)
@commits
def delete(public_id: str) -> str | Response:
    """Ask first, then delete a draft."""
    found = managed_report(db(), actor(), public_id)
    if request.method == "POST":
        delete_draft(db(), actor(), found)
        flash(_("The draft is deleted."))
        return see_other("reports.work")
    return _ask(found, "delete")


def _ask(found: Report, what: str) -> str | Response:
    if found.is_draft != (what == "delete"):
        return see_other("reports.one", public_id=found.public_id)
    return render("reports/ask.html", report=found, what=what)
