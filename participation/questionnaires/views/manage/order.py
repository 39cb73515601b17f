"""The questions' order: moving, copying and removing them, and taking the last change back."""

from typing import Any

from flask import flash, request

from participation.foundation.errors import Conflict
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, render, requires, see_other
from participation.questionnaires import queries
from participation.questionnaires.rules.editing import Data, where_changed
from participation.questionnaires.rules.reading import ContentInvalid
from participation.questionnaires.services import (
    copy_question,
    move_question,
    remove_question,
    step_question,
    undo_change,
)
from participation.questionnaires.services.authoring import ChangedByColleague
from participation.questionnaires.views.manage.parts import at_question, questionnaires, to_write
from participation.questionnaires.views.manage.question import question_data


@questionnaires.post("/<public_id>/questions/<key>/move")
@requires(Permission.MANAGE_QUESTIONNAIRES)
@commits
def move(public_id: str, key: str) -> Any:
    """Up, down, or to a place; the list comes back with the focus on the question moved."""
    found = to_write(public_id)
    question_data(queries.versions(db(), found.id)[0].content, key)
    to = request.form.get("to", "")
    try:
        if to.isdecimal():
            move_question(db(), found, key, int(to[:4]), by=actor())
        else:
            step_question(db(), found, key, -1 if to == "up" else 1, by=actor())
        _say_where(queries.versions(db(), found.id)[0].content, key)
    except ContentInvalid as problem:
        flash(problem.problems[0].message, "error")
    return _list_page(public_id, key, to if to in {"up", "down"} else "place")


def _say_where(content: Data, key: str) -> None:
    questions = content.get("questions", [])
    titles = {group["key"]: group["title"]["sv"] for group in content.get("groups", [])}
    place = next(n for n, question in enumerate(questions, start=1) if question["key"] == key)
    moved = questions[place - 1]
    said = {"name": moved["text"]["sv"], "place": place, "total": len(questions)}
    if moved.get("group"):
        flash(
            _(
                "“%(name)s” is number %(place)s of %(total)s now, in the group “%(group)s”.",
                group=titles[moved["group"]],
                **said,
            )
        )
    else:
        flash(_("“%(name)s” is number %(place)s of %(total)s now.", **said))


def _list_page(public_id: str, key: str, by: str) -> Any:
    """Without a fragment in the address: browsers would not let the button take the focus then."""
    return see_other("questionnaires.questionnaire_page", public_id=public_id, at=key, by=by)


@questionnaires.post("/<public_id>/questions/<key>/copy")
@requires(Permission.MANAGE_QUESTIONNAIRES)
@commits
def copy(public_id: str, key: str) -> Any:
    found = to_write(public_id)
    try:
        made = copy_question(db(), found, key, by=actor())
    except ContentInvalid as problem:
        flash(problem.problems[0].message, "error")
        return at_question(public_id, key)
    flash(_("The copy stands right after the question."))
    return at_question(public_id, made)


@questionnaires.post("/<public_id>/undo")
@requires(Permission.MANAGE_QUESTIONNAIRES)
@commits
def undo(public_id: str) -> Any:
    found = to_write(public_id)
    before = dict(queries.versions(db(), found.id)[0].content)
    at = ""
    try:
        at = where_changed(before, undo_change(db(), found, actor()).content)
        flash(_("The last change is undone. Undo once more to bring it back."))
    except ChangedByColleague as problem:
        flash(problem.message, "error")
    except Conflict:
        flash(_("There is nothing to undo."), "error")
    return at_question(public_id, at)


@questionnaires.route("/<public_id>/questions/<key>/remove", methods=["GET", "POST"])
@requires(Permission.MANAGE_QUESTIONNAIRES)
@commits
def remove(public_id: str, key: str) -> Any:
    found = to_write(public_id)
    content = dict(queries.versions(db(), found.id)[0].content)
    question = question_data(content, key)
    if request.method == "POST":
        at = key
        try:
            at = where_changed(content, remove_question(db(), found, key, by=actor()).content)
            flash(_("“%(name)s” is removed. You can undo it.", name=question["text"]["sv"]))
        except ContentInvalid as problem:
            flash(problem.problems[0].message, "error")
        return at_question(public_id, at)
    return render("questionnaires/manage/remove.html", questionnaire=found, question=question)
