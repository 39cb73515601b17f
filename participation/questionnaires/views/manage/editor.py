"""Writing a questionnaire: its texts, and publishing it."""

from typing import Any

from flask import flash, request

from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, render, requires, see_other
from participation.questionnaires import queries
from participation.questionnaires.forms.editor import TextsForm
from participation.questionnaires.rules.editing import Data, content_digest
from participation.questionnaires.rules.reading import ContentInvalid
from participation.questionnaires.services import (
    create_questionnaire,
    publish_version,
    save_texts,
)
from participation.questionnaires.views.manage.parts import questionnaires, to_write


@questionnaires.route("/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_QUESTIONNAIRES)
@commits
def new_questionnaire() -> Any:
    queries.check_manager(actor())
    form = TextsForm()
    if form.validate_on_submit():
        texts = form.texts({})
        made = create_questionnaire(
            db(),
            actor(),
            title=texts["title"],
            intro=texts["intro"],
            closing=texts["closing"],
            audience=texts["audience"],
        )
        flash(_("The questionnaire is created. Now add the questions."))
        return see_other("questionnaires.questionnaire_page", public_id=made.public_id)
    return render("questionnaires/manage/texts.html", form=form, questionnaire=None)


@questionnaires.route("/<public_id>/texts", methods=["GET", "POST"])
@requires(Permission.MANAGE_QUESTIONNAIRES)
@commits
def edit_texts(public_id: str) -> Any:
    found = to_write(public_id)
    before = queries.versions(db(), found.id)[0].content
    shown = _texts_data(before)
    form = TextsForm(data=shown)
    read = request.form.get("read", "")
    changed = bool(read) and read != content_digest(shown)
    if not changed and form.validate_on_submit():
        save_texts(db(), found, form.texts(before), by=actor())
        flash(_("The texts are saved."))
        return see_other("questionnaires.questionnaire_page", public_id=public_id)
    return render(
        "questionnaires/manage/texts.html",
        form=form,
        questionnaire=found,
        changed=changed,
        read=content_digest(shown),
    )


def _texts_data(content: Data) -> Data:
    return {
        "title": content["title"].get("sv", ""),
        "title_en": content["title"].get("en", ""),
        "title_ar": content["title"].get("ar", ""),
        "intro": content.get("intro", {}).get("sv", ""),
        "closing": content.get("closing", {}).get("sv", ""),
        "audience": content.get("audience", []),
        "minutes": content.get("minutes"),
    }


@questionnaires.post("/<public_id>/publish")
@requires(Permission.MANAGE_QUESTIONNAIRES)
@commits
def publish(public_id: str) -> Any:
    found = to_write(public_id)
    try:
        publish_version(db(), found, actor())
    except ContentInvalid as problem:
        flash(problem.problems[0].message, "error")
    else:
        flash(_("The version is published. You can now open a round."))
    return see_other("questionnaires.questionnaire_page", public_id=public_id)
