"""Answering: /q/<name> the open link, /a/<code> a personal link or a draft, /code a typed code.

No session, no cookie, no log line (TRUST 46). A GET changes nothing, so mail scanners and
previews do no harm; a draft begins at the first POST. Language and twin travel in the address.
"""

import hmac
from typing import Any, cast

from flask import Blueprint, abort, current_app, request
from werkzeug.wrappers import Response as WerkzeugResponse

from participation.county.queries import help_contacts
from participation.foundation.ceilings import TokenBucket
from participation.foundation.errors import Throttled
from participation.foundation.i18n import LOCALES, current_locale, format_day
from participation.foundation.i18n import gettext as _
from participation.foundation.mail_templates import absolute_url
from participation.foundation.permissions import Permission
from participation.foundation.web import commits, cookieless, db, render, requires, see_other
from participation.questionnaires.forms.answer import (
    CodeForm,
    Speech,
    answer_form,
    start_form,
    typed_answers,
)
from participation.questionnaires.models import SurveyRound
from participation.questionnaires.queries import (
    OpenedLink,
    content_of_round,
    opened_link,
    round_to_answer,
)
from participation.questionnaires.rules.answers import Answers, missing_answers, take_answers
from participation.questionnaires.rules.codes import CODE_LENGTH, in_groups, read_code
from participation.questionnaires.rules.content import Content, Question, Screen
from participation.questionnaires.rules.kinds import kind_of
from participation.questionnaires.rules.rounds import Mode, RoundState, promise
from participation.questionnaires.rules.sealing import form_value
from participation.questionnaires.services import begin_draft, save_draft, send_answers
from participation.questionnaires.services.answering import Outcome

answering = Blueprint("answering", __name__)

CEILINGS = "answering_ceilings"


class Ceilings:
    """What one process bears from everybody together; nobody's address is kept (TRUST 23, 46)."""

    def __init__(self) -> None:
        self.wrong_codes = TokenBucket(burst=60, per_second=1)
        self.starts = TokenBucket(burst=100, per_second=50)


@answering.url_defaults
def keep_language(_endpoint: str, values: dict[str, Any]) -> None:
    """Every address on these pages keeps the language and the twin that were asked for."""
    for name in ("lang", "easy"):
        if name in request.args and name not in values:
            values[name] = request.args[name]


@answering.after_request
def keep_nothing(response: Any) -> Any:
    """The back button fetches anew, and a shared computer keeps no answer."""
    response.headers["Cache-Control"] = "no-store"
    return response


# -- arriving --------------------------------------------------------------------------------


@answering.get("/q/<name>")
@requires(Permission.PUBLIC)
@cookieless
def open_link(name: str) -> Any:
    survey_round = round_to_answer(db(), name)
    if survey_round is None:
        return _unknown_link()
    if not survey_round.is_answerable:
        return _not_now(survey_round)
    return _start_page(survey_round, "answering.start_open", {"name": name}, survey_round.public_id)


@answering.post("/q/<name>/start")
@requires(Permission.PUBLIC)
@cookieless
@commits
def start_open(name: str) -> Any:
    survey_round = round_to_answer(db(), name)
    if survey_round is None:
        return _unknown_link()
    _check_form(survey_round.public_id)
    if not survey_round.is_answerable:
        return _not_now(survey_round)
    if not _ceilings().starts.take():
        raise Throttled
    code = begin_draft(db(), survey_round, answers_for=request.form.get("answers_for", ""))
    first = content_of_round(db(), survey_round).screens[0]
    return see_other("answering.screen", code=code, key=first.key)


@answering.get("/q/<name>/start")
@requires(Permission.PUBLIC)
@cookieless
def start_open_again(name: str) -> Any:
    return see_other("answering.open_link", name=name)


