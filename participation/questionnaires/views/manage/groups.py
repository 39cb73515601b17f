"""Groups of questions: a heading they share, and a condition that holds for all of them."""

from typing import Any

from flask import flash, request

from participation.foundation.errors import NotFound
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, render, requires
from participation.questionnaires import queries
from participation.questionnaires.forms.editor import group_form
from participation.questionnaires.models import Questionnaire, QuestionnaireVersion
from participation.questionnaires.rules.content import Question
from participation.questionnaires.rules.editing import Data, fresh_key, taken_keys, where_changed
from participation.questionnaires.rules.reading import ContentInvalid
from participation.questionnaires.services import dissolve_group, save_group
from participation.questionnaires.views.manage.parts import at_question, questionnaires, to_write
from participation.questionnaires.views.manage.question import asked_before, question_data


@questionnaires.route("/<public_id>/questions/<key>/group", methods=["GET", "POST"])
@requires(Permission.MANAGE_QUESTIONNAIRES)
@commits
def new_group(public_id: str, key: str) -> Any:
    """A group that begins with this question; others are moved into it."""
    found = to_write(public_id)
    version = queries.versions(db(), found.id)[0]
    question_data(version.content, key)
    return _group_page(found, version, {}, key)


@questionnaires.route("/<public_id>/groups/<group>", methods=["GET", "POST"])
@requires(Permission.MANAGE_QUESTIONNAIRES)
@commits
def edit_group(public_id: str, group: str) -> Any:
    found = to_write(public_id)
    version = queries.versions(db(), found.id)[0]
    groups = version.content.get("groups", [])
    before = next((one for one in groups if one["key"] == group), None)
    if before is None:
        raise NotFound
    return _group_page(found, version, before, "")


@questionnaires.post("/<public_id>/groups/<group>/dissolve")
@requires(Permission.MANAGE_QUESTIONNAIRES)
@commits
def dissolve(public_id: str, group: str) -> Any:
    found = to_write(public_id)
    before = dict(queries.versions(db(), found.id)[0].content)
    after = dissolve_group(db(), found, group, by=actor()).content
    flash(_("The group is dissolved. Its questions stay. You can undo it."))
    return at_question(public_id, where_changed(before, after))


def _group_page(
    found: Questionnaire, version: QuestionnaireVersion, before: Data, first: str
) -> Any:
    content = version.content
    form = group_form(before, _earlier(version, before.get("key", ""), first))
    if "show_in" not in request.form and form.validate_on_submit():
        taken = {group["key"] for group in content.get("groups", [])} | taken_keys(content)
        group = {
            "key": before.get("key") or fresh_key(form.title.data, taken, "group"),
            "title": {**before.get("title", {}), "sv": form.title.data},
            "relevant": form.condition,
        }
        try:
            save_group(db(), found, group, first, by=actor())
        except ContentInvalid as problem:
            form.add_error("relevant", problem.problems[0].message)
        else:
            flash(_("The group is saved. Move questions into it and out of it with Up and Down."))
            return at_question(found.public_id, str(group["key"]), "group")
    return render(
        "questionnaires/manage/group.html",
        questionnaire=found,
        form=form,
        group=before,
        first=first,
    )


def _earlier(version: QuestionnaireVersion, group: str, first: str) -> list[Question]:
    """The questions before the group, or before the one it is to begin with."""
    questions = queries.content_of(version).questions
    inside = next((one.key for one in questions if group and one.group == group), first)
    return asked_before(version, inside)
