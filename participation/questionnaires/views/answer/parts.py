"""What every answer page shares: the link, the form, the words, the ceilings."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import Any, cast

from flask import Blueprint, abort, current_app, has_request_context, request, url_for
from werkzeug.exceptions import RequestEntityTooLarge

from participation.foundation.ceilings import TokenBucket
from participation.foundation.clock import now
from participation.foundation.errors import Throttled
from participation.foundation.i18n import (
    DEFAULT_LOCALE,
    LOCALES,
    current_locale,
    format_day,
    set_locale,
)
from participation.foundation.i18n import gettext as _
from participation.foundation.web import db, render
from participation.questionnaires.forms.answer import Speech, typed_answers, typed_words
from participation.questionnaires.models import SurveyRound
from participation.questionnaires.queries import (
    OpenedLink,
    content_of_round,
    opened_link,
)
from participation.questionnaires.rules.answers import Answers, said_again, take_answers
from participation.questionnaires.rules.codes import read_code, read_short_code
from participation.questionnaires.rules.content import Content, Question, Screen, order_for
from participation.questionnaires.rules.kinds import kind_of
from participation.questionnaires.rules.rounds import (
    Mode,
    RespondentRole,
    RoundState,
    contact_promise,
)
from participation.questionnaires.rules.sealing import form_value
from participation.questionnaires.rules.words import (
    EASY,
    FIRST_LANGUAGE,
    LONGEST_CODE,
    link_name,
)
from participation.questionnaires.views.answer.help_lines import HelpLine, HelpLines

answering = Blueprint("answering", __name__)


CEILINGS, HELP = "answering_ceilings", "answering_help"
CARRIED = ("lang", "easy", "kiosk", "change")  # what addresses on these pages may carry along
# Shared tablets: how long a page waits, where somebody writes, while it asks, and some air.
STILL_SECONDS, WRITING_SECONDS, ASKING_SECONDS, GRACE_SECONDS = 60, 300, 30, 10


class Ceilings:
    """What one process bears from everybody together; nobody's address is kept (TRUST 23, 46)."""

    def __init__(self) -> None:
        self.wrong_codes = TokenBucket(burst=60, per_second=1)
        self.starts = TokenBucket(burst=100, per_second=50)


@answering.before_request
def speak_easily() -> None:
    """The page around the questions speaks as easily as they do."""
    if asked_language() == EASY:
        set_locale(FIRST_LANGUAGE, easy=True)


@answering.url_defaults
def keep_language(_endpoint: str, values: dict[str, Any]) -> None:
    """Every address on these pages keeps the language and the twin that were asked for.

    An address on another page, where a cookie holds the language, carries it here: no cookie is
    read on these pages.
    """
    if not has_request_context():
        return
    for name in ("lang", "easy", "kiosk"):
        if name in request.args and name not in values:
            values[name] = request.args[name]
    if "lang" not in values and current_locale() != DEFAULT_LOCALE:
        values["lang"] = current_locale()


@answering.after_request
def keep_nothing(response: Any) -> Any:
    """The back button fetches anew, and a shared computer keeps no answer."""
    response.headers["Cache-Control"] = "no-store"
    return response


@answering.before_request
def receive_long_texts() -> None:
    """A text that is far too long gets its message at the field, and is given back to shorten."""
    request.max_form_memory_size = request.max_content_length


@answering.errorhandler(Throttled)
def crowded_page(_problem: Throttled) -> Any:
    """The address that was posted to shows its page, or leads back to the one before."""
    page = message_page("crowded", None, back=_here())
    return page, HTTPStatus.TOO_MANY_REQUESTS, {"Retry-After": "60"}


@answering.errorhandler(RequestEntityTooLarge)
def too_large_page(_problem: RequestEntityTooLarge) -> Any:
    return message_page("large", None, back=_here()), HTTPStatus.REQUEST_ENTITY_TOO_LARGE


def _here() -> str:
    return url_for(request.endpoint or "", **(request.view_args or {}))


