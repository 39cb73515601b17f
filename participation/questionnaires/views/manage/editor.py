"""Writing a questionnaire: texts, questions, publishing, trying it."""

from typing import Any

from flask import flash, request

from participation.foundation.errors import NotFound
from participation.foundation.i18n import current_locale
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, render, requires, see_other
from participation.questionnaires import queries
from participation.questionnaires.forms.answer import Speech, answer_form
from participation.questionnaires.forms.editor import (
    QuestionForm,
    TextsForm,
    constraint_texts,
    help_texts,
    question_texts,
)
from participation.questionnaires.models import (
    Questionnaire,
)
from participation.questionnaires.queries.asked import alike_elsewhere, asked_elsewhere
from participation.questionnaires.rules.answers import Answers
from participation.questionnaires.rules.content import BATTERY, Content, Screen
from participation.questionnaires.rules.editing import (
    DONT_KNOW,
    YES_NO,
    Data,
    fresh_key,
    lines_as_texts,
    matched_options,
    matched_rows,
    taken_keys,
    texts_as_lines,
)
from participation.questionnaires.rules.kinds import KINDS
from participation.questionnaires.rules.library import library
from participation.questionnaires.rules.lint import lint_question
from participation.questionnaires.rules.reading import ContentInvalid
from participation.questionnaires.services import (
    create_questionnaire,
    move_question,
    publish_version,
    remove_question,
    save_question,
    save_texts,
)
from participation.questionnaires.views.manage.parts import questionnaires


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
    found = queries.questionnaire(db(), actor(), public_id)
    before = queries.versions(db(), found.id)[0].content
    form = TextsForm(data=_texts_data(before))
    if form.validate_on_submit():
        save_texts(db(), found, form.texts(before))
        flash(_("The texts are saved."))
        return see_other("questionnaires.questionnaire_page", public_id=public_id)
    return render("questionnaires/manage/texts.html", form=form, questionnaire=found)


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