@answering.get("/a/<code>")
@requires(Permission.PUBLIC)
@cookieless
def personal_link(code: str) -> Any:
    opened = _opened(code)
    if opened is None:
        return _message("gone", None), 404
    survey_round = opened.survey_round
    if opened.is_spent:
        return _message("already", survey_round)
    if not survey_round.is_answerable:
        return _not_now(survey_round)
    if opened.draft is not None:
        return _continue_page(code, opened)
    return _start_page(survey_round, "answering.start_personal", {"code": code}, _plain(code))


@answering.post("/a/<code>/start")
@requires(Permission.PUBLIC)
@cookieless
@commits
def start_personal(code: str) -> Any:
    opened = _opened(code, lock=True)
    if opened is None or opened.is_spent or not opened.survey_round.is_answerable:
        return see_other("answering.personal_link", code=code)
    _check_form(_plain(code))
    begin_draft(
        db(),
        opened.survey_round,
        code=_plain(code),
        answers_for=request.form.get("answers_for", ""),
        unit_id=opened.unit_id,
    )
    first = content_of_round(db(), opened.survey_round).screens[0]
    return see_other("answering.screen", code=code, key=first.key)


@answering.get("/a/<code>/start")
@requires(Permission.PUBLIC)
@cookieless
def start_personal_again(code: str) -> Any:
    return see_other("answering.personal_link", code=code)


@answering.route("/code", methods=["GET", "POST"])
@requires(Permission.PUBLIC)
@cookieless
def enter_code() -> Any:
    form = CodeForm()
    if form.validate_on_submit():
        code = read_code(form.code.data or "")
        if code is not None and opened_link(db(), code) is not None:
            return see_other("answering.personal_link", code=code)
        _count_wrong_code()
        form.add_error("code", _unknown_code(code))
    return _page("questionnaires/answer/code.html", form=form)


def _unknown_code(code: str | None) -> str:
    if code is None:
        return _("A code has 16 letters and digits, for example K7QF-2MZD-09XA-R1T4.")
    return _(
        "We do not find that code. Check each group. A code stops working when the answers "
        "are sent or the questionnaire closes."
    )


# -- answering -------------------------------------------------------------------------------


@answering.get("/a/<code>/q/<key>")
@requires(Permission.PUBLIC)
@cookieless
def screen(code: str, key: str) -> Any:
    opened = _opened(code)
    if opened is None or opened.draft is None or not opened.survey_round.is_answerable:
        return see_other("answering.personal_link", code=code)
    content = content_of_round(db(), opened.survey_round)
    shown = _shown_screen(content, key, opened.draft.answers)
    form = answer_form(shown.questions, opened.draft.answers, _say(content))
    return _screen_page(code, opened, content, shown, form)


@answering.post("/a/<code>/q/<key>")
@requires(Permission.PUBLIC)
@cookieless
@commits
def save_screen(code: str, key: str) -> Any:
    opened = _opened(code, lock=True)
    if opened is None or opened.draft is None or not opened.survey_round.is_answerable:
        return see_other("answering.personal_link", code=code)
    _check_form(_plain(code))
    content = content_of_round(db(), opened.survey_round)
    shown = _shown_screen(content, key, opened.draft.answers)
    wrong = _take(opened.draft.answers, shown.questions)
    save_draft(db(), _plain(code), opened.draft)
    if request.form.get("act") == "later":
        return see_other("answering.later", code=code)
    if wrong:
        say = _say(content)
        form = answer_form(shown.questions, opened.draft.answers, say, request.form, wrong)
        return _screen_page(code, opened, content, shown, form)
    return _next_page(code, content, shown, opened.draft.answers)


@answering.get("/a/<code>/all")
@requires(Permission.PUBLIC)
@cookieless
def all_questions(code: str) -> Any:
    opened = _opened(code)
    if opened is None or opened.draft is None or not opened.survey_round.is_answerable:
        return see_other("answering.personal_link", code=code)
    content = content_of_round(db(), opened.survey_round)
    questions = tuple(content.visible_questions(opened.draft.answers.values))
    form = answer_form(questions, opened.draft.answers, _say(content))
    return _all_page(code, opened, content, form)


