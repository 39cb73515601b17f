"""Trying a draft: all of it to read, and a fill-in through the answering pages, thrown away."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import request, url_for

from participation.foundation.errors import NotFound
from participation.foundation.i18n import LOCALES, current_locale, set_locale
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, render, requires
from participation.questionnaires import queries
from participation.questionnaires.forms.answer import Speech, answer_form, start_form
from participation.questionnaires.models import Questionnaire
from participation.questionnaires.rules.answers import Answers, missing_answers, said_again
from participation.questionnaires.rules.condition_words import condition_words
from participation.questionnaires.rules.content import Content, Screen
from participation.questionnaires.rules.trial import read_state, write_state
from participation.questionnaires.rules.words import EASY, FIRST_LANGUAGE, link_name
from participation.questionnaires.views.answer.drawing import draw_question
from participation.questionnaires.views.answer.filling import is_heading
from participation.questionnaires.views.answer.parts import help_lines, take_typed
from participation.questionnaires.views.answer.sending import review_lines
from participation.questionnaires.views.manage.parts import questionnaires

TRY_OUT = "questionnaires.try_out"
REVIEW = "review"
FORM_ID = "trial"


@dataclass(frozen=True)
class Trial:
    """One fill-in: the draft, the words it speaks in, and the answers its pages carry along."""

    questionnaire: Questionnaire
    content: Content
    answers: Answers
    language: str
    own_locale: str  # the coordinator's
    easy: bool

    @property
    def say(self) -> Speech:
        return Speech(self.language, self.easy, 1, self.said_again)

    def said_again(self, key: str) -> str:
        return said_again(self.content, self.answers, key, self.language)

    @property
    def url(self) -> str:
        return self._url(self.language, self.easy)

    @property
    def end_url(self) -> str:
        return url_for("questionnaires.questionnaire_page", public_id=self.questionnaire.public_id)

    @property
    def screens(self) -> tuple[Screen, ...]:
        return self.content.visible_screens(self.answers.values)

    def hidden(self, key: str) -> dict[str, str]:
        return {"state": write_state(self.answers), "screen": key}

    def languages(self, endpoint: str) -> list[dict[str, Any]]:
        """The language links of a page: each speaks another language, all keep the answers."""
        parts = self.content.languages_in_part
        codes = [*LOCALES, *(code for code in parts if code not in {*LOCALES, EASY})]
        spoken = [(code, link_name(code), False) for code in codes]
        if self.content.has_easy_twin:
            spoken.append((FIRST_LANGUAGE, "Lätt svenska", True))
        return [
            {
                "code": code,
                "name": name,
                "url": self._url(code, easy, endpoint),
                "current": (code, easy) == (self.language, self.easy),
            }
            for code, name, easy in spoken
        ]

    def _url(self, locale: str, easy: bool, endpoint: str = TRY_OUT) -> str:
        more: dict[str, Any] = {"in": locale, "easy": "1" if easy else None}
        return url_for(endpoint, public_id=self.questionnaire.public_id, **more)


def _trial(public_id: str) -> Trial:
    """The draft as it stands. The page speaks the language tried, the coordinator's stays."""
    found = queries.questionnaire(db(), actor(), public_id)
    content = queries.content_of(queries.versions(db(), found.id)[0])
    if not content.screens:
        raise NotFound
    asked = request.args.get("in", "")
    language = asked if asked in {*LOCALES, *content.languages_in_part} else FIRST_LANGUAGE
    own = current_locale()
    is_asked = request.args.get("easy") == "1" and language == FIRST_LANGUAGE
    easy = is_asked and content.has_easy_twin
    set_locale(language, easy=easy)
    answers = read_state(content, request.form.get("state", ""))
    return Trial(found, content, answers, language, own, easy)


