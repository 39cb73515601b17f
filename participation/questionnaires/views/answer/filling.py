"""Filling in: one screen at a time or all at once, and going on later."""

from typing import Any

from flask import request
from werkzeug.wrappers import Response as WerkzeugResponse

from participation.foundation.i18n import gettext as _
from participation.foundation.mail_templates import absolute_url
from participation.foundation.permissions import Permission
from participation.foundation.web import commits, cookieless, db, requires, see_other
from participation.questionnaires.forms.answer import typed_answers, typed_words
from participation.questionnaires.queries import (
    OpenedLink,
    content_of_round,
)
from participation.questionnaires.rules.answers import Answers, take_answers
from participation.questionnaires.rules.codes import CODE_LENGTH, in_groups
from participation.questionnaires.rules.content import Content, Question, Screen
from participation.questionnaires.rules.sealing import form_value
from participation.questionnaires.services import save_draft
from participation.questionnaires.views.answer.drawing import Drawing, page_form
from participation.questionnaires.views.answer.parts import (
    answer_page,
    answering,
    check_form,
    kiosk_code,
    last_day,
    message_page,
    not_now_page,
    open_code,
    plain_code,
    speech_of,
    until_then,
)


@answering.get("/a/<code>/q/<key>")
@requires(Permission.PUBLIC)
@cookieless
def screen(code: str, key: str) -> Any:
    opened = open_code(code)
    if opened is None or opened.draft is None or not opened.survey_round.is_answerable:
        return see_other("answering.personal_link", code=code)
    content = content_of_round(db(), opened.survey_round)
    shown = _shown_screen(content, key, opened.draft.answers)
    form = page_form(
        shown.questions, opened.draft.answers, speech_of(content, opened.draft.answers)
    )
    return _screen_page(code, opened, content, shown, form)


@answering.post("/a/<code>/q/<key>")
@requires(Permission.PUBLIC)
@cookieless
@commits
def save_screen(code: str, key: str) -> Any:
    opened = open_code(code, lock=True)
    check_form(plain_code(code))
    if opened is None or opened.draft is None or not opened.survey_round.is_answerable:
        return _too_late(code, opened)
    content = content_of_round(db(), opened.survey_round)
    shown = _shown_screen(content, key, opened.draft.answers)
    wrong = take_typed(opened.draft.answers, shown.questions)
    if opened.draft.until:
        following = shown if wrong else _following(content, shown, opened.draft.answers)
        opened.draft.until = until_then(following)
    save_draft(db(), plain_code(code), opened.draft)
    if request.form.get("act") == "later":
        return see_other("answering.later", code=code)
    if wrong:
        say = speech_of(content, opened.draft.answers)
        form = page_form(shown.questions, opened.draft.answers, say, request.form, wrong)
        return _screen_page(code, opened, content, shown, form)
    return _next_page(code, content, shown, opened.draft.answers)


@answering.get("/a/<code>/all")
@requires(Permission.PUBLIC)
@cookieless
def all_questions(code: str) -> Any:
    opened = open_code(code)
    if opened is None or opened.draft is None or not opened.survey_round.is_answerable:
        return see_other("answering.personal_link", code=code)
    content = content_of_round(db(), opened.survey_round)
    questions = tuple(content.visible_questions(opened.draft.answers.values))
    form = page_form(questions, opened.draft.answers, speech_of(content, opened.draft.answers))
    return _all_page(code, opened, content, form)


@answering.post("/a/<code>/all")
@requires(Permission.PUBLIC)
@cookieless
@commits
def save_all(code: str) -> Any:
    opened = open_code(code, lock=True)
    check_form(plain_code(code))
    if opened is None or opened.draft is None or not opened.survey_round.is_answerable:
        return _too_late(code, opened)
    content = content_of_round(db(), opened.survey_round)
    questions = tuple(content.visible_questions(opened.draft.answers.values))
    wrong = take_typed(opened.draft.answers, questions)
    save_draft(db(), plain_code(code), opened.draft)
    if request.form.get("act") == "later":
        return see_other("answering.later", code=code)
    if wrong:
        form = page_form(
            questions,
            opened.draft.answers,
            speech_of(content, opened.draft.answers),
            request.form,
            wrong,
        )
        return _all_page(code, opened, content, form)
    now_visible = {q.key for q in content.visible_questions(opened.draft.answers.values)}
    if now_visible - {question.key for question in questions}:
        return see_other("answering.all_questions", code=code)
    return see_other("answering.review", code=code)