@answering.post("/a/<code>/all")
@requires(Permission.PUBLIC)
@cookieless
@commits
def save_all(code: str) -> Any:
    opened = _opened(code, lock=True)
    if opened is None or opened.draft is None or not opened.survey_round.is_answerable:
        return see_other("answering.personal_link", code=code)
    _check_form(_plain(code))
    content = content_of_round(db(), opened.survey_round)
    questions = tuple(content.visible_questions(opened.draft.answers.values))
    wrong = _take(opened.draft.answers, questions)
    save_draft(db(), _plain(code), opened.draft)
    if request.form.get("act") == "later":
        return see_other("answering.later", code=code)
    if wrong:
        form = answer_form(questions, opened.draft.answers, _say(content), request.form, wrong)
        return _all_page(code, opened, content, form)
    now_visible = {q.key for q in content.visible_questions(opened.draft.answers.values)}
    if now_visible - {question.key for question in questions}:
        return see_other("answering.all_questions", code=code)
    return see_other("answering.review", code=code)


@answering.get("/a/<code>/later")
@requires(Permission.PUBLIC)
@cookieless
def later(code: str) -> Any:
    opened = _opened(code)
    if opened is None or opened.draft is None:
        return see_other("answering.personal_link", code=code)
    plain = _plain(code)
    return _page(
        "questionnaires/answer/later.html",
        opened.survey_round,
        code=plain,
        typed_code=in_groups(plain) if len(plain) == CODE_LENGTH else None,
        code_address=absolute_url("/code").partition("://")[2],
        closes_on=_last_day(opened.survey_round),
    )


@answering.get("/a/<code>/review")
@requires(Permission.PUBLIC)
@cookieless
def review(code: str) -> Any:
    opened = _opened(code)
    if opened is None or opened.draft is None or not opened.survey_round.is_answerable:
        return see_other("answering.personal_link", code=code)
    return _review_page(code, opened)


@answering.post("/a/<code>/send")
@requires(Permission.PUBLIC)
@cookieless
@commits
def send(code: str) -> Any:
    _check_form(_plain(code))
    survey_round = round_to_answer(db(), request.form.get("round", ""))
    if survey_round is None:
        return _unknown_link()
    receipt = read_code(request.form.get("receipt", "")) or ""
    sent = send_answers(db(), survey_round, _plain(code), receipt, current_locale())
    if sent.outcome is Outcome.SENT:
        return _receipt_page(survey_round, sent.receipt)
    if sent.outcome is Outcome.INCOMPLETE:
        return see_other("answering.review", code=code)
    if sent.outcome is Outcome.CLOSED:
        return _not_now(survey_round)
    return _message("already", survey_round)


@answering.get("/a/<code>/send")
@requires(Permission.PUBLIC)
@cookieless
def send_again(code: str) -> Any:
    """A language link or a typed address after sending: the answers are in."""
    opened = _found(code)  # a sent draft's code is gone, and nobody's mistake
    if opened is not None and opened.draft is not None:
        return see_other("answering.review", code=code)
    return _message("already", opened.survey_round if opened else None)


# -- pages -----------------------------------------------------------------------------------


def _start_page(
    survey_round: SurveyRound, endpoint: str, values: dict[str, str], secret: str
) -> str:
    content = content_of_round(db(), survey_round)
    return _page(
        "questionnaires/answer/start.html",
        survey_round,
        content=content,
        form=start_form(survey_round.audience),
        endpoint=endpoint,
        values=values,
        csrf=form_value(secret),
        count=sum(1 for one in content.screens if one.questions),
        closes_on=_last_day(survey_round),
        promises=promise(Mode(survey_round.mode)),
    )


