"""Arriving: the open link, a personal link, a typed code."""

from typing import Any

from flask import request

from participation.county.models import Unit
from participation.foundation.errors import Throttled
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import commits, cookieless, db, requires, see_other
from participation.questionnaires.forms.answer import (
    CodeForm,
    start_form,
)
from participation.questionnaires.models import SurveyRound
from participation.questionnaires.queries import (
    OpenedLink,
    content_of_round,
    opened_link,
)
from participation.questionnaires.queries.links import arrival
from participation.questionnaires.queries.named import known_name
from participation.questionnaires.rules.answers import Answers
from participation.questionnaires.rules.codes import read_code
from participation.questionnaires.rules.content import Screen
from participation.questionnaires.rules.rounds import Mode, has_names, promise
from participation.questionnaires.rules.sealing import form_value
from participation.questionnaires.rules.words import EASY, FIRST_LANGUAGE
from participation.questionnaires.services import begin_draft
from participation.questionnaires.views.answer.parts import (
    answer_page,
    answering,
    asked_language,
    ceilings,
    check_form,
    count_wrong_code,
    kiosk_code,
    last_day,
    message_page,
    not_now_page,
    open_code,
    plain_code,
    unknown_link_page,
)


@answering.get("/q/<name>")
@requires(Permission.PUBLIC)
@cookieless
def open_link(name: str) -> Any:
    arrived = arrival(db(), name)
    if arrived is None:
        return unknown_link_page()
    survey_round = arrived.survey_round
    if not survey_round.is_answerable:
        return not_now_page(survey_round)
    if not arrived.is_open:
        return message_page("personal", survey_round)
    secret = survey_round.public_id
    return start_page(
        survey_round, "answering.start_open", {"name": name}, secret, unit=arrived.unit
    )


@answering.post("/q/<name>/start")
@requires(Permission.PUBLIC)
@cookieless
@commits
def start_open(name: str) -> Any:
    arrived = arrival(db(), name)
    if arrived is None:
        return unknown_link_page()
    survey_round = arrived.survey_round
    check_form(survey_round.public_id)
    if not survey_round.is_answerable:
        return not_now_page(survey_round)
    if not arrived.is_open:
        return message_page("personal", survey_round)
    if not ceilings().starts.take():
        raise Throttled
    begun = typed_start(survey_round)
    if begun is None:
        return start_page(
            survey_round,
            "answering.start_open",
            {"name": name},
            survey_round.public_id,
            unit=arrived.unit,
        )
    code = begin_draft(db(), survey_round, unit_id=arrived.unit_id, **begun)
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
    opened = open_code(code)
    if opened is None and kiosk_code():
        return see_other("answering.kiosk", link=kiosk_code(), kiosk=None, lang=None, easy=None)
    if opened is None:
        return message_page("gone", None), 404
    survey_round = opened.survey_round
    if opened.is_spent:
        return message_page("already", survey_round)
    if not survey_round.is_answerable:
        return not_now_page(survey_round)
    if opened.draft is not None:
        return _continued(code, opened)
    return _own_start_page(code, survey_round)


def _own_start_page(code: str, survey_round: SurveyRound) -> str:
    plain = plain_code(code)
    return start_page(
        survey_round,
        "answering.start_personal",
        {"code": code},
        plain,
        known_name=known_name(db(), survey_round, plain),
    )


@answering.post("/a/<code>/start")
@requires(Permission.PUBLIC)
@cookieless
@commits
def start_personal(code: str) -> Any:
    opened = open_code(code, lock=True)
    if opened is None or opened.is_spent or not opened.survey_round.is_answerable:
        return see_other("answering.personal_link", code=code)
    plain = plain_code(code)
    check_form(plain)
    begun = typed_start(opened.survey_round)
    if begun is None:
        return _own_start_page(code, opened.survey_round)
    begin_draft(db(), opened.survey_round, code=plain, unit_id=opened.unit_id, **begun)
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
        count_wrong_code()
        form.add_error("code", _unknown_code(code))
    return answer_page("questionnaires/answer/code.html", form=form)


def _unknown_code(code: str | None) -> str:
    if code is None:
        return _("A code has 16 letters and digits, for example K7QF-2MZD-09XA-R1T4.")
    return _(
        "We do not find that code. Check each group. A code stops working when the answers "
        "are sent or the questionnaire closes."
    )


def start_page(
    survey_round: SurveyRound,
    endpoint: str,
    values: dict[str, str],
    secret: str,
    *,
    unit: Unit | None = None,
    **more: Any,
) -> str:
    """The first page; after a form that could not be taken, with what was typed and why."""
    content = content_of_round(db(), survey_round)
    form = _start_form(survey_round, more.get("known_name", ""))
    if request.method == "POST":
        form.validate()
    return answer_page(
        "questionnaires/answer/start.html",
        survey_round,
        content=content,
        form=form,
        endpoint=endpoint,
        values=values,
        csrf=form_value(secret),
        unit=unit,
        count=sum(1 for one in content.screens if one.questions),
        closes_on=last_day(survey_round),
        promises=promise(Mode(survey_round.mode)),
        **more,
    )


def _continued(code: str, opened: OpenedLink) -> Any:
    """Where an address says no language, the one that the draft was left in speaks on."""
    assert opened.draft is not None
    left_in = opened.draft.language
    if left_in == EASY and not asked_language():
        return see_other("answering.personal_link", code=code, easy="1")
    if left_in not in {"", FIRST_LANGUAGE} and not asked_language():
        return see_other("answering.personal_link", code=code, lang=left_in)
    return _continue_page(code, opened)


def _start_form(survey_round: SurveyRound, known_name: str = "") -> Any:
    return start_form(
        survey_round.audience,
        request.form or None,
        asks_name=has_names(survey_round.mode),
        name=known_name,
    )


def typed_start(survey_round: SurveyRound) -> dict[str, Any] | None:
    """What a draft begins with, in which language too; None when a name is needed and missing."""
    stated = {
        "answers_for": request.form.get("answers_for", ""),
        "language": asked_language(),
    }
    if not has_names(survey_round.mode):
        return stated
    form = _start_form(survey_round)
    return {**stated, "name": form.name.data} if form.validate() else None


def _continue_page(code: str, opened: OpenedLink) -> str:
    assert opened.draft is not None
    content = content_of_round(db(), opened.survey_round)
    screens = content.visible_screens(opened.draft.answers.values)
    answered = [s for s in screens if _is_answered(s, opened.draft.answers)]
    following = next((s for s in screens if s not in answered and s.questions), screens[-1])
    return answer_page(
        "questionnaires/answer/continue.html",
        opened.survey_round,
        content=content,
        code=code,
        key=following.key,
        done=len(answered),
        total=len([s for s in screens if s.questions]),
    )


def _is_answered(one: Screen, answers: Answers) -> bool:
    return any(answers.of(question) is not None for question in one.questions)