@questionnaires.get("/<public_id>/preview")
@requires(Permission.MANAGE_QUESTIONNAIRES)
def preview(public_id: str) -> str:
    """Every question on one page, as a respondent reads it."""
    trial = _trial(public_id)
    questions = tuple(trial.content.asked.values())
    form = answer_form(questions, Answers(), trial.say)
    return render(
        "questionnaires/manage/preview.html",
        questionnaire=trial.questionnaire,
        content=trial.content,
        screens=trial.content.screens,
        said=partial(condition_words, content=trial.content),
        say=trial.say,
        lang_links=trial.languages("questionnaires.preview"),
        speaks=trial.say.language in trial.content.languages_in_part,
        drawn=lambda question: draw_question(form, question, trial.say, heading=False),
        end_url=trial.end_url,
    )


@questionnaires.route("/<public_id>/try", methods=["GET", "POST"])
@requires(Permission.MANAGE_QUESTIONNAIRES)
@commits
def try_out(public_id: str) -> str:
    """A fill-in of the draft: every page carries the answers on, and the last one drops them."""
    trial = _trial(public_id)
    key = request.form.get("screen", "")
    if request.method == "GET":
        return _start_page(trial)
    if key == REVIEW:
        return _after_review(trial)
    shown = next((one for one in trial.screens if one.key == key), None)
    return _after_screen(trial, shown) if shown else _screen_page(trial, trial.screens[0])


def _after_screen(trial: Trial, shown: Screen) -> str:
    wrong = take_typed(trial.answers, shown.questions, trial.say.language)
    if "language" in request.form:
        return _screen_page(trial, shown)
    screens = trial.screens
    here = screens.index(shown)
    if request.form.get("act") == "back":
        return _screen_page(trial, screens[here - 1]) if here else _start_page(trial)
    if wrong:
        return _screen_page(trial, shown, wrong)
    return _screen_page(trial, screens[here + 1]) if shown != screens[-1] else _review_page(trial)


def _after_review(trial: Trial) -> str:
    if request.form.get("act") == "back":
        return _screen_page(trial, trial.screens[-1])
    if "language" in request.form or missing_answers(trial.content, trial.answers):
        return _review_page(trial)
    set_locale(trial.own_locale)  # the last page speaks to the coordinator again
    return _page(trial, "questionnaires/manage/tried.html")


def _page(trial: Trial, template: str, **values: Any) -> str:
    return render(
        template,
        trial=trial,
        questionnaire=trial.questionnaire,
        content=trial.content,
        say=trial.say,
        speaks=trial.say.language in trial.content.languages_in_part,
        easy=trial.easy,
        lang_links=trial.languages(TRY_OUT),
        help_contacts=help_lines(None),
        no_contact="",  # a draft has no mode to promise anything by
        **values,
    )


def _start_page(trial: Trial) -> str:
    more = {"in": trial.language, "easy": "1" if trial.easy else None}
    return _page(
        trial,
        "questionnaires/answer/start.html",
        form=start_form(trial.content.audience),
        endpoint=TRY_OUT,
        values={"public_id": trial.questionnaire.public_id, **more},
        count=sum(1 for one in trial.content.screens if one.questions),
    )


def _screen_page(trial: Trial, shown: Screen, wrong: dict[str, str] | None = None) -> str:
    typed = request.form if wrong else None
    form = answer_form(shown.questions, trial.answers, trial.say, typed, wrong)
    here = trial.screens.index(shown)
    return _page(
        trial,
        "questionnaires/answer/screen.html",
        screen=shown,
        form=form,
        language_form=FORM_ID,
        number=here + 1,
        total=len(trial.screens),
        most=trial.content.most_screens(trial.answers.values, shown.key),
        drawn=lambda question: draw_question(form, question, trial.say, heading=is_heading(shown)),
    )


def _review_page(trial: Trial) -> str:
    return _page(
        trial,
        "questionnaires/answer/review.html",
        language_form=FORM_ID,
        lines=review_lines(trial.content, trial.screens, trial.answers, trial.say),
        missing=missing_answers(trial.content, trial.answers),
        total=len(trial.screens),
    )
