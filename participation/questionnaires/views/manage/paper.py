"""Paper: its page, and typing twice what came back."""

from typing import Any

from flask import flash, request

from participation.county.queries import units
from participation.foundation.errors import NotFound
from participation.foundation.i18n import LOCALES, current_locale, ngettext
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.printing import can_make_pdf
from participation.foundation.web import actor, commits, db, render, requires, see_other
from participation.questionnaires import queries
from participation.questionnaires.forms.answer import (
    Speech,
    answer_form,
    start_form,
    typed_answers,
)
from participation.questionnaires.forms.giving_out import (
    LatePapersForm,
    PaperCodeForm,
    decision_form,
    language_form,
    print_form,
)
from participation.questionnaires.models import SurveyRound
from participation.questionnaires.queries.paper import paper_code, papers_waiting, typed_so_far
from participation.questionnaires.rules.answers import Answers, take_answers
from participation.questionnaires.rules.codes import in_groups, read_code
from participation.questionnaires.rules.content import OTHER_SUFFIX, Content
from participation.questionnaires.rules.kinds import kind_of
from participation.questionnaires.rules.naming import NAME_LENGTH
from participation.questionnaires.rules.paper import (
    ANSWERS_FOR,
    NAME,
    Difference,
    Entry,
    Typed,
    differences,
    settled,
)
from participation.questionnaires.rules.paper_form import answer_elsewhere, paper_questions
from participation.questionnaires.rules.rounds import (
    ANSWERS_FOR_LABELS,
    AnswersFor,
    Mode,
    RoundState,
    has_names,
    ways_to_answer,
)
from participation.questionnaires.rules.words import FIRST_LANGUAGE
from participation.questionnaires.services.paper import (
    Standing,
    forget_entries,
    issue_typed_codes,
    keep_entry,
    store_paper,
    take_late_papers,
)
from participation.questionnaires.views.manage.parts import questionnaires
from participation.questionnaires.views.manage.sheets import words_of


@questionnaires.get("/rounds/<public_id>/paper")
@requires(Permission.MANAGE_QUESTIONNAIRES)
def paper(public_id: str) -> str:
    return _paper_page(queries.survey_round(db(), actor(), public_id), PaperCodeForm())


@questionnaires.post("/rounds/<public_id>/paper/late")
@requires(Permission.MANAGE_QUESTIONNAIRES)
@commits
def take_late(public_id: str) -> Any:
    """The round is over, but papers came: somebody says why they count."""
    found = queries.survey_round(db(), actor(), public_id)
    form = LatePapersForm()
    if not form.validate_on_submit():
        return _paper_page(found, PaperCodeForm(formdata=None), form)
    take_late_papers(db(), actor(), found, form.reason.data)
    flash(_("Papers that came late can be typed until the results are published."))
    return see_other("questionnaires.paper", public_id=public_id)


@questionnaires.get("/rounds/<public_id>/paper/late")
@requires(Permission.MANAGE_QUESTIONNAIRES)
def take_late_again(public_id: str) -> Any:
    return see_other("questionnaires.paper", public_id=public_id)


def _paper_page(found: SurveyRound, form: Any, late_form: Any = None) -> str:
    return render(
        "questionnaires/manage/paper.html",
        round=found,
        questionnaire=found.version.questionnaire,
        form=form,
        late_form=late_form or LatePapersForm(formdata=None),
        may_be_late=found.state == RoundState.CLOSED and not found.takes_papers,
        is_late=found.takes_papers and not found.is_answerable,
        is_anonymous=found.mode == Mode.ANONYMOUS,
        print_form=print_form(words_of(found), [(one.public_id, one.name) for one in units(db())]),
        blanks=words_of(found),
        waiting=papers_waiting(db(), found),
        has_pdf=can_make_pdf(),
    )


# -- typing what came back -------------------------------------------------------------------


@questionnaires.post("/rounds/<public_id>/paper")
@requires(Permission.MANAGE_QUESTIONNAIRES)
@commits
def begin_paper(public_id: str) -> Any:
    """The code of the paper at hand, or a new one for a copied form that has none."""
    found = queries.survey_round(db(), actor(), public_id)
    if request.form.get("act") == "new":
        return _entry_page(found, issue_typed_codes(db(), actor(), found, 1)[0], is_new=True)
    form = PaperCodeForm()
    code = read_code(form.code.data or "")
    if form.validate_on_submit():
        problem = _code_problem(found, code)
        if problem:
            form.add_error("code", problem)
        elif code is not None:
            return _entry_page(found, code)
    return _paper_page(found, form)


def _code_problem(found: SurveyRound, code: str | None) -> str:
    if code is None:
        return _("A code has 16 letters and digits, for example K7QF-2MZD-09XA-R1T4.")
    token = paper_code(db(), found, code)
    if token is None:
        return _("We do not find that code in this round. Check each group.")
    if token.is_spent:
        return _(
            "An answer with this code is already stored, from paper or from the web. "
            "Nothing more is stored."
        )
    return "" if found.takes_papers else _("The round takes no answers now.")


def _entry_page(
    found: SurveyRound,
    code: str,
    *,
    is_new: bool = False,
    wrong: dict[str, str] | None = None,
) -> str:
    typed = typed_so_far(db(), found, code)
    if typed is not None and typed.second is not None and wrong is None:
        return _differences_page(found, code, typed)
    content = queries.content_of_round(db(), found)
    say = Speech(current_locale(), False, unknown=answer_elsewhere(content))
    sent = request.form if wrong is not None else None
    return render(
        "questionnaires/manage/paper_entry.html",
        round=found,
        questionnaire=found.version.questionnaire,
        code=code,
        typed_code=in_groups(code),
        is_new=is_new,
        is_second=typed is not None,
        is_own=typed is not None and typed.first.typed_by == actor().account_id,
        start=start_form(found.audience, sent, asks_name=has_names(found.mode), is_optional=True),
        form=answer_form(tuple(content.asked.values()), Answers(), say, sent, wrong),
        questions=list(paper_questions(content, say)),
        keys=list(content.asked.values()),
        language=language_form([(one, LOCALES[one]) for one in content.languages]),
        quiet={q.key: [o.code for o in q.options if o.is_apart] for q in content.asked.values()},
    )


