"""Writing one question, with what a respondent will see beside it."""

from collections.abc import Sequence
from itertools import takewhile
from typing import Any

from flask import flash, request, url_for

from participation.foundation.errors import NotFound
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import use_locale
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, render, requires, see_other
from participation.questionnaires import queries
from participation.questionnaires.forms.answer import Speech, answer_form
from participation.questionnaires.forms.question import (
    FIELDS_OF_KINDS,
    question_form,
    question_from,
)
from participation.questionnaires.models import Questionnaire, QuestionnaireVersion
from participation.questionnaires.queries.advice import considered_advice
from participation.questionnaires.queries.asked import alike_elsewhere, asked_elsewhere
from participation.questionnaires.queries.library import whole_library
from participation.questionnaires.rules.advising import Told, advise
from participation.questionnaires.rules.answers import Answers
from participation.questionnaires.rules.condition_words import condition_words
from participation.questionnaires.rules.content import BATTERY, INFORMATION, Content, Question
from participation.questionnaires.rules.editing import Data, content_digest, with_question
from participation.questionnaires.rules.kinds import kind_of
from participation.questionnaires.rules.reading import ContentInvalid, Problem, read_content
from participation.questionnaires.rules.words import (
    EASY,
    FIRST_LANGUAGE,
    LANGUAGES,
    is_language,
    language_order,
    link_name,
    own_name,
)
from participation.questionnaires.services import save_question
from participation.questionnaires.views.answer.drawing import draw_question
from participation.questionnaires.views.manage.parts import at_question, questionnaires, to_write


