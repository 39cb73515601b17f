"""The questions' order: moving, copying and removing them, and taking the last change back."""

from typing import Any

from flask import flash, request

from participation.foundation.errors import Conflict, NotFound
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, render, requires, see_other
from participation.questionnaires import queries
from participation.questionnaires.models import Questionnaire
from participation.questionnaires.rules.editing import Data
from participation.questionnaires.rules.reading import ContentInvalid
from participation.questionnaires.services import (
    copy_question,
    move_question,
    remove_question,
    undo_change,
)
from participation.questionnaires.views.manage.parts import questionnaires
from participation.questionnaires.views.manage.question import question_data


@questionnaires.post("/<public_id>/questions/<key>/move")
@requires(Permission.MANAGE_QUESTIONNAIRES)
@commits
def move(public_id: str, key: str) -> Any:
    """Up, down, or to a place; the list comes back with the focus on the question moved."""
    found = queries.questionnaire(db(), actor(), public_id)
    before = _questions(found)
    keys = [question["key"] for question in before]
    if key not in keys:
        raise NotFound
    to = request.form.get("to", "")
    try:
        move_question(db(), found, key, _place(to, keys.index(key) + 1))
        _say_where(_questions(found), key)
    except ContentInvalid as problem:
        flash(problem.problems[0].message, "error")
    return _list_page(public_id, key, to if to in {"up", "down"} else "place")


def _questions(found: Questionnaire) -> list[Data]:
    return list(queries.versions(db(), found.id)[0].content.get("questions", []))


def _place(to: str, here: int) -> int:
    if to.isdecimal():
        return int(to[:4])
    return here - 1 if to == "up" else here + 1


def _say_where(questions: list[Data], key: str) -> None:
    for place, question in enumerate(questions, start=1):
        if question["key"] == key:
            said = _(
                "“%(name)s” is number %(place)s of %(total)s now.",
                name=question["text"]["sv"],
                place=place,
                total=len(questions),
            )
            flash(said)


def _list_page(public_id: str, key: str, by: str) -> Any:
    """Without a fragment in the address: browsers would not let anything take the focus then."""
    return see_other("questionnaires.questionnaire_page", public_id=public_id, at=key, by=by)


@questionnaires.post("/<public_id>/questions/<key>/copy")
@requires(Permission.MANAGE_QUESTIONNAIRES)
@commits
def copy(public_id: str, key: str) -> Any:
    found = queries.questionnaire(db(), actor(), public_id)
    made = copy_question(db(), found, key)
    flash(_("The copy stands right after the question."))
    return _list_page(public_id, made, "title")


@questionnaires.post("/<public_id>/undo")
@requires(Permission.MANAGE_QUESTIONNAIRES)
@commits
def undo(public_id: str) -> Any:
    found = queries.questionnaire(db(), actor(), public_id)
    try:
        undo_change(db(), found)
        flash(_("The last change is undone. Undo once more to bring it back."))
    except Conflict:
        flash(_("There is nothing to undo."), "error")
    return see_other("questionnaires.questionnaire_page", public_id=public_id)


@questionnaires.route("/<public_id>/questions/<key>/remove", methods=["GET", "POST"])
@requires(Permission.MANAGE_QUESTIONNAIRES)
@commits
def remove(public_id: str, key: str) -> Any:
    found = queries.questionnaire(db(), actor(), public_id)
    question = question_data(queries.versions(db(), found.id)[0].content, key)
    if request.method == "POST":
        try:
            remove_question(db(), found, key)
            flash(_("The question is removed. You can undo it."))
        except ContentInvalid as problem:
            flash(problem.problems[0].message, "error")
        return see_other("questionnaires.questionnaire_page", public_id=public_id)
    return render("questionnaires/manage/remove.html", questionnaire=found, question=question)