def _continue_page(code: str, opened: OpenedLink) -> str:
    assert opened.draft is not None
    content = content_of_round(db(), opened.survey_round)
    screens = content.visible_screens(opened.draft.answers.values)
    answered = [s for s in screens if _is_answered(s, opened.draft.answers)]
    following = next((s for s in screens if s not in answered and s.questions), screens[-1])
    return _page(
        "questionnaires/answer/continue.html",
        opened.survey_round,
        content=content,
        code=code,
        key=following.key,
        done=len(answered),
        total=len([s for s in screens if s.questions]),
    )


def _screen_page(code: str, opened: OpenedLink, content: Content, shown: Screen, form: Any) -> str:
    assert opened.draft is not None
    screens = content.visible_screens(opened.draft.answers.values)
    here = next((i for i, one in enumerate(screens) if one.key == shown.key), 0)
    return _page(
        "questionnaires/answer/screen.html",
        opened.survey_round,
        content=content,
        screen=shown,
        form=form,
        code=code,
        csrf=form_value(_plain(code)),
        number=here + 1,
        total=len(screens),
        previous=screens[here - 1].key if here else None,
        quiet=_quiet(shown.questions),
    )


def _all_page(code: str, opened: OpenedLink, content: Content, form: Any) -> str:
    assert opened.draft is not None
    return _page(
        "questionnaires/answer/all.html",
        opened.survey_round,
        content=content,
        screens=content.visible_screens(opened.draft.answers.values),
        form=form,
        code=code,
        csrf=form_value(_plain(code)),
        quiet=_quiet(tuple(content.asked.values())),
    )


def _review_page(code: str, opened: OpenedLink) -> str:
    draft = opened.draft
    assert draft is not None
    survey_round = opened.survey_round
    content = content_of_round(db(), survey_round)
    screens = content.visible_screens(draft.answers.values)
    return _page(
        "questionnaires/answer/review.html",
        survey_round,
        content=content,
        code=code,
        csrf=form_value(_plain(code)),
        receipt=draft.receipt,
        lines=_review_lines(content, screens, draft.answers),
        missing=missing_answers(content, draft.answers),
        last_key=screens[-1].key,
        total=len(screens),
        promises=promise(Mode(survey_round.mode)),
    )


def _review_lines(
    content: Content, screens: tuple[Screen, ...], answers: Answers
) -> list[dict[str, Any]]:
    say = _say(content)
    lines = []
    for one in screens:
        for question in one.questions:
            stored = answers.of(question)
            kind = kind_of(question)
            lines.append(
                {
                    "question": question,
                    "text": say(question.text),
                    "answer": ""
                    if stored is None
                    else kind.show(question, stored, current_locale()),
                    "other": answers.texts.get(question.other_key, ""),
                    "is_own_words": kind.is_text,
                    "key": one.key,
                }
            )
    return lines


def _receipt_page(survey_round: SurveyRound, receipt: str) -> str:
    return _page(
        "questionnaires/answer/receipt.html",
        survey_round,
        content=content_of_round(db(), survey_round),
        receipt=in_groups(receipt),
        closes_on=_last_day(survey_round),
    )


def _not_now(survey_round: SurveyRound) -> str:
    is_planned = survey_round.standing() is RoundState.PLANNED
    return _message("planned" if is_planned else "closed", survey_round)


def _unknown_link() -> tuple[str, int]:
    return _message("unknown", None), 404


def _message(what: str, survey_round: SurveyRound | None) -> str:
    return _page(
        "questionnaires/answer/message.html",
        survey_round,
        what=what,
        content=content_of_round(db(), survey_round) if survey_round is not None else None,
        closes_on=_last_day(survey_round) if survey_round is not None else None,
        opens_on=format_day(survey_round.opens_at) if survey_round is not None else None,
    )


