"""Who answered what, in a round with names. Each look is a line in the log of those looked at."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask import Response, flash, request

from participation.disclosure.outlets import outlet
from participation.foundation.files.web import table_download
from participation.foundation.i18n import gettext as _
from participation.foundation.paging import page_number, page_of
from participation.foundation.permissions import Permission
from participation.foundation.web import (
    actor,
    commits,
    db,
    log_access,
    log_access_to,
    render,
    requires,
    see_other,
)
from participation.questionnaires import queries
from participation.questionnaires.forms.giving_out import NamesFileForm, PeopleForm
from participation.questionnaires.models import SurveyRound
from participation.questionnaires.queries.named import (
    NamedAnswer,
    answer_in_words,
    answers_in_words,
    not_answered,
    place_of,
    who_answered,
)
from participation.questionnaires.rules.naming import Sort
from participation.questionnaires.rules.rounds import (
    ANSWERS_FOR_LABELS,
    ROLE_LABELS,
    AnswersFor,
    RespondentRole,
)
from participation.questionnaires.services.naming import take_back_named
from participation.questionnaires.views.manage.parts import questionnaires


@questionnaires.get("/rounds/<public_id>/people")
@requires(Permission.READ_NAMED_ANSWERS, whole_county=True)
@outlet("row_extract")
def people(public_id: str) -> str:
    found = queries.survey_round(db(), actor(), public_id)
    shown = PeopleForm(None, data={"sort": _sort()})
    return _people_page(found, shown, NamesFileForm(None))


@questionnaires.post("/rounds/<public_id>/people")
@requires(Permission.READ_NAMED_ANSWERS, whole_county=True)
@commits
def find_people(public_id: str) -> Any:
    """Looked for by name, or put in another order."""
    found, shown = queries.survey_round(db(), actor(), public_id), PeopleForm()
    if shown.validate() and not shown.q.data:
        return see_other("questionnaires.people", public_id=public_id, sort=shown.sort.data)
    return _people_page(found, shown, NamesFileForm(None))


def _sort() -> Sort:
    given = request.args.get("sort", "")
    return Sort(given) if given in list(Sort) else Sort.NAME


def _people_page(found: SurveyRound, shown: PeopleForm, form: NamesFileForm) -> str:
    """A page of the list; all whom a search finds stand on one."""
    sort = shown.sort.data if shown.sort.data in list(Sort) else Sort.NAME
    everybody = who_answered(db(), actor(), found, Sort(sort), shown.q.data or "")
    is_search = bool(shown.q.data)
    number, size = page_number(request.args.get("page")), len(everybody)
    page = page_of(everybody, 1, size or 1) if is_search else page_of(everybody, number)
    _note_look(found, page.items, "names_listed")
    return render(
        "questionnaires/manage/people.html",
        round=found,
        questionnaire=found.version.questionnaire,
        page=page,
        shown=shown,
        sort=sort,
        is_search=is_search,
        missing=not_answered(db(), found),
        form=form,
        role_of=role_of,
    )


@questionnaires.get("/rounds/<public_id>/people/<key>")
@requires(Permission.READ_NAMED_ANSWERS, whole_county=True)
@outlet("row_extract")
def person(public_id: str, key: str) -> str:
    found = queries.survey_round(db(), actor(), public_id)
    answer = answer_in_words(db(), actor(), found, key)
    sort = _sort()
    _note_look(found, [answer], "named_answer_read")
    return render(
        "questionnaires/manage/person.html",
        round=found,
        questionnaire=found.version.questionnaire,
        answer=answer,
        role=role_of(answer),
        behalf=_behalf(answer),
        place=place_of(who_answered(db(), actor(), found, sort), answer.key),
        sort=sort,
    )


@questionnaires.route("/rounds/<public_id>/people/<key>/take-back", methods=["GET", "POST"])
@requires(Permission.READ_NAMED_ANSWERS, whole_county=True)
@outlet("row_extract")
@commits
def take_back_answer(public_id: str, key: str) -> Any:
    found = queries.survey_round(db(), actor(), public_id)
    answer = answer_in_words(db(), actor(), found, key)
    if request.method == "POST":
        take_back_named(db(), actor(), found, answer.respondent)
        flash(_("The answer is taken back."))
        return see_other("questionnaires.people", public_id=public_id)
    _note_look(found, [answer], "named_answer_read")
    return render(
        "questionnaires/manage/person_take_back.html",
        round=found,
        questionnaire=found.version.questionnaire,
        answer=answer,
    )


@questionnaires.post("/rounds/<public_id>/people/file")
@requires(Permission.READ_NAMED_ANSWERS, whole_county=True)
@commits
def people_file(public_id: str) -> str | Response:
    """Names and answers in a table or on paper. They leave the system, so somebody says why."""
    found = queries.survey_round(db(), actor(), public_id)
    form = NamesFileForm()
    if not form.validate():
        return _people_page(found, PeopleForm(None, data={"sort": _sort()}), form)
    answers = list(answers_in_words(db(), actor(), found))
    _note_look(found, answers, "names_taken_out", reason=form.reason.data, rows=len(answers))
    if form.file_format.data == "paper":
        return _paper(found, answers)
    questions = [words for words, _answer in answers[0].lines] if answers else []
    headings = [_("Name"), _("Who answered"), _("Whom do you answer for?"), _("Unit"), *questions]
    rows = [
        [one.respondent.name, role_of(one), _behalf(one), one.unit, *_said(one)] for one in answers
    ]
    name = _("answers with names") + f"-{found.public_id}"
    return table_download(form.file_format.data, _("Answers"), headings, rows, name)


def _paper(found: SurveyRound, answers: Sequence[NamedAnswer]) -> str:
    return render(
        "questionnaires/paper/people.html",
        title=f"{found.version.questionnaire.title} {found.wave_label}",
        round_id=found.public_id,
        answers=[(one, [role_of(one), _behalf(one), one.unit]) for one in answers],
    )


@questionnaires.get("/rounds/<public_id>/people/file")
@requires(Permission.READ_NAMED_ANSWERS, whole_county=True)
def people_file_again(public_id: str) -> Any:
    return see_other("questionnaires.people", public_id=public_id)


def _said(answer: NamedAnswer) -> list[str]:
    return [said for _question, said in answer.lines]


def _note_look(
    found: SurveyRound, seen: Iterable[NamedAnswer], action: str, **details: Any
) -> None:
    """A line about the round, with the reason if there is one, and one for each person known."""
    log_access(action, "survey_round", found.public_id, **details)
    known = [one.respondent.account_id for one in seen]
    log_access_to(
        [one for one in known if one is not None], action, "survey_round", found.public_id
    )


def role_of(answer: NamedAnswer) -> str:
    return str(ROLE_LABELS[RespondentRole(answer.role)]) if answer.role else ""


def _behalf(answer: NamedAnswer) -> str:
    return str(ANSWERS_FOR_LABELS.get(AnswersFor(answer.answers_for), ""))
