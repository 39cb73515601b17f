"""All questions on one page, and sent from there: the page, and one POST to the receipt.

The Enter key never sends: it saves and leads to the review (`look`), as does leaving for later.
A browser with scripts saves when an answer decides on others (`follow`) and shows what follows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import request

from participation.foundation.permissions import Permission
from participation.foundation.web import commits, cookieless, db, requires, see_other
from participation.questionnaires.forms.answer import field_name, first_control
from participation.questionnaires.models import SurveyRound
from participation.questionnaires.queries import content_of_round, round_to_answer
from participation.questionnaires.queries.named import known_name
from participation.questionnaires.rules.answers import Answers
from participation.questionnaires.rules.codes import read_code
from participation.questionnaires.rules.content import Question
from participation.questionnaires.rules.rounds import Mode, has_names, promise
from participation.questionnaires.services import save_draft
from participation.questionnaires.services.answering import (
    Outcome,
    draft_to_send,
    send_draft,
    sent_before,
)
from participation.questionnaires.views.answer.blanks import Own, blank_pages, sheet
from participation.questionnaires.views.answer.drawing import Drawing, page_form
from participation.questionnaires.views.answer.parts import (
    answer_page,
    answering,
    asked_language,
    check_form,
    kiosk_code,
    language_of,
    message_page,
    not_now_page,
    open_code,
    plain_code,
    speech_of,
    take_typed,
    words_to_give_back,
)
from participation.questionnaires.views.answer.sending import sent_page

FOLLOW = "follow"  # only saves, and comes back with the questions that the answers lead to
ELSEWHERE = {"later": "answering.later", "look": "answering.review"}  # buttons that only save


@answering.get("/a/<code>/all")
@requires(Permission.PUBLIC)
@cookieless
def all_questions(code: str) -> Any:
    opened = open_code(code)
    if opened is None or opened.draft is None or not opened.survey_round.is_answerable:
        return see_other("answering.personal_link", code=code)
    survey_round, answers = opened.survey_round, opened.draft.answers
    own = Own.of(plain_code(code), opened.draft.receipt)
    if answers.values or has_names(survey_round.mode):  # then it says with whom it is kept
        return _all_page(own, survey_round, answers)
    questions = content_of_round(db(), survey_round).asked.values()
    asked = sheet("all", survey_round, questions)
    return blank_pages().page(asked, own, lambda nobody: _all_page(nobody, survey_round, Answers()))


@answering.post("/a/<code>/all")
@requires(Permission.PUBLIC)
@cookieless
@commits
def save_all(code: str) -> Any:
    """Save, and send when that was the button; one transaction with what was typed."""
    plain = plain_code(code)
    check_form(plain)
    survey_round = round_to_answer(db(), request.form.get("round", ""))
    if survey_round is None:
        return message_page("unknown", None, typed=words_to_give_back(None)), 404
    draft = draft_to_send(db(), survey_round, plain)
    if draft is None:
        return _sent_earlier(survey_round, plain)
    if not survey_round.is_answerable:
        return not_now_page(survey_round, words_to_give_back(survey_round))
    standing = _take(draft.answers, survey_round)
    act = request.form.get("act", "")
    elsewhere = ELSEWHERE.get(act)
    if elsewhere is None and act != FOLLOW and standing.is_complete:
        language = language_of(content_of_round(db(), survey_round))
        sent = send_draft(db(), survey_round, plain, draft, language)
        if sent.outcome is not Outcome.INCOMPLETE:
            return sent_page(survey_round, plain, sent)
    draft.language = asked_language()
    save_draft(db(), plain, draft)
    if elsewhere is not None and not (standing.wrong and elsewhere == ELSEWHERE["look"]):
        return see_other(elsewhere, code=plain)
    return _all_page(Own.of(plain, draft.receipt), survey_round, draft.answers, standing)


def _sent_earlier(survey_round: SurveyRound, code: str) -> str:
    """The same form once more: its receipt, but none to the next person at a shared tablet."""
    if kiosk_code():
        return message_page("already", survey_round)
    receipt = read_code(request.form.get("receipt", "")) or ""
    sent = sent_before(db(), survey_round, code, receipt)
    return sent_page(survey_round, code, sent, words_to_give_back(survey_round))


@dataclass(frozen=True)
class _Standing:
    """What stands in the way of sending. `appeared`: new questions that these answers led to."""

    wrong: Mapping[str, str] = field(default_factory=dict)
    appeared: Sequence[Question] = ()
    is_empty: bool = False

    @property
    def is_complete(self) -> bool:
        return not (self.wrong or self.appeared or self.is_empty)


_NOTHING_TOLD = _Standing()


def _take(answers: Answers, survey_round: SurveyRound) -> _Standing:
    content = content_of_round(db(), survey_round)
    asked = tuple(content.visible_questions(answers.values))
    wrong = take_typed(answers, asked, speech_of(content).language)
    known = {question.key for question in asked}
    now_asked = [q for q in content.visible_questions(answers.values) if q.key not in known]
    appeared = [question for question in now_asked if answers.of(question) is None]
    return _Standing(wrong, appeared, is_empty=not answers.values)


def _all_page(
    own: Own, survey_round: SurveyRound, answers: Answers, standing: _Standing = _NOTHING_TOLD
) -> str:
    content = content_of_round(db(), survey_round)
    say, wrong = speech_of(content, answers), standing.wrong
    screens = content.visible_screens(answers.values)
    questions = [question for one in screens for question in one.questions]
    form = page_form(questions, answers, say, request.form if wrong else None, wrong)
    return answer_page(
        "questionnaires/answer/all.html",
        survey_round,
        content=content,
        answers=answers,
        screens=screens,
        form=form,
        code=own.code,
        csrf=own.csrf,
        receipt=own.receipt,
        decides=" ".join(field_name(question.key) for question in content.deciding),
        appeared=[(say(q.text), first_control(q)) for q in standing.appeared],
        is_empty=standing.is_empty,
        has_names=has_names(survey_round.mode),
        known_name=known_name(db(), survey_round, own.code),
        promises=promise(Mode(survey_round.mode)),
        drawn=Drawing(survey_round, answers, say, form),
    )
