"""Taking an existing bank in, step by step: file, dry run, columns, consent, and back out."""

from typing import Any

from flask import flash, request

from participation.foundation.errors import Conflict
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import ngettext
from participation.foundation.paging import page_number, paginate
from participation.foundation.permissions import Permission
from participation.foundation.views_operations import percent_done
from participation.foundation.web import actor, commits, db, render, requires, see_other
from participation.interest_bank.forms.rooms.importing import (
    ColumnsForm,
    ConfirmImportForm,
    UploadForm,
)
from participation.interest_bank.models import BankImport
from participation.interest_bank.queries.imports import (
    import_visible_to,
    imports_visible_to,
    job_of,
    may_be_undone,
    remarks_of,
)
from participation.interest_bank.rules.importing import (
    OUTCOME_LABELS,
    PROBLEM_LABELS,
    ImportConsent,
)
from participation.interest_bank.services.importing import (
    MOST_BYTES,
    choose_columns,
    confirm_import,
    drop_import,
    receive_file,
    undo_import,
)
from participation.interest_bank.views.blueprint import interest_bank
from participation.interest_bank.views.words import IMPORT_STATES, UNREADABLE


@interest_bank.get("/interest-bank/imports")
@requires(Permission.MANAGE_BANK)
def imports() -> str:
    return _list_page(UploadForm(formdata=None))


@interest_bank.post("/interest-bank/imports")
@requires(Permission.MANAGE_BANK)
@commits
def upload() -> Any:
    form = UploadForm()
    if not form.validate():
        return _list_page(form)
    content = form.file.data.stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        form.add_error("file", _("The file is too large: at most 10 MB."))
        return _list_page(form)
    taken = receive_file(db(), actor(), form.file.data.filename or "", content)
    return see_other(".import_page", public_id=taken.public_id)


@interest_bank.get("/interest-bank/imports/<public_id>")
@requires(Permission.MANAGE_BANK)
def import_page(public_id: str) -> str:
    found = import_visible_to(db(), actor(), public_id)
    return _page(found, ConfirmImportForm(formdata=None))


@interest_bank.post("/interest-bank/imports/<public_id>/columns")
@requires(Permission.MANAGE_BANK)
@commits
def change_columns(public_id: str) -> Any:
    found = import_visible_to(db(), actor(), public_id)
    form = ColumnsForm().offer(found.headings)
    if form.validate():
        choose_columns(db(), actor(), found, form.chosen())
    return see_other(".import_page", public_id=public_id)


@interest_bank.post("/interest-bank/imports/<public_id>/confirm")
@requires(Permission.MANAGE_BANK)
@commits
def confirm_import_it(public_id: str) -> Any:
    found = import_visible_to(db(), actor(), public_id)
    form = ConfirmImportForm()
    if not form.validate():
        return _page(found, form)
    confirm_import(
        db(),
        actor(),
        found,
        consent=ImportConsent(form.consent.data),
        confirm_days=int(form.confirm_days.data),
        reason=form.reason.data or None,
    )
    return see_other(".import_page", public_id=public_id)


@interest_bank.post("/interest-bank/imports/<public_id>/drop")
@requires(Permission.MANAGE_BANK)
@commits
def drop(public_id: str) -> Any:
    drop_import(db(), import_visible_to(db(), actor(), public_id))
    flash(_("The file is deleted. Nobody was taken in."))
    return see_other(".imports")


@interest_bank.post("/interest-bank/imports/<public_id>/undo")
@requires(Permission.MANAGE_BANK)
@commits
def undo(public_id: str) -> Any:
    found = import_visible_to(db(), actor(), public_id)
    try:
        count = undo_import(db(), actor(), found)
    except Conflict:
        flash(_("Somebody has answered meanwhile, so the import stands."), "alarm")
        return see_other(".import_page", public_id=public_id)
    flash(ngettext("One person is taken out.", "%(num)s people are taken out.", count))
    return see_other(".imports")


def _list_page(form: UploadForm) -> str:
    page = paginate(db(), imports_visible_to(actor()), page_number(request.args.get("page")))
    return render("interest_bank/rooms/imports.html", form=form, page=page, states=IMPORT_STATES)


def _page(found: BankImport, form: ConfirmImportForm) -> str:
    job = job_of(db(), found)
    columns = ColumnsForm(formdata=None, data=dict(found.columns)).offer(found.headings)
    return render(
        "interest_bank/rooms/import.html",
        taken=found,
        form=form,
        columns=columns,
        job=job,
        percent=percent_done(job) if job else 0,
        remarks=remarks_of(found),
        problems=PROBLEM_LABELS,
        outcomes=OUTCOME_LABELS,
        states=IMPORT_STATES,
        unreadable=UNREADABLE,
        can_undo=may_be_undone(db(), found),
    )
