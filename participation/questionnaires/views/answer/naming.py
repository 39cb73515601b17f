"""Correcting who answers and for whom, from the page where the answers are read through."""

from typing import Any

from flask import request

from participation.foundation.permissions import Permission
from participation.foundation.web import commits, cookieless, db, requires, see_other
from participation.questionnaires.forms.answer import NameForm, whom_form
from participation.questionnaires.queries import content_of_round
from participation.questionnaires.queries.named import known_name
from participation.questionnaires.rules.rounds import has_names, ways_to_answer
from participation.questionnaires.rules.sealing import form_value
from participation.questionnaires.services import save_draft
from participation.questionnaires.views.answer.parts import (
    answer_page,
    answering,
    check_form,
    open_code,
    plain_code,
)


@answering.route("/a/<code>/name", methods=["GET", "POST"])
@requires(Permission.PUBLIC)
@cookieless
@commits
def name(code: str) -> Any:
    """From the page where the answers are read through, and back there."""
    opened = open_code(code, lock=request.method == "POST")
    if opened is None or opened.draft is None or not opened.survey_round.is_answerable:
        return see_other("answering.personal_link", code=code)
    if not has_names(opened.survey_round.mode):
        return see_other("answering.review", code=code)
    form = NameForm(formdata=request.form or None, data={"name": opened.draft.name})
    if request.method == "POST":
        check_form(plain_code(code))
        if form.validate():
            opened.draft.name = form.name.data
            save_draft(db(), plain_code(code), opened.draft)
            return see_other("answering.review", code=code)
    return answer_page(
        "questionnaires/answer/name.html",
        opened.survey_round,
        content=content_of_round(db(), opened.survey_round),
        code=code,
        form=form,
        known_name=known_name(db(), opened.survey_round, plain_code(code)),
        csrf=form_value(plain_code(code)),
    )


@answering.route("/a/<code>/for", methods=["GET", "POST"])
@requires(Permission.PUBLIC)
@cookieless
@commits
def whom(code: str) -> Any:
    """Whom somebody answers for, who skipped it at the start; they may leave it unsaid."""
    opened = open_code(code, lock=request.method == "POST")
    if opened is None or opened.draft is None or not opened.survey_round.is_answerable:
        return see_other("answering.personal_link", code=code)
    survey_round, draft = opened.survey_round, opened.draft
    if not ways_to_answer(survey_round.audience):
        return see_other("answering.review", code=code)
    form = whom_form(survey_round.audience, draft.answers_for, request.form or None)
    if request.method == "POST":
        check_form(plain_code(code))
        if form.validate():
            draft.answers_for = form.answers_for.data or ""
            save_draft(db(), plain_code(code), draft)
            return see_other("answering.review", code=code)
    return answer_page(
        "questionnaires/answer/whom.html",
        survey_round,
        content=content_of_round(db(), survey_round),
        code=code,
        form=form,
        csrf=form_value(plain_code(code)),
    )
