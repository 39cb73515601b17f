"""The question library: finding and copying questions, and the county's own."""

from typing import Any

from flask import flash, request

from participation.foundation.errors import NotFound
from participation.foundation.i18n import gettext as _
from participation.foundation.paging import page_number, page_of
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, render, requires, see_other
from participation.questionnaires import queries
from participation.questionnaires.forms.exchange import LibraryFilterForm, ShareForm
from participation.questionnaires.queries.library import shared_question, whole_library
from participation.questionnaires.rules.editing import taken_keys
from participation.questionnaires.rules.kinds import KINDS
from participation.questionnaires.rules.library import AREAS, LICENCES, found_in_library
from participation.questionnaires.services import save_question
from participation.questionnaires.services.sharing import share_question, withdraw_question
from participation.questionnaires.views.manage.parts import questionnaires
from participation.questionnaires.views.manage.question import question_data


@questionnaires.get("/library")
@requires(Permission.MANAGE_QUESTIONNAIRES)
def question_library() -> str:
    """All of it, or what fits an area and some words; `to` is the questionnaire to add to."""
    queries.check_manager(actor())
    form = LibraryFilterForm(request.args, meta={"csrf": False})
    to = request.args.get("to", "")
    target = queries.questionnaire(db(), actor(), to) if to else None
    found = found_in_library(
        form.area.data or "", form.words.data or "", whole_library(db()).values()
    )
    return render(
        "questionnaires/manage/library.html",
        form=form,
        target=target,
        page=page_of(found, page_number(request.args.get("page"))),
        used=_used(target),
        areas=AREAS,
        licences=LICENCES,
        kinds=KINDS,
    )


def _used(target: Any) -> set[str]:
    """Library keys that the questionnaire has copied already."""
    if target is None:
        return set()
    content = queries.content_of(queries.versions(db(), target.id)[0])
    return {question.provenance for question in content.questions if question.provenance}


@questionnaires.post("/<public_id>/library/<key>")
@requires(Permission.MANAGE_QUESTIONNAIRES)
@commits
def add_from_library(public_id: str, key: str) -> Any:
    found = queries.questionnaire(db(), actor(), public_id)
    chosen = whole_library(db()).get(key)
    if chosen is None:
        raise NotFound
    content = queries.versions(db(), found.id)[0].content
    save_question(db(), found, chosen.copy(taken_keys(content)), by=actor())
    flash(_("The question is added last in the questionnaire."))
    return see_other(
        "questionnaires.question_library",
        to=public_id,
        area=request.form.get("area") or None,
        words=request.form.get("words") or None,
        page=request.form.get("page") or None,
        _anchor=key,
    )


@questionnaires.route("/<public_id>/questions/<key>/share", methods=["GET", "POST"])
@requires(Permission.MANAGE_QUESTIONNAIRES)
@commits
def share(public_id: str, key: str) -> Any:
    """Put the county's own question into the library, with who stands behind it."""
    found = queries.questionnaire(db(), actor(), public_id)
    question = question_data(queries.versions(db(), found.id)[0].content, key)
    form = ShareForm(data={"source": found.title, "licence": "CC0-1.0"})
    if form.validate_on_submit():
        share_question(
            db(),
            actor(),
            found,
            question,
            area=form.area.data,
            licence=form.licence.data,
            source=form.source.data,
            owner=form.owner.data,
        )
        flash(_("The question is in the library."))
        return see_other("questionnaires.question_library")
    return render(
        "questionnaires/manage/share.html", questionnaire=found, question=question, form=form
    )


@questionnaires.post("/library/<shared_id>/withdraw")
@requires(Permission.MANAGE_QUESTIONNAIRES)
@commits
def unshare(shared_id: str) -> Any:
    withdraw_question(db(), actor(), shared_question(db(), actor(), shared_id))
    flash(_("The question is out of the library. Copies of it stay where they are."))
    return see_other("questionnaires.question_library")
