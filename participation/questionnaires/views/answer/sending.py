"""Reading through, sending, and the receipt."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from flask import request

from participation.foundation.permissions import Permission
from participation.foundation.providers import Address
from participation.foundation.web import (
    commits,
    cookieless,
    db,
    extension,
    requires,
    see_other,
)
from participation.questionnaires.forms.answer import Speech
from participation.questionnaires.models import SurveyRound
from participation.questionnaires.queries import (
    OpenedLink,
    content_of_round,
    round_to_answer,
)
from participation.questionnaires.queries.named import known_name
from participation.questionnaires.rules.answers import Answers, missing_answers
from participation.questionnaires.rules.codes import read_code
from participation.questionnaires.rules.content import Content, Screen
from participation.questionnaires.rules.kinds import kind_of
from participation.questionnaires.rules.rounds import (
    UNSAID,
    AnswersFor,
    Mode,
    has_names,
    promise,
    way_labels,
    whom_question,
)
from participation.questionnaires.rules.sealing import form_value
from participation.questionnaires.services import Sent, send_answers
from participation.questionnaires.services.answering import Outcome
from participation.questionnaires.views.answer.blanks import Own, blank_pages, sheet
from participation.questionnaires.views.answer.parts import (
    answer_page,
    answering,
    check_form,
    find_code,
    kiosk_code,
    language_of,
    last_day,
    message_page,
    not_now_page,
    open_code,
    plain_code,
    speech_of,
    unknown_link_page,
)

# Which page says why there is no receipt.
NOT_SENT = {Outcome.REPLACED: "replaced", Outcome.UNKNOWN: "gone"}


@answering.get("/a/<code>/review")
@requires(Permission.PUBLIC)
@cookieless
def review(code: str) -> Any:
    opened = open_code(code)
    if opened is None or opened.draft is None or not opened.survey_round.is_answerable:
        return see_other("answering.personal_link", code=code)
    return _review_page(code, opened)


@answering.post("/a/<code>/send")
@requires(Permission.PUBLIC)
@cookieless
@commits
def send(code: str) -> Any:
    check_form(plain_code(code))
    survey_round = round_to_answer(db(), request.form.get("round", ""))
    if survey_round is None:
        return unknown_link_page()
    receipt = read_code(request.form.get("receipt", "")) or ""
    if kiosk_code() and find_code(code) is None:  # a replay, perhaps by the next person
        return message_page("already", survey_round)
    language = language_of(content_of_round(db(), survey_round))
    sent = send_answers(db(), survey_round, plain_code(code), receipt, language)
    if sent.outcome is Outcome.INCOMPLETE:
        return see_other("answering.review", code=code)
    return sent_page(survey_round, plain_code(code), sent)


@answering.get("/a/<code>/send")
@requires(Permission.PUBLIC)
@cookieless
def send_again(code: str) -> Any:
    """A language link or a typed address after sending: the answers are in."""
    opened = find_code(code)  # a sent draft's code is gone, and nobody's mistake
    if opened is not None and opened.draft is not None:
        return see_other("answering.review", code=code)
    return message_page("already", opened.survey_round if opened else None)


def _review_page(code: str, opened: OpenedLink) -> str:
    draft = opened.draft
    assert draft is not None
    survey_round = opened.survey_round
    content = content_of_round(db(), survey_round)
    screens = content.visible_screens(draft.answers.values)
    return answer_page(
        "questionnaires/answer/review.html",
        survey_round,
        content=content,
        code=code,
        csrf=form_value(plain_code(code)),
        receipt=draft.receipt,
        name=draft.name,
        known_name=known_name(db(), survey_round, plain_code(code)),
        whom=_whom(survey_round, draft.answers_for),
        whom_asked=whom_question(survey_round.audience),
        lines=review_lines(content, screens, draft.answers, speech_of(content, draft.answers)),
        missing=missing_answers(content, draft.answers),
        last_key=screens[-1].key,
        total=len(screens),
        promises=promise(Mode(survey_round.mode)),
    )


def _whom(survey_round: SurveyRound, given: str) -> str | None:
    """Whom they answer for, in words; empty while not said, None where it is not asked."""
    ways = way_labels(survey_round.audience)
    if not ways:
        return None
    if given == AnswersFor.NOT_STATED:
        return str(UNSAID)
    return str(ways[AnswersFor(given)]) if given in ways else ""


def review_lines(
    content: Content, screens: tuple[Screen, ...], answers: Answers, say: Speech
) -> list[dict[str, Any]]:
    """What stands on the page where the answers are read through."""
    lines = []
    for one in screens:
        for question in one.questions:
            stored = answers.of(question)
            kind = kind_of(question)
            lines.append(
                {
                    "question": question,
                    "text": say(question.text),
                    "answer": "" if stored is None else kind.show(question, stored, say.language),
                    "other": answers.texts.get(question.other_key, ""),
                    "is_own_words": kind.is_text,
                    "key": one.key,
                }
            )
    return lines


def sent_page(survey_round: SurveyRound, code: str, sent: Sent, typed: Sequence[str] = ()) -> str:
    """The receipt, or why there is none, with the words that were not sent.

    The receipt's page carries what gives it again, in another language for example.
    """
    if sent.outcome is Outcome.CLOSED:
        return not_now_page(survey_round, typed)
    if sent.outcome is not Outcome.SENT:
        return message_page(NOT_SENT.get(sent.outcome, "already"), survey_round, typed=typed)
    own = Own.of(code, sent.receipt)
    return blank_pages().page(sheet("receipt", survey_round), own, partial(_receipt, survey_round))


def _afterwards(survey_round: SurveyRound) -> Address | None:
    """Where to see what becomes of it: the same address for everybody, as it stands on paper."""
    if not survey_round.is_listed:
        return None
    pages = extension().features.collect("round_afterwards")
    return next((one.address(survey_round.public_id) for one in pages), None)


def _receipt(survey_round: SurveyRound, own: Own) -> str:
    return answer_page(
        "questionnaires/answer/receipt.html",
        survey_round,
        content=content_of_round(db(), survey_round),
        receipt=own.receipt,
        afterwards=_afterwards(survey_round),
        shown_receipt=own.shown_receipt,
        has_names=has_names(survey_round.mode),
        csrf=own.csrf,
        closes_on=last_day(survey_round),
    )