@questionnaires.route("/<public_id>/questions/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_QUESTIONNAIRES)
@commits
def new_question(public_id: str) -> Any:
    found = queries.questionnaire(db(), actor(), public_id)
    return _question_page(found, None)


@questionnaires.route("/<public_id>/questions/<key>", methods=["GET", "POST"])
@requires(Permission.MANAGE_QUESTIONNAIRES)
@commits
def edit_question(public_id: str, key: str) -> Any:
    found = queries.questionnaire(db(), actor(), public_id)
    return _question_page(found, key)


def _question_page(found: Questionnaire, key: str | None) -> Any:
    content = queries.versions(db(), found.id)[0].content
    before = _question_data(content, key) if key is not None else {}
    form = QuestionForm(data=_question_fields(before) if before else {"kind": "single"})
    if form.validate_on_submit():
        try:
            save_question(db(), found, _question_from(form, before, content), key)
        except ContentInvalid as problem:
            _show_problems(form, problem)
        else:
            flash(_("The question is saved."))
            return see_other("questionnaires.questionnaire_page", public_id=found.public_id)
    tree = queries.content_of(queries.versions(db(), found.id)[0])
    saved = [question for question in tree.questions if question.key == key]
    return render(
        "questionnaires/manage/question.html",
        form=form,
        questionnaire=found,
        question=before,
        origin=library().get(before.get("provenance", "")),
        advice=[one for q in saved for one in lint_question(q, tree.languages_in_part)],
        alike=alike_elsewhere(saved, asked_elsewhere(db(), found.id)).get(key or "", ()),
    )


def _question_data(content: Data, key: str) -> Data:
    for question in content.get("questions", []):
        if question["key"] == key:
            return dict(question)
    raise NotFound


def _question_fields(question: Data) -> Data:
    options = [o for o in question.get("options", []) if o["code"] != DONT_KNOW["code"]]
    text = question["text"]
    return {
        "kind": question["kind"],
        "text": text.get("sv", ""),
        "text_easy": text.get("sv_easy", ""),
        "text_en": text.get("en", ""),
        "text_ar": text.get("ar", ""),
        "help": question.get("help", {}).get("sv", ""),
        "options": texts_as_lines(options),
        "rows": texts_as_lines(question.get("rows", [])),
        "offers_dont_know": len(options) < len(question.get("options", [])),
        "required": question.get("required", False),
        "relevant": question.get("relevant", ""),
        "constraint": question.get("constraint", ""),
        "constraint_message": question.get("constraint_message", {}).get("sv", ""),
        "minimum": _whole(question.get("minimum")),
        "maximum": _whole(question.get("maximum")),
    }


def _whole(number: float | None) -> int | None:
    return None if number is None else int(number)


def _limit(typed: int | None, before: float | None) -> float | None:
    """What was typed; a decimal that the field cannot show stays when nobody touched it."""
    return before if typed is not None and typed == _whole(before) else typed


def _question_from(form: Any, before: Data, content: Data) -> Data:
    taken = taken_keys(content)
    question = {
        **before,
        "key": before.get("key") or fresh_key(form.text.data, taken),
        "kind": form.kind.data,
        "text": question_texts(form, before.get("text")),
        "help": help_texts(form, before.get("help")),
        "required": form.required.data,
        "relevant": form.relevant.data,
        "constraint": form.constraint.data,
        "constraint_message": constraint_texts(form, before.get("constraint_message")),
        "minimum": _limit(form.minimum.data, before.get("minimum")),
        "maximum": _limit(form.maximum.data, before.get("maximum")),
        "options": _options_from(form, before),
    }
    if form.kind.data == BATTERY:
        texts = lines_as_texts(form.rows.data or "")
        question["rows"] = matched_rows(texts, before.get("rows", []), taken)
    return question


def _options_from(form: Any, before: Data) -> list[Data]:
    if not KINDS[form.kind.data].has_options:
        return []
    old = [o for o in before.get("options", []) if o["code"] != DONT_KNOW["code"]]
    options = matched_options(lines_as_texts(form.options.data or ""), old)
    if form.kind.data == "yes_no" and not options:
        options = list(YES_NO)
    return [*options, DONT_KNOW] if form.offers_dont_know.data else options


def _show_problems(form: Any, problem: ContentInvalid) -> None:
    """Each problem at the field it most likely concerns."""
    for one in problem.problems:
        form.add_error(one.field if one.field in form else "text", one.message)


@questionnaires.post("/<public_id>/questions/<key>/move")
@requires(Permission.MANAGE_QUESTIONNAIRES)
@commits
def move(public_id: str, key: str) -> Any:
    found = queries.questionnaire(db(), actor(), public_id)
    steps = -1 if request.form.get("to") == "up" else 1
    try:
        move_question(db(), found, key, steps)
    except ContentInvalid as problem:
        flash(problem.problems[0].message, "error")
    return see_other(
        "questionnaires.questionnaire_page", public_id=public_id, _anchor=f"question-{key}"
    )


@questionnaires.route("/<public_id>/questions/<key>/remove", methods=["GET", "POST"])
@requires(Permission.MANAGE_QUESTIONNAIRES)
@commits
def remove(public_id: str, key: str) -> Any:
    found = queries.questionnaire(db(), actor(), public_id)
    question = _question_data(queries.versions(db(), found.id)[0].content, key)
    if request.method == "POST":
        try:
            remove_question(db(), found, key)
            flash(_("The question is removed."))
        except ContentInvalid as problem:
            flash(problem.problems[0].message, "error")
        return see_other("questionnaires.questionnaire_page", public_id=public_id)
    return render("questionnaires/manage/remove.html", questionnaire=found, question=question)


@questionnaires.post("/<public_id>/publish")
@requires(Permission.MANAGE_QUESTIONNAIRES)
@commits
def publish(public_id: str) -> Any:
    found = queries.questionnaire(db(), actor(), public_id)
    try:
        publish_version(db(), found, actor())
    except ContentInvalid as problem:
        flash(problem.problems[0].message, "error")
    else:
        flash(_("The version is published. You can now open a round."))
    return see_other("questionnaires.questionnaire_page", public_id=public_id)


@questionnaires.get("/<public_id>/preview")
@requires(Permission.MANAGE_QUESTIONNAIRES)
def preview(public_id: str) -> str:
    """As a respondent sees it; nothing that is filled in goes anywhere."""
    found = queries.questionnaire(db(), actor(), public_id)
    content = queries.content_of(queries.versions(db(), found.id)[0])
    if not content.screens:
        raise NotFound
    position = _position(content, request.args.get("screen", ""))
    shown: Screen = content.screens[position]
    following = content.screens[position + 1 : position + 2]
    return render(
        "questionnaires/manage/preview.html",
        questionnaire=found,
        content=content,
        screen=shown,
        say=Speech(current_locale(), request.args.get("easy") == "1"),
        form=answer_form(
            shown.questions, Answers(), Speech(current_locale(), request.args.get("easy") == "1")
        ),
        number=position + 1,
        total=len(content.screens),
        previous=content.screens[position - 1].key if position else None,
        following=following[0].key if following else None,
        quiet={q.key: [o.code for o in q.options if o.is_apart] for q in shown.questions},
    )


def _position(content: Content, key: str) -> int:
    return next((i for i, one in enumerate(content.screens) if one.key == key), 0)