@questionnaires.post("/rounds/<public_id>/paper/save")
@requires(Permission.MANAGE_QUESTIONNAIRES)
@commits
def save_paper(public_id: str) -> Any:
    found = queries.survey_round(db(), actor(), public_id)
    code = _code_of_form(found)
    answers = Answers()
    asked = tuple(queries.content_of_round(db(), found).asked.values())
    wrong = take_answers(answers, asked, typed_answers(request.form, asked))
    if wrong:
        return _entry_page(found, code, wrong=wrong)
    locale = request.form.get("locale", FIRST_LANGUAGE)
    stated = request.form.get("answers_for", "")
    entry = Entry(
        answers,
        stated if stated in ways_to_answer(found.audience) else "",
        locale if locale in LOCALES else FIRST_LANGUAGE,
        actor().account_id or 0,
        request.form.get("name", "").strip()[:NAME_LENGTH] if has_names(found.mode) else "",
    )
    return _told(found, code, keep_entry(db(), found, code, entry))


@questionnaires.post("/rounds/<public_id>/paper/decide")
@requires(Permission.MANAGE_QUESTIONNAIRES)
@commits
def decide_paper(public_id: str) -> Any:
    found = queries.survey_round(db(), actor(), public_id)
    code = _code_of_form(found)
    typed = typed_so_far(db(), found, code)
    if typed is None or typed.second is None:
        return see_other("questionnaires.paper", public_id=public_id)
    if request.form.get("act") == "again":
        forget_entries(db(), code)
        flash(_("Both entries are thrown away. Type the paper again."))
        return see_other("questionnaires.paper", public_id=public_id)
    form = decision_form(_asked(found, typed), request.form)
    if not form.validate_on_submit():
        return _differences_page(found, code, typed, form)
    chosen = {field.name.removeprefix("d_"): field.data for field in form if field.name != "csrf"}
    return _told(found, code, store_paper(db(), found, code, settled(typed, chosen)))


@questionnaires.get("/rounds/<public_id>/paper/save")
@requires(Permission.MANAGE_QUESTIONNAIRES)
def save_paper_again(public_id: str) -> Any:
    return see_other("questionnaires.paper", public_id=public_id)


@questionnaires.get("/rounds/<public_id>/paper/decide")
@requires(Permission.MANAGE_QUESTIONNAIRES)
def decide_paper_again(public_id: str) -> Any:
    return see_other("questionnaires.paper", public_id=public_id)


def _code_of_form(found: SurveyRound) -> str:
    code = read_code(request.form.get("code", ""))
    if code is None or paper_code(db(), found, code) is None:
        raise NotFound
    return code


def _told(found: SurveyRound, code: str, standing: Standing) -> Any:
    """Back to the next paper, with what became of this one."""
    if standing is Standing.STORED:
        return render(
            "questionnaires/manage/paper_stored.html",
            round=found,
            questionnaire=found.version.questionnaire,
            is_late=not found.is_answerable,
        )
    if standing is Standing.DIFFERS:
        typed = typed_so_far(db(), found, code)
        assert typed is not None
        return _differences_page(found, code, typed)
    words = {
        Standing.FIRST: _(
            "The first entry is saved. Type the same paper once more, best by somebody else."
        ),
        Standing.EMPTY: _("Nothing was filled in, so nothing is saved."),
        Standing.ALREADY: _("An answer with this code is already stored. Nothing more is stored."),
    }
    flash(words[standing], "message" if standing is Standing.FIRST else "error")
    return see_other("questionnaires.paper", public_id=found.public_id)


def _differences_page(found: SurveyRound, code: str, typed: Typed, form: Any = None) -> str:
    asked = _asked(found, typed)
    return render(
        "questionnaires/manage/paper_differences.html",
        round=found,
        questionnaire=found.version.questionnaire,
        code=code,
        typed_code=in_groups(code),
        form=form or decision_form(asked),
        count=ngettext("%(num)s question differs", "%(num)s questions differ", len(asked)),
    )


def _asked(found: SurveyRound, typed: Typed) -> list[tuple[str, str, str, str]]:
    """Each difference as a question with two answers in words."""
    assert typed.second is not None
    content = queries.content_of_round(db(), found)
    return [
        (one.key, _question_text(content, one.key), *_in_words(content, one))
        for one in differences(typed.first, typed.second)
    ]


def _question_text(content: Content, key: str) -> str:
    if key == ANSWERS_FOR:
        return _("Whom do you answer for?")
    if key == NAME:
        return _("Your name")
    text = content.asked[key.removesuffix(OTHER_SUFFIX)].text.said(current_locale())
    return _("%(question)s Which?", question=text) if key.endswith(OTHER_SUFFIX) else text


def _in_words(content: Content, one: Difference) -> tuple[str, str]:
    return _shown(content, one.key, one.first), _shown(content, one.key, one.second)


def _shown(content: Content, key: str, value: Any) -> str:
    if value is None:
        return _("(left out)")
    if key == ANSWERS_FOR:
        return str(ANSWERS_FOR_LABELS[AnswersFor(value)])
    question = content.asked.get(key)
    if question is None:
        return str(value)
    return kind_of(question).show(question, value, current_locale())