def _page(template: str, survey_round: SurveyRound | None = None, **values: Any) -> str:
    """A page with what all of them show: help, languages, the words of the questionnaire."""
    content: Content | None = values.get("content")
    audience = survey_round.audience if survey_round is not None else []
    return render(
        template,
        survey_round=survey_round,
        say=_say(content),
        lang_links=_languages(content),
        help_contacts=help_contacts(db(), "children" if audience == ["child"] else None)[:3],
        easy=_is_easy(content),
        speaks=content is None or current_locale() in content.languages,
        **values,
    )


# -- small parts -----------------------------------------------------------------------------


def _plain(code: str) -> str:
    return read_code(code) or ""


def _opened(code: str, *, lock: bool = False) -> OpenedLink | None:
    """What a link opens; None for a wrong code. Raises Throttled when many were wrong."""
    opened = _found(code, lock=lock)
    if opened is None:
        _count_wrong_code()
    return opened


def _found(code: str, *, lock: bool = False) -> OpenedLink | None:
    plain = read_code(code)
    return opened_link(db(), plain, lock=lock) if plain is not None else None


def _count_wrong_code() -> None:
    """Right codes are never counted: a whole hospital may answer from one address."""
    if not _ceilings().wrong_codes.take():
        raise Throttled


def _ceilings() -> Ceilings:
    return cast(Ceilings, current_app.extensions[CEILINGS])


def _check_form(secret: str) -> None:
    """Refuse a form that did not come from this link's own page (TRUST 25)."""
    given = request.form.get("csrf_token", "")
    if not hmac.compare_digest(given.encode(), form_value(secret).encode()):
        abort(400)


def _take(answers: Answers, questions: tuple[Question, ...]) -> dict[str, str]:
    wrong = take_answers(answers, questions, typed_answers(request.form, questions))
    for question in questions:
        if question.required and question.key not in wrong and answers.of(question) is None:
            wrong[question.key] = _("We need an answer here before you go on.")
    return wrong


def _shown_screen(content: Content, key: str, answers: Answers) -> Screen:
    """The screen with this key, or the first one when it is unknown or concerns others."""
    screens = content.visible_screens(answers.values)
    return next((one for one in screens if one.key == key), screens[0])


def _next_page(code: str, content: Content, shown: Screen, answers: Answers) -> WerkzeugResponse:
    screens = [one.key for one in content.visible_screens(answers.values)]
    position = screens.index(shown.key) + 1
    if request.args.get("change") or position >= len(screens):
        return see_other("answering.review", code=code)
    return see_other("answering.screen", code=code, key=screens[position])


def _is_answered(one: Screen, answers: Answers) -> bool:
    return any(answers.of(question) is not None for question in one.questions)


def _quiet(questions: tuple[Question, ...]) -> dict[str, list[str]]:
    return {q.key: [option.code for option in q.options if option.is_apart] for q in questions}


def _last_day(survey_round: SurveyRound) -> str:
    """The last day one can answer; a round closes at the midnight after it."""
    return format_day(survey_round.last_moment)


def _is_easy(content: Content | None) -> bool:
    asked = request.args.get("easy") == "1" and current_locale() == "sv"
    return asked and (content is None or content.has_easy_twin)


def _say(content: Content | None) -> Speech:
    return Speech(current_locale(), _is_easy(content))


def _languages(content: Content | None) -> list[dict[str, Any]]:
    """The languages, and easy Swedish where the questionnaire has it; all keep the answers."""
    easy = _is_easy(content)
    kept = "&change=1" if request.args.get("change") else ""
    links = [
        {
            "code": code,
            "name": name,
            "url": f"{request.path}?lang={code}{kept}",
            "current": code == current_locale() and not easy,
        }
        for code, name in LOCALES.items()
    ]
    if content is not None and content.has_easy_twin:
        links.append(
            {
                "code": "sv",
                "name": "Lätt svenska",
                "url": f"{request.path}?lang=sv&easy=1{kept}",
                "current": easy,
            }
        )
    return links