@questionnaires.route("/<public_id>/questions/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_QUESTIONNAIRES)
@commits
def new_question(public_id: str) -> Any:
    found = to_write(public_id)
    return _question_page(found, None)


@questionnaires.route("/<public_id>/questions/<key>", methods=["GET", "POST"])
@requires(Permission.MANAGE_QUESTIONNAIRES)
@commits
def edit_question(public_id: str, key: str) -> Any:
    found = to_write(public_id)
    return _question_page(found, key)


def _question_page(found: Questionnaire, key: str | None) -> Any:
    version = queries.versions(db(), found.id)[0]
    content = version.content
    before = _before(content, key)
    form = question_form(before, asked_before(version, key))
    changed = _changed_meanwhile(before)
    if not changed and "show_in" not in request.form and form.validate_on_submit():
        made = question_from(form, before, content)
        try:
            save_question(db(), found, made, key, by=actor())
        except ContentInvalid as problem:
            _show_problems(form, problem)
        else:
            return _after_saving(found, made)
    return _written_page(found, version, before, form, changed)


def _after_saving(found: Questionnaire, made: Data) -> Any:
    """Back to the list; or once more to a question whose alternatives stand for nobody yet."""
    at = {"public_id": found.public_id}
    if made["sets_respondent_role"] and not any(o.get("respondent_role") for o in made["options"]):
        flash(_("The question is saved. Now say which role each alternative stands for."))
        return see_other("questionnaires.edit_question", key=made["key"], **at)
    flash(_("The question is saved."))
    return at_question(found.public_id, made["key"])


def _written_page(
    found: Questionnaire, version: QuestionnaireVersion, before: Data, form: Any, changed: str
) -> str:
    return render(
        "questionnaires/manage/question.html",
        form=form,
        questionnaire=found,
        question=before,
        changed=changed,
        read=content_digest(before),
        origin=whole_library(db()).get(before.get("provenance", "")),
        seen=_preview(found, form, before, version.content),
        show_in=_shown_in(),
        languages=_languages(queries.content_of(version).languages_in_part),
        has=FIELDS_OF_KINDS,
        earlier=[
            (one.text.said(FIRST_LANGUAGE), f"${{{one.key}|…}}")
            for one in asked_before(version, before.get("key"))
            if not kind_of(one).is_text
        ],
        action=url_for(request.endpoint or "", **(request.view_args or {})),
    )


def _before(content: Data, key: str | None) -> Data:
    """The question as it stands; whoever saves one that was removed meanwhile keeps the words."""
    if key is None:
        return {}
    try:
        return question_data(content, key)
    except NotFound:
        if request.method == "GET":
            raise
        return {}


def _changed_meanwhile(before: Data) -> str:
    """What another tab or person did since the form was opened; saving once more goes through."""
    read = request.form.get("read", "")
    if not read or read == content_digest(before):
        return ""
    if not before:
        return _("The question has been removed in another tab. Saving brings it back.")
    return _(
        "The question has been changed in another tab: it says “%(text)s” now. Nothing of what you "
        "typed is lost; saving puts it in the place of the other.",
        text=before["text"].get("sv", ""),
    )


def asked_before(version: QuestionnaireVersion, key: str | None) -> list[Question]:
    """The questions a condition can ask about: those before this one, battery rows too."""
    earlier = takewhile(lambda one: one.key != key, queries.content_of(version).questions)
    rows = (one.rows if one.kind == BATTERY else (one,) for one in earlier)
    return [one for part in rows for one in part if one.kind != INFORMATION]


def question_data(content: Data, key: str) -> Data:
    """A question's JSON. Raises NotFound."""
    for question in content.get("questions", []):
        if question["key"] == key:
            return dict(question)
    raise NotFound


def _show_problems(form: Any, problem: ContentInvalid) -> None:
    """Each problem at the field it most likely concerns."""
    for one in problem.problems:
        form.add_error(one.field if one.field in form else "text", one.message)


def _shown_in() -> str:
    asked = request.form.get("show_in", "")
    return asked if is_language(asked) else FIRST_LANGUAGE


def _languages(spoken: Sequence[str]) -> dict[str, str]:
    """The buttons over the preview: the platform's languages and what is translated."""
    return {code: link_name(code) for code in language_order({*LANGUAGES, EASY, *spoken})}


def _preview(found: Questionnaire, form: Any, before: Data, content: Data) -> dict[str, Any]:
    """What the template shows of the question as it is typed: drawn, or what is missing still."""
    shown_in = _shown_in()
    say = Speech(FIRST_LANGUAGE if shown_in == EASY else shown_in, shown_in == EASY)
    try:
        question = question_from(form, before, content)
        tree = read_content(with_question(content, question, before.get("key")), allow_empty=True)
    except ContentInvalid as problem:
        return {"problems": _own_problems(problem), "questions": (), "advice": ()}
    made = next(one for one in tree.questions if one.key == question["key"])
    with use_locale(say.locale):
        drawn = _drawn(made, say)
    return {
        "problems": (),
        "questions": (made,),
        "advice": _advice(found, tree, made.key),
        "drawn": drawn,
        "condition": condition_words(made.own_relevant, tree) if made.own_relevant else "",
        "stem": say(made.text) if _has_stem(made) else "",
        "speaks": made.text.speaks(shown_in),
        "language": own_name(shown_in),
        "lang": say.tongue(made.text),
        "dir": say.direction(made.text),
    }


def _advice(found: Questionnaire, tree: Content, key: str) -> Sequence[Told]:
    """What could be better in the question as it is typed; all of it is said in full here."""
    alike = alike_elsewhere(
        [q for q in tree.questions if q.key == key], asked_elsewhere(db(), found.id)
    )
    return advise(tree, alike, considered_advice(db(), found.id), only=key)[key].told


def _own_problems(problem: ContentInvalid) -> list[Problem]:
    return list({one.message: one for one in problem.problems}.values())


def _has_stem(question: Question) -> bool:
    return question.kind in {BATTERY, INFORMATION, "consent"}


def _drawn(question: Question, say: Speech) -> list[Any]:
    asked = question.rows if question.kind == BATTERY else (question,)
    form = answer_form(asked, Answers(), say)
    return [
        draw_question(form, one, say, heading=False) for one in asked if one.kind != INFORMATION
    ]
