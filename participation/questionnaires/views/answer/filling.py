"""Filling in: one screen at a time, and going on later."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import request

from participation.foundation.mail_templates import absolute_url
from participation.foundation.permissions import Permission
from participation.foundation.web import commits, cookieless, db, requires, see_other
from participation.questionnaires.models import SurveyRound
from participation.questionnaires.queries import OpenedLink, content_of_round
from participation.questionnaires.rules.answers import Answers
from participation.questionnaires.rules.codes import CODE_LENGTH, in_groups
from participation.questionnaires.rules.content import Content, Screen
from participation.questionnaires.services import save_draft
from participation.questionnaires.views.answer.blanks import Own, blank_pages, sheet
from participation.questionnaires.views.answer.drawing import Drawing, is_blank, page_form
from participation.questionnaires.views.answer.parts import (
    answer_page,
    answering,
    asked_language,
    check_form,
    last_day,
    message_page,
    not_now_page,
    open_code,
    plain_code,
    speech_of,
    take_typed,
    until_then,
    words_to_give_back,
)


@answering.get("/a/<code>/q/<key>")
@requires(Permission.PUBLIC)
@cookieless
def screen(code: str, key: str) -> Any:
    opened = open_code(code)
    if opened is None or opened.draft is None or not opened.survey_round.is_answerable:
        return see_other("answering.personal_link", code=code)
    answers = opened.draft.answers
    spot = _spot(opened.survey_round, key, answers)
    own = Own.of(plain_code(code), opened.draft.receipt)
    if is_blank(spot.shown, answers):
        questions, shown = spot.shown.questions, spot.shown.key
        asked = sheet("screen", opened.survey_round, questions, spot.keys, shown)
        return blank_pages().page(asked, own, lambda nobody: _screen_page(nobody, spot, Answers()))
    return _screen_page(own, spot, answers)


@answering.post("/a/<code>/q/<key>")
@requires(Permission.PUBLIC)
@cookieless
@commits
def save_screen(code: str, key: str) -> Any:
    opened = open_code(code, lock=True)
    check_form(plain_code(code))
    if opened is None or opened.draft is None or not opened.survey_round.is_answerable:
        return _too_late(code, opened)
    answers = opened.draft.answers
    spot = _spot(opened.survey_round, key, answers)
    wrong = take_typed(answers, spot.shown.questions, speech_of(spot.content).language)
    if opened.draft.until:
        following = spot.shown if wrong else _following(spot, answers)
        opened.draft.until = until_then(following)
    opened.draft.language = asked_language()
    save_draft(db(), plain_code(code), opened.draft)
    if request.form.get("act") == "later":
        return see_other("answering.later", code=code)
    if wrong:
        own = Own.of(plain_code(code), opened.draft.receipt)
        return _screen_page(own, _spot(opened.survey_round, key, answers), answers, wrong)
    following = None if request.args.get("change") else _following(spot, answers)
    if following is None:
        return see_other("answering.review", code=code)
    return see_other("answering.screen", code=code, key=following.key)


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
    """Sent from another tab, closed meanwhile: own words are given back, not thrown away."""
    typed = words_to_give_back(opened.survey_round if opened is not None else None)
    if not typed:
        return see_other("answering.personal_link", code=code)
    if opened is None:
        return message_page("gone", None, typed=typed)
    if opened.is_spent:
        return message_page("already", opened.survey_round, typed=typed)
    return not_now_page(opened.survey_round, typed)


@dataclass(frozen=True)
class _Spot:
    """Where in a questionnaire somebody is: one of the screens that concern them."""

    survey_round: SurveyRound
    content: Content
    screens: tuple[Screen, ...]
    shown: Screen

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(one.key for one in self.screens)


def _spot(survey_round: SurveyRound, key: str, answers: Answers) -> _Spot:
    """The screen with this key, or the first one when it is unknown or concerns others."""
    content = content_of_round(db(), survey_round)
    screens = content.visible_screens(answers.values)
    shown = next((one for one in screens if one.key == key), screens[0])
    return _Spot(survey_round, content, screens, shown)


def _screen_page(
    own: Own, spot: _Spot, answers: Answers, wrong: Mapping[str, str] | None = None
) -> str:
    say = speech_of(spot.content, answers)
    typed = request.form if wrong else None
    form = page_form(spot.shown.questions, answers, say, typed, wrong)
    here = spot.screens.index(spot.shown)
    return answer_page(
        "questionnaires/answer/screen.html",
        spot.survey_round,
        content=spot.content,
        answers=answers,
        screen=spot.shown,
        form=form,
        code=own.code,
        csrf=own.csrf,
        number=here + 1,
        total=len(spot.screens),
        most=spot.content.most_screens(answers.values, spot.shown.key),
        previous=spot.screens[here - 1].key if here else None,
        drawn=Drawing(spot.survey_round, answers, say, form, heading=is_heading(spot.shown)),
    )


def _following(spot: _Spot, answers: Answers) -> Screen | None:
    """The next screen that concerns somebody who has answered this; None after the last."""
    visible = spot.content.visible_screens(answers.values)
    later = spot.content.screens[spot.content.screens.index(spot.shown) + 1 :]
    return next((one for one in later if one in visible), None)


def is_heading(shown: Screen) -> bool:
    """One question alone: its words are the page's heading."""
    alone = shown.questions and shown.battery is None
    return bool(alone) and shown.questions[0].kind != "consent"