def not_now_page(survey_round: SurveyRound, typed: Sequence[str] = ()) -> str:
    is_planned = survey_round.standing() is RoundState.PLANNED
    return message_page("planned" if is_planned else "closed", survey_round, typed=typed)


def unknown_link_page() -> tuple[str, int]:
    return message_page("unknown", None), 404


def message_page(
    what: str, survey_round: SurveyRound | None, *, typed: Sequence[str] = (), back: str = ""
) -> str:
    """A page that says why there is nothing to answer. `typed`: texts that could not be saved."""
    return answer_page(
        "questionnaires/answer/message.html",
        survey_round,
        what=what,
        typed=typed,
        back=back,
        content=content_of_round(db(), survey_round) if survey_round is not None else None,
        closes_on=format_day(survey_round.ended_at) if survey_round is not None else None,
        opens_on=format_day(survey_round.opens_at) if survey_round is not None else None,
    )


def answer_page(template: str, survey_round: SurveyRound | None = None, **values: Any) -> str:
    """A page with what all of them show: help, languages, the words of the questionnaire."""
    content: Content | None = values.get("content")
    return render(
        template,
        survey_round=survey_round,
        say=speech_of(content, values.pop("answers", None)),
        lang_links=languages(content),
        help_contacts=help_lines(survey_round),
        no_contact=contact_promise(Mode(survey_round.mode)) if survey_round is not None else "",
        easy=asked_language() == EASY,
        kiosk=values.pop("kiosk", None) or kiosk_of(values),
        speaks=is_spoken(content),
        **values,
    )


def help_lines(survey_round: SurveyRound | None) -> tuple[HelpLine, ...]:
    """Where to turn: other lines for children."""
    lines = cast(HelpLines, current_app.extensions[HELP])
    for_children = survey_round is not None and survey_round.audience == [RespondentRole.CHILD]
    return lines(db, for_children=for_children)


@dataclass(frozen=True)
class Kiosk:
    """A shared tablet: where it begins anew, and after how many still seconds, by which page."""

    code: str
    then: str = ""  # the page that asks "are you still there?"; empty: begin anew
    seconds: int = STILL_SECONDS

    @property
    def home(self) -> str:
        return f"/k/{self.code}"

    @property
    def next(self) -> str:
        return self.then or self.home


def kiosk_code() -> str:
    """The tablet's code that answer pages carry along; empty elsewhere."""
    code = read_short_code(request.args.get("kiosk", ""))
    return code if code.isalnum() and code.isascii() else ""


def kiosk_of(values: dict[str, Any]) -> Kiosk | None:
    """What a page on a shared tablet does when nobody touches it."""
    code = kiosk_code()
    if not code:
        return None
    draft_code = values.get("code")
    if not draft_code:
        return Kiosk(code)
    then = url_for("answering.still_there", code=draft_code)
    return Kiosk(code, then, patience(values.get("screen")))


def patience(shown: Screen | None) -> int:
    """Longer where somebody writes: without script the page cannot see that they do."""
    is_written = shown is not None and any(kind_of(q).is_text for q in shown.questions)
    return WRITING_SECONDS if is_written else STILL_SECONDS


def until_then(shown: Screen | None) -> int:
    """The second after which a tablet's draft is shown to nobody."""
    return int(now().timestamp()) + patience(shown) + ASKING_SECONDS + GRACE_SECONDS


def plain_code(code: str) -> str:
    return read_code(code) or ""


def open_code(code: str, *, lock: bool = False) -> OpenedLink | None:
    """What a link opens; None for a wrong code. Raises Throttled when many were wrong."""
    opened = find_code(code, lock=lock)
    if opened is None:
        count_wrong_code()
    elif request.method == "GET" and _is_over(opened):
        return None  # the tablet is somebody else's by now
    return opened


def _is_over(opened: OpenedLink) -> bool:
    draft = opened.draft
    return draft is not None and 0 < draft.until < now().timestamp()


