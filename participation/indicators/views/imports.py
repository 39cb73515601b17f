"""Taking values in, step by step: file, dry run, columns, yes, and back out."""

from typing import Any

from flask import flash, request

from participation.county.queries import perspectives
from participation.foundation.errors import Conflict
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import ngettext
from participation.foundation.paging import page_number, paginate
from participation.foundation.permissions import Permission
from participation.foundation.views_operations import percent_done
from participation.foundation.web import actor, commits, db, render, requires, see_other
from participation.indicators.forms import ColumnsForm, UploadForm
from participation.indicators.models import IndicatorImport
from participation.indicators.queries.imports import (
    earlier_of_the_same_file,
    import_to_work_on,
    import_visible_to,
    imports_visible_to,
    is_last_done,
    job_of,
    report_of,
)
from participation.indicators.queries.indicators import municipality_names
from participation.indicators.queries.register import (
    indicator_choices,
    indicator_to_edit,
    public_id_of,
)
from participation.indicators.rules.columns import is_understood, is_wide, period_headings
from participation.indicators.rules.importing import IGNORED, PROBLEM_LABELS
from participation.indicators.rules.words import SEX_WORDS
from participation.indicators.services.importing import (
    MOST_BYTES,
    choose_columns,
    confirm_import,
    drop_import,
    receive_file,
    undo_import,
)
from participation.indicators.views.blueprint import blueprint
from participation.indicators.views.words import IMPORT_STATES, UNREADABLE


@blueprint.get("/indicators/imports")
@requires(Permission.MANAGE_PLANS, whole_county=True)
def imports() -> str:
    """Where a file is sent, and the log of those sent before."""
    return _list_page(UploadForm(formdata=None))


@blueprint.post("/indicators/imports")
@requires(Permission.MANAGE_PLANS, whole_county=True)
@commits
def upload() -> Any:
    """Look through a file; nothing is taken in."""
    form = _offered(UploadForm())
    if not form.validate():
        return _list_page(form)
    content = form.file.data.stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        form.add_error("file", _("The file is too large: at most 10 MB."))
        return _list_page(form)
    taken = receive_file(
        db(),
        actor(),
        form.file.data.filename or "",
        content,
        indicator_id=_indicator_id(form.indicator.data),
        perspective_id=int(form.perspective.data) if form.perspective.data else None,
    )
    return see_other(".import_page", public_id=taken.public_id)


@blueprint.get("/indicators/imports/<public_id>")
@requires(Permission.MANAGE_PLANS, whole_county=True)
def import_page(public_id: str) -> str:
    """What the file would do, or did."""
    found, sender = import_visible_to(db(), actor(), public_id)
    job = job_of(db(), found)
    report = report_of(found)
    return render(
        "indicators/import.html",
        taken=found,
        sender=sender,
        job=job,
        percent=percent_done(job) if job else 0,
        report=report,
        rejected=[r for r in report.remarks if r.problem not in IGNORED],
        passed_over=[(p, n) for p, n in report.tally.items() if p in IGNORED],
        columns=_columns_form(found),
        is_understood=not found.headings or is_understood(found.columns, found.headings),
        is_wide=is_wide(found.columns, found.headings),
        periods=[p.text for p in period_headings(found.headings).values()],
        same_file=earlier_of_the_same_file(db(), found) if found.state == "checked" else None,
        can_undo=is_last_done(db(), found),
        names=municipality_names(db()),
        problems=PROBLEM_LABELS,
        states=IMPORT_STATES,
        sexes=SEX_WORDS,
        unreadable=UNREADABLE,
    )


@blueprint.post("/indicators/imports/<public_id>/columns")
@requires(Permission.MANAGE_PLANS, whole_county=True)
@commits
def change_columns(public_id: str) -> Any:
    """Say what stands in which column, and look again."""
    import_visible_to(db(), actor(), public_id)
    found = import_to_work_on(db(), public_id)
    form = ColumnsForm().offer(found.headings, indicator_choices(db()))
    if form.validate():
        choose_columns(db(), actor(), found, form.chosen(), _indicator_id(form.of.data))
    return see_other(".import_page", public_id=public_id)


@blueprint.post("/indicators/imports/<public_id>/confirm")
@requires(Permission.MANAGE_PLANS, whole_county=True)
@commits
def confirm(public_id: str) -> Any:
    """Take all of it in."""
    import_visible_to(db(), actor(), public_id)
    confirm_import(db(), actor(), import_to_work_on(db(), public_id))
    return see_other(".import_page", public_id=public_id)


@blueprint.post("/indicators/imports/<public_id>/drop")
@requires(Permission.MANAGE_PLANS, whole_county=True)
@commits
def drop(public_id: str) -> Any:
    """Give the file up."""
    import_visible_to(db(), actor(), public_id)
    drop_import(db(), import_to_work_on(db(), public_id))
    flash(_("The file is given up. Nothing was taken in."))
    return see_other(".imports")


@blueprint.route("/indicators/imports/<public_id>/undo", methods=["GET", "POST"])
@requires(Permission.MANAGE_PLANS, whole_county=True)
@commits
def undo(public_id: str) -> Any:
    """Take the last file back, after a yes."""
    found, _sender = import_visible_to(db(), actor(), public_id)
    if request.method == "GET":
        return render("indicators/undo.html", taken=found, can_undo=is_last_done(db(), found))
    try:
        count = undo_import(db(), actor(), import_to_work_on(db(), public_id))
    except Conflict:
        flash(_("A later file has been taken in. Only the last one can be taken back."), "alarm")
        return see_other(".import_page", public_id=public_id)
    flash(ngettext("One value is as it was.", "%(num)s values are as they were.", count))
    return see_other(".import_page", public_id=public_id)


def _list_page(form: UploadForm) -> str:
    page = paginate(db(), imports_visible_to(actor()), page_number(request.args.get("page")))
    form = _offered(form)
    return render("indicators/imports.html", form=form, page=page, states=IMPORT_STATES)


def _offered(form: UploadForm) -> UploadForm:
    shown = [(str(one.id), one.name) for one in perspectives(db())]
    return form.offer(indicator_choices(db()), shown)


def _columns_form(found: IndicatorImport) -> ColumnsForm:
    chosen = public_id_of(db(), found.indicator_id) if found.indicator_id else ""
    form = ColumnsForm(formdata=None, data={**found.columns, "of": chosen})
    return form.offer(found.headings, indicator_choices(db()))


def _indicator_id(public_id: str | None) -> int | None:
    return indicator_to_edit(db(), actor(), public_id).id if public_id else None
