"""The interview guide: the auditors' own questions, and written ones to start from."""

from typing import Any

from flask import flash, request

from participation.audits import queries
from participation.audits.forms import CopyForm, PickForm, QuestionForm
from participation.audits.rules.guides import (
    ENOUGH,
    THEMES,
    chosen,
    is_hard,
    mark_of,
    written_questions,
)
from participation.audits.services import (
    GuideQuestion,
    add_question,
    add_questions,
    change_question,
    move_question,
    remove_question,
)
from participation.audits.views.blueprint import audit_page, audits
from participation.foundation.errors import NotFound
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import ngettext
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, requires, see_other

STEPS = {"up": -1, "down": 1}


@audits.get("/audits/<public_id>/guide")
@requires(Permission.READ_AUDITS)
def guide(public_id: str) -> str:
    return _guide(queries.audit_inside(db(), actor(), public_id))


@audits.post("/audits/<public_id>/guide")
@requires(Permission.READ_AUDITS)
@commits
def add_to_guide(public_id: str) -> Any:
    lens = queries.audit_inside(db(), actor(), public_id)
    form = QuestionForm()
    if not form.validate():
        return _guide(lens, form)
    add_question(db(), actor(), lens.audit, form["text"].data, form["follow_up"].data or "")
    flash(_("The question is in the guide."))
    return see_other("audits.guide", public_id=public_id)


@audits.post("/audits/<public_id>/guide/<int:number>/remove")
@requires(Permission.READ_AUDITS)
@commits
def remove_from_guide(public_id: str, number: int) -> Any:
    lens = queries.audit_inside(db(), actor(), public_id)
    if _is_meant(lens, number):
        if request.form.get("sure") != "yes":
            return _ask_remove(lens, number)
        remove_question(db(), actor(), lens.audit, number)
        flash(_("The question is out of the guide."))
    return see_other("audits.guide", public_id=public_id)


@audits.post("/audits/<public_id>/guide/<int:number>/move/<way>")
@requires(Permission.READ_AUDITS)
@commits
def move_in_guide(public_id: str, number: int, way: str) -> Any:
    lens = queries.audit_inside(db(), actor(), public_id)
    if way not in STEPS:
        raise NotFound
    if _is_meant(lens, number):
        move_question(db(), actor(), lens.audit, number, STEPS[way])
    return see_other("audits.guide", public_id=public_id, _anchor=f"q{number + STEPS[way]}")


@audits.route("/audits/<public_id>/guide/<int:number>/change", methods=["GET", "POST"])
@requires(Permission.READ_AUDITS)
@commits
def change_in_guide(public_id: str, number: int) -> Any:
    """Other words for one question."""
    lens = queries.audit_inside(db(), actor(), public_id)
    asked = {one.number: one for one in queries.questions_of(db(), lens)}
    if number not in asked or not lens.may_change_guide:
        raise NotFound
    form = QuestionForm(obj=asked[number])
    if form.validate_on_submit() and _is_meant(lens, number):
        words = GuideQuestion(text=form["text"].data, follow_up=form["follow_up"].data or "")
        change_question(db(), actor(), lens.audit, number, words)
        flash(_("The question is changed."))
        return see_other("audits.guide", public_id=public_id, _anchor=f"q{number}")
    return audit_page(
        "change_question", lens, "guide", form=form, was=mark_of(asked[number].text), number=number
    )


@audits.route("/audits/<public_id>/guide/pick", methods=["GET", "POST"])
@requires(Permission.READ_AUDITS)
@commits
def pick(public_id: str) -> Any:
    """Written questions to choose from."""
    lens = queries.audit_inside(db(), actor(), public_id)
    if not lens.may_change_guide:
        raise NotFound
    form = PickForm()
    form.questions.choices = [(one.key, one.text) for one in written_questions()]
    if form.validate_on_submit():
        picked = chosen(form.questions.data or [], is_easy=form.wording.data == "easy")
        _added(add_questions(db(), actor(), lens.audit, picked))
        return see_other("audits.guide", public_id=public_id)
    return audit_page(
        "pick",
        lens,
        "guide",
        form=form,
        themes=THEMES,
        library={one.key: one for one in written_questions()},
    )


@audits.post("/audits/<public_id>/guide/copy")
@requires(Permission.READ_AUDITS)
@commits
def copy_guide(public_id: str) -> Any:
    """The questions of another audit, added to one's own."""
    lens = queries.audit_inside(db(), actor(), public_id)
    form = _copy_form(lens)
    if not form.validate():
        return _guide(lens, copy_form=form)
    other = queries.audit_inside(db(), actor(), form["audit"].data)
    asked = [(one.text, one.follow_up) for one in queries.questions_of(db(), other)]
    _added(add_questions(db(), actor(), lens.audit, asked))
    return see_other("audits.guide", public_id=public_id)


def _is_meant(lens: queries.Lens, number: int) -> bool:
    """Whether the question still stands where it stood on the page; says so if not."""
    texts = {one.number: one.text for one in queries.questions_of(db(), lens)}
    meant = request.form.get("was")
    if meant is None or meant == mark_of(texts.get(number, "")):
        return True
    flash(
        _("A colleague changed the guide meanwhile. Look again and repeat what you did."), "error"
    )
    return False


def _ask_remove(lens: queries.Lens, number: int) -> str:
    """Are you sure? A question that is gone has to be written again."""
    asked = {one.number: one for one in queries.questions_of(db(), lens)}
    if number not in asked or not lens.may_change_guide:
        raise NotFound
    question = asked[number]
    return audit_page(
        "remove_question", lens, "guide", question=question, was=mark_of(question.text)
    )


def _added(count: int) -> None:
    flash(
        ngettext("%(num)s question is added.", "%(num)s questions are added.", count)
        if count
        else _("Those questions stand in the guide already.")
    )


def _copy_form(lens: queries.Lens, **values: Any) -> CopyForm:
    form = CopyForm(**values)
    form.audit.choices = [
        (one.public_id, one.title) for one in queries.earlier_guides(db(), actor(), lens.audit)
    ]
    return form


def _guide(
    lens: queries.Lens, form: QuestionForm | None = None, copy_form: CopyForm | None = None
) -> str:
    questions = queries.questions_of(db(), lens)
    return audit_page(
        "guide",
        lens,
        "guide",
        questions=questions,
        hard={one.number for one in questions if is_hard(one.text)},
        enough=ENOUGH,
        mark_of=mark_of,
        form=form or QuestionForm(formdata=None),
        copy_form=copy_form or _copy_form(lens, formdata=None),
    )