@answering.get("/a/<code>/later")
@requires(Permission.PUBLIC)
@cookieless
def later(code: str) -> Any:
    opened = open_code(code)
    if opened is None or opened.draft is None:
        return see_other("answering.personal_link", code=code)
    plain = plain_code(code)
    return answer_page(
        "questionnaires/answer/later.html",
        opened.survey_round,
        content=content_of_round(db(), opened.survey_round),
        code=plain,
        typed_code=in_groups(plain) if len(plain) == CODE_LENGTH else None,
        code_address=absolute_url("/code").partition("://")[2],
        closes_on=last_day(opened.survey_round),
    )


def _too_late(code: str, opened: OpenedLink | None) -> Any:
    """Sent from another tab, closed meanwhile: own words are given back, not thrown away.

    Never on a shared tablet, where somebody else may stand by now.
    """
    content = content_of_round(db(), opened.survey_round) if opened is not None else None
    typed = [] if kiosk_code() else typed_words(request.form, content)
    if not typed:
        return see_other("answering.personal_link", code=code)
    if opened is None:
        return message_page("gone", None, typed=typed)
    if opened.is_spent:
        return message_page("already", opened.survey_round, typed=typed)
    return not_now_page(opened.survey_round, typed)


def _screen_page(code: str, opened: OpenedLink, content: Content, shown: Screen, form: Any) -> str:
    assert opened.draft is not None
    screens = content.visible_screens(opened.draft.answers.values)
    here = next((i for i, one in enumerate(screens) if one.key == shown.key), 0)
    return answer_page(
        "questionnaires/answer/screen.html",
        opened.survey_round,
        content=content,
        answers=opened.draft.answers,
        screen=shown,
        form=form,
        code=code,
        csrf=form_value(plain_code(code)),
        number=here + 1,
        total=len(screens),
        previous=screens[here - 1].key if here else None,
        drawn=Drawing(
            opened.survey_round,
            opened.draft.answers,
            speech_of(content, opened.draft.answers),
            form,
            heading=is_heading(shown),
        ),
    )


def _all_page(code: str, opened: OpenedLink, content: Content, form: Any) -> str:
    assert opened.draft is not None
    return answer_page(
        "questionnaires/answer/all.html",
        opened.survey_round,
        content=content,
        answers=opened.draft.answers,
        screens=content.visible_screens(opened.draft.answers.values),
        form=form,
        code=code,
        csrf=form_value(plain_code(code)),
        drawn=Drawing(
            opened.survey_round,
            opened.draft.answers,
            speech_of(content, opened.draft.answers),
            form,
        ),
    )


def take_typed(answers: Answers, questions: tuple[Question, ...]) -> dict[str, str]:
    """Take what a page sent into `answers`; what is wrong or needed is told by question key."""
    wrong = take_answers(answers, questions, typed_answers(request.form, questions))
    for question in questions:
        if question.required and question.key not in wrong and answers.of(question) is None:
            wrong[question.key] = _("We need an answer here before you go on.")
    return wrong


def _shown_screen(content: Content, key: str, answers: Answers) -> Screen:
    """The screen with this key, or the first one when it is unknown or concerns others."""
    screens = content.visible_screens(answers.values)
    return next((one for one in screens if one.key == key), screens[0])


def _following(content: Content, shown: Screen, answers: Answers) -> Screen | None:
    screens = content.visible_screens(answers.values)
    return next(iter(screens[screens.index(shown) + 1 :]), None) if shown in screens else None


def _next_page(code: str, content: Content, shown: Screen, answers: Answers) -> WerkzeugResponse:
    screens = [one.key for one in content.visible_screens(answers.values)]
    position = screens.index(shown.key) + 1
    if request.args.get("change") or position >= len(screens):
        return see_other("answering.review", code=code)
    return see_other("answering.screen", code=code, key=screens[position])


def is_heading(shown: Screen) -> bool:
    """One question alone: its words are the page's heading."""
    alone = shown.questions and shown.battery is None
    return bool(alone) and shown.questions[0].kind != "consent"