def find_code(code: str, *, lock: bool = False) -> OpenedLink | None:
    plain = read_code(code)
    return opened_link(db(), plain, lock=lock) if plain is not None else None


def count_wrong_code() -> None:
    """Right codes are never counted: a whole hospital may answer from one address."""
    if not ceilings().wrong_codes.take():
        raise Throttled


def ceilings() -> Ceilings:
    return cast(Ceilings, current_app.extensions[CEILINGS])


def check_form(secret: str) -> None:
    """Refuse a form that did not come from this link's own page (TRUST 25)."""
    given = request.form.get("csrf_token", "")
    if not hmac.compare_digest(given.encode(), form_value(secret).encode()):
        abort(400)


def take_typed(answers: Answers, questions: Sequence[Question], language: str) -> dict[str, str]:
    """Read this request's form into `answers`; what is wrong or missing, by question key.

    `language` (or twin): messages repeat the alternatives in the words that the page shows.
    """
    typed = typed_answers(request.form, questions)
    wrong = take_answers(answers, questions, typed)
    if wrong:
        wrong = take_answers(answers, [one.only(language) for one in questions], typed)
    for question in questions:
        if question.required and question.key not in wrong and answers.of(question) is None:
            wrong[question.key] = _("We need an answer here before you go on.")
    return wrong


def words_to_give_back(survey_round: SurveyRound | None) -> list[str]:
    """Own words in a form that cannot be saved any more.

    Never on a shared tablet, where somebody else may stand by now.
    """
    content = content_of_round(db(), survey_round) if survey_round is not None else None
    return [] if kiosk_code() else typed_words(request.form, content)


def last_day(survey_round: SurveyRound) -> str:
    """The last day one can answer; a round closes at the midnight after it."""
    return format_day(survey_round.last_moment)


def asked_language() -> str:
    """The language or twin that the address asks for; empty when it says nothing."""
    if request.args.get("easy") == "1" and current_locale() == FIRST_LANGUAGE:
        return EASY
    return request.args.get("lang", "")[:LONGEST_CODE]


def language_of(content: Content | None) -> str:
    """The language of the questions: one that only they speak, else the page's own."""
    asked = request.args.get("lang", "")
    is_theirs = content is not None and asked in content.other_languages
    return asked if is_theirs else current_locale()


def is_spoken(content: Content | None) -> bool:
    """Whether the questionnaire speaks what is asked for, at least in part."""
    if content is None:
        return True
    asked = EASY if asked_language() == EASY else language_of(content)
    return asked in content.languages_in_part


def speech_of(content: Content | None, answers: Answers | None = None) -> Speech:
    """How the page speaks; `answers` are said again where the questions repeat them."""
    code = plain_code((request.view_args or {}).get("code", ""))
    language = language_of(content)
    again = None
    if content is not None and answers is not None:
        again = partial(_said_again, content, answers, language)
    return Speech(
        language,
        asked_language() == EASY,
        order_for(code) if code else 0,
        again,
        is_spoken=is_spoken(content),
    )


def _said_again(content: Content, answers: Answers, language: str, key: str) -> str:
    return said_again(content, answers, key, language)


def languages(content: Content | None) -> list[dict[str, Any]]:
    """This page in other languages, and in easy Swedish where the questionnaire has it.

    All keep the answers. The addresses name no path, so no code either.
    """
    easy, here = asked_language() == EASY, language_of(content)
    others = content.other_languages if content is not None else ()
    spoken = {**LOCALES, **{code: link_name(code) for code in others}}
    kept = "&change=1" if request.args.get("change") else ""
    kept += f"&kiosk={kiosk_code()}" if kiosk_code() else ""
    links = [
        {
            "code": code,
            "name": name,
            "url": f"?lang={code}{kept}",
            "current": code == here and not easy,
        }
        for code, name in spoken.items()
    ]
    if easy or (content is not None and content.has_easy_twin):
        links.append(
            {
                "code": "sv",
                "name": "Lätt svenska",
                "url": f"?lang=sv&easy=1{kept}",
                "current": easy,
            }
        )
    return links
