"""Questions from elsewhere and for elsewhere: forms of other programs, and the question library."""

from typing import Any

from flask import flash

from participation.foundation.files.web import attachment
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.tabular import XLSX
from participation.foundation.web import actor, commits, db, render, requires, see_other
from participation.questionnaires import queries
from participation.questionnaires.forms.exchange import FormFileForm
from participation.questionnaires.queries.imports import received_form
from participation.questionnaires.rules.exchange.fhir_writing import write_fhir
from participation.questionnaires.rules.exchange.report import Weight, gathered
from participation.questionnaires.rules.exchange.xlsform_writing import write_xlsform
from participation.questionnaires.rules.kinds import KINDS
from participation.questionnaires.rules.reading import ContentInvalid, read_content
from participation.questionnaires.services.importing import (
    drop_form,
    receive_form,
    take_in_form,
)
from participation.questionnaires.views.manage.parts import questionnaires


@questionnaires.route("/import", methods=["GET", "POST"])
@requires(Permission.MANAGE_QUESTIONNAIRES)
@commits
def import_form() -> Any:
    queries.check_manager(actor())
    form = FormFileForm()
    if form.validate_on_submit():
        content = form.content()
        if content is not None:
            received = receive_form(db(), form.file.data.filename or "", content)
            return see_other("questionnaires.import_page", public_id=received.public_id)
    return render("questionnaires/manage/import.html", form=form)


@questionnaires.get("/imports/<public_id>")
@requires(Permission.MANAGE_QUESTIONNAIRES)
def import_page(public_id: str) -> str:
    """What would come in, and everything there is to say about it."""
    received = received_form(db(), actor(), public_id)
    by_weight = {
        weight: gathered(one for one in received.findings if one["weight"] == weight)
        for weight in Weight
    }
    return render(
        "questionnaires/manage/imported.html",
        received=received,
        content=read_content(received.content) if received.content is not None else None,
        stopped=sum(one["weight"] == Weight.STOP for one in received.findings),
        stops=by_weight[Weight.STOP],
        left_out=by_weight[Weight.LEFT_OUT],
        notes=by_weight[Weight.NOTE],
        kinds=KINDS,
    )


@questionnaires.post("/imports/<public_id>/confirm")
@requires(Permission.MANAGE_QUESTIONNAIRES)
@commits
def confirm_import(public_id: str) -> Any:
    received = received_form(db(), actor(), public_id)
    try:
        made = take_in_form(db(), actor(), received)
    except ContentInvalid as problem:
        flash(problem.problems[0].message, "error")
        return see_other("questionnaires.import_page", public_id=public_id)
    flash(_("The form is a draft now. Read through it and try it before you publish."))
    return see_other("questionnaires.questionnaire_page", public_id=made.public_id)


@questionnaires.post("/imports/<public_id>/drop")
@requires(Permission.MANAGE_QUESTIONNAIRES)
@commits
def drop_import(public_id: str) -> Any:
    drop_form(db(), received_form(db(), actor(), public_id))
    flash(_("The form is given up. Nothing of it was taken in."))
    return see_other("questionnaires.overview")


@questionnaires.get("/<public_id>/xlsform")
@requires(Permission.MANAGE_QUESTIONNAIRES)
def xlsform(public_id: str) -> Any:
    """The newest version as a workbook for Excel and other survey programs."""
    found = queries.questionnaire(db(), actor(), public_id)
    content = queries.content_of(queries.versions(db(), found.id)[0])
    return attachment(write_xlsform(content, found.key), f"{found.key}.xlsx", XLSX)


@questionnaires.get("/<public_id>/fhir")
@requires(Permission.MANAGE_QUESTIONNAIRES)
def fhir(public_id: str) -> Any:
    """The newest version as a FHIR R4 resource for systems of health care."""
    found = queries.questionnaire(db(), actor(), public_id)
    version = queries.versions(db(), found.id)[0]
    resource = write_fhir(
        queries.content_of(version),
        found.key,
        version=version.number,
        is_published=version.is_published,
    )
    return attachment(resource, f"{found.key}.json", "application/fhir+json")
