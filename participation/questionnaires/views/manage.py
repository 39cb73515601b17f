"""The coordinators' room: questionnaires, their editor, and rounds."""

import io
from datetime import date, datetime, time, timedelta
from typing import Any

import segno
from flask import Blueprint, flash, request

from participation.county.queries import cooperation_agreements, units
from participation.foundation.clock import from_local
from participation.foundation.errors import Conflict, DomainError, NotFound
from participation.foundation.i18n import current_locale, format_number, ngettext
from participation.foundation.i18n import gettext as _
from participation.foundation.mail_templates import absolute_url
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, render, requires, see_other
from participation.questionnaires import queries
from participation.questionnaires.forms.answer import Speech, answer_form
from participation.questionnaires.forms.editor import (
    PublishForm,
    QuestionForm,
    TextsForm,
    WithdrawForm,
    help_texts,
    question_texts,
    round_form,
)
from participation.questionnaires.models import (
    Questionnaire,
    QuestionnaireVersion,
    SurveyRound,
)
from participation.questionnaires.rules.answers import Answers
from participation.questionnaires.rules.codes import read_code
from participation.questionnaires.rules.content import BATTERY, Content, Screen
from participation.questionnaires.rules.editing import (
    DONT_KNOW,
    YES_NO,
    Data,
    fresh_key,
    lines_as_texts,
    matched_options,
    matched_rows,
    taken_keys,
    texts_as_lines,
)
from participation.questionnaires.rules.kinds import KINDS
from participation.questionnaires.rules.reading import ContentInvalid
from participation.questionnaires.rules.rounds import (
    ROLE_LABELS,
    SMALL_COUNT,
    Mode,
    RespondentRole,
    RoundState,
)
from participation.questionnaires.services import (
    close_round,
    create_questionnaire,
    create_round,
    move_question,
    publish_version,
    remove_question,
    save_question,
    save_texts,
    withdraw_response,
)
from participation.questionnaires.services.rounds import ModeNotOffered

questionnaires = Blueprint("questionnaires", __name__, url_prefix="/questionnaires")

STATE_MARKS = {
    RoundState.PLANNED: "soon",
    RoundState.OPEN: "going",
    RoundState.CLOSED: "done",
    RoundState.PUBLISHED: "done",
}


def _state_label(state: RoundState) -> str:
    return {
        RoundState.PLANNED: _("Not opened yet"),
        RoundState.OPEN: _("Open for answers"),
        RoundState.CLOSED: _("Closed"),
        RoundState.PUBLISHED: _("Results published"),
    }[state]


def count_in_words(survey_round: SurveyRound, count: int) -> str:
    """Small counts stay hidden until they are published: who answered could be guessed."""
    if survey_round.standing() is not RoundState.PUBLISHED and count < SMALL_COUNT:
        return _("fewer than five answers")
    return ngettext("%(num)s answer", "%(num)s answers", count)


def _round_lines(found: Any) -> list[dict[str, Any]]:
    counts = queries.response_counts(db(), [one.id for one in found])
    return [
        {
            "round": one,
            "title": one.version.questionnaire.title,
            "state": one.standing(),
            "mark": STATE_MARKS[one.standing()],
            "label": _state_label(one.standing()),
            "count": count_in_words(one, counts[one.id]),
        }
        for one in found
    ]


# -- lists -----------------------------------------------------------------------------------


@questionnaires.get("")
@requires(Permission.MANAGE_QUESTIONNAIRES)
def overview() -> str:
    return render(
        "questionnaires/manage/overview.html",
        lines=_round_lines(queries.rounds(db(), actor())),
        found=queries.questionnaires(db(), actor()),
        may_write=queries.may_manage(actor()),
    )


@questionnaires.get("/<public_id>")
@requires(Permission.MANAGE_QUESTIONNAIRES)
def questionnaire_page(public_id: str) -> str:
    found = queries.questionnaire(db(), actor(), public_id)
    return _editor_page(found, PublishForm())


def _editor_page(found: Questionnaire, form: Any) -> str:
    known = queries.versions(db(), found.id)
    content = queries.content_of(known[0])
    return render(
        "questionnaires/manage/questionnaire.html",
        questionnaire=found,
        version=known[0],
        content=content,
        kinds=KINDS,
        roles=[str(ROLE_LABELS[RespondentRole(role)]) for role in content.audience],
        published=[one for one in known if one.is_published],
        lines=_round_lines(queries.rounds(db(), actor(), found.id)),
        form=form,
    )


# -- writing ---------------------------------------------------------------------------------


@questionnaires.route("/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_QUESTIONNAIRES)
@commits
def new_questionnaire() -> Any:
    queries.check_manager(actor())
    form = TextsForm()
    if form.validate_on_submit():
        texts = form.texts({})
        made = create_questionnaire(
            db(),
            actor(),
            title=texts["title"],
            intro=texts["intro"],
            closing=texts["closing"],
            audience=texts["audience"],
        )
        flash(_("The questionnaire is created. Now add the questions."))
        return see_other("questionnaires.questionnaire_page", public_id=made.public_id)
    return render("questionnaires/manage/texts.html", form=form, questionnaire=None)


@questionnaires.route("/<public_id>/texts", methods=["GET", "POST"])
@requires(Permission.MANAGE_QUESTIONNAIRES)
@commits
def edit_texts(public_id: str) -> Any:
    found = queries.questionnaire(db(), actor(), public_id)
    before = queries.versions(db(), found.id)[0].content
    form = TextsForm(data=_texts_data(before))
    if form.validate_on_submit():
        save_texts(db(), found, form.texts(before))
        flash(_("The texts are saved."))
        return see_other("questionnaires.questionnaire_page", public_id=public_id)
    return render("questionnaires/manage/texts.html", form=form, questionnaire=found)


def _texts_data(content: Data) -> Data:
    return {
        "title": content["title"].get("sv", ""),
        "title_en": content["title"].get("en", ""),
        "title_ar": content["title"].get("ar", ""),
        "intro": content.get("intro", {}).get("sv", ""),
        "closing": content.get("closing", {}).get("sv", ""),
        "audience": content.get("audience", []),
        "minutes": content.get("minutes"),
    }


@questionnaires.route("/<public_id>/questions/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_QUESTIONNAIRES)
@commits
def new_question(public_id: str) -> Any:
    found = queries.questionnaire(db(), actor(), public_id)
    return _question_page(found, None)


@questionnaires.route("/<public_id>/questions/<key>", methods=["GET", "POST"])
@requires(Permission.MANAGE_QUESTIONNAIRES)
@commits
def edit_question(public_id: str, key: str) -> Any:
    found = queries.questionnaire(db(), actor(), public_id)
    return _question_page(found, key)


def _question_page(found: Questionnaire, key: str | None) -> Any:
    content = queries.versions(db(), found.id)[0].content
    before = _question_data(content, key) if key is not None else {}
    form = QuestionForm(data=_question_fields(before) if before else {"kind": "single"})
    if form.validate_on_submit():
        try:
            save_question(db(), found, _question_from(form, before, content), key)
        except ContentInvalid as problem:
            _show_problems(form, problem)
        else:
            flash(_("The question is saved."))
            return see_other("questionnaires.questionnaire_page", public_id=found.public_id)
    return render(
        "questionnaires/manage/question.html", form=form, questionnaire=found, question=before
    )


def _question_data(content: Data, key: str) -> Data:
    for question in content.get("questions", []):
        if question["key"] == key:
            return dict(question)
    raise NotFound


def _question_fields(question: Data) -> Data:
    options = [o for o in question.get("options", []) if o["code"] != DONT_KNOW["code"]]
    text = question["text"]
    return {
        "kind": question["kind"],
        "text": text.get("sv", ""),
        "text_easy": text.get("sv_easy", ""),
        "text_en": text.get("en", ""),
        "text_ar": text.get("ar", ""),
        "help": question.get("help", {}).get("sv", ""),
        "options": texts_as_lines(options),
        "rows": texts_as_lines(question.get("rows", [])),
        "offers_dont_know": len(options) < len(question.get("options", [])),
        "required": question.get("required", False),
        "relevant": question.get("relevant", ""),
    }


def _question_from(form: Any, before: Data, content: Data) -> Data:
    taken = taken_keys(content)
    question = {
        **before,
        "key": before.get("key") or fresh_key(form.text.data, taken),
        "kind": form.kind.data,
        "text": question_texts(form, before.get("text")),
        "help": help_texts(form, before.get("help")),
        "required": form.required.data,
        "relevant": form.relevant.data,
        "options": _options_from(form, before),
    }
    if form.kind.data == BATTERY:
        texts = lines_as_texts(form.rows.data or "")
        question["rows"] = matched_rows(texts, before.get("rows", []), taken)
    return question


def _options_from(form: Any, before: Data) -> list[Data]:
    if not KINDS[form.kind.data].has_options:
        return []
    old = [o for o in before.get("options", []) if o["code"] != DONT_KNOW["code"]]
    options = matched_options(lines_as_texts(form.options.data or ""), old)
    if form.kind.data == "yes_no" and not options:
        options = list(YES_NO)
    return [*options, DONT_KNOW] if form.offers_dont_know.data else options


def _show_problems(form: Any, problem: ContentInvalid) -> None:
    """Each problem at the field it most likely concerns."""
    for one in problem.problems:
        form.add_error(one.field if one.field in form else "text", one.message)


@questionnaires.post("/<public_id>/questions/<key>/move")
@requires(Permission.MANAGE_QUESTIONNAIRES)
@commits
def move(public_id: str, key: str) -> Any:
    found = queries.questionnaire(db(), actor(), public_id)
    steps = -1 if request.form.get("to") == "up" else 1
    try:
        move_question(db(), found, key, steps)
    except ContentInvalid as problem:
        flash(problem.problems[0].message, "error")
    return see_other(
        "questionnaires.questionnaire_page", public_id=public_id, _anchor=f"question-{key}"
    )


@questionnaires.route("/<public_id>/questions/<key>/remove", methods=["GET", "POST"])
@requires(Permission.MANAGE_QUESTIONNAIRES)
@commits
def remove(public_id: str, key: str) -> Any:
    found = queries.questionnaire(db(), actor(), public_id)
    question = _question_data(queries.versions(db(), found.id)[0].content, key)
    if request.method == "POST":
        try:
            remove_question(db(), found, key)
            flash(_("The question is removed."))
        except ContentInvalid as problem:
            flash(problem.problems[0].message, "error")
        return see_other("questionnaires.questionnaire_page", public_id=public_id)
    return render("questionnaires/manage/remove.html", questionnaire=found, question=question)


@questionnaires.post("/<public_id>/publish")
@requires(Permission.MANAGE_QUESTIONNAIRES)
@commits
def publish(public_id: str) -> Any:
    found = queries.questionnaire(db(), actor(), public_id)
    try:
        publish_version(db(), found, actor())
    except ContentInvalid as problem:
        flash(problem.problems[0].message, "error")
    else:
        flash(_("The version is published. You can now open a round."))
    return see_other("questionnaires.questionnaire_page", public_id=public_id)


@questionnaires.get("/<public_id>/preview")
@requires(Permission.MANAGE_QUESTIONNAIRES)
def preview(public_id: str) -> str:
    """As a respondent sees it; nothing that is filled in goes anywhere."""
    found = queries.questionnaire(db(), actor(), public_id)
    content = queries.content_of(queries.versions(db(), found.id)[0])
    if not content.screens:
        raise NotFound
    position = _position(content, request.args.get("screen", ""))
    shown: Screen = content.screens[position]
    following = content.screens[position + 1 : position + 2]
    return render(
        "questionnaires/manage/preview.html",
        questionnaire=found,
        content=content,
        screen=shown,
        say=Speech(current_locale(), request.args.get("easy") == "1"),
        form=answer_form(
            shown.questions, Answers(), Speech(current_locale(), request.args.get("easy") == "1")
        ),
        number=position + 1,
        total=len(content.screens),
        previous=content.screens[position - 1].key if position else None,
        following=following[0].key if following else None,
        quiet={q.key: [o.code for o in q.options if o.is_apart] for q in shown.questions},
    )


def _position(content: Content, key: str) -> int:
    return next((i for i, one in enumerate(content.screens) if one.key == key), 0)


# -- rounds ----------------------------------------------------------------------------------


@questionnaires.route("/<public_id>/rounds/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_QUESTIONNAIRES)
@commits
def new_round(public_id: str) -> Any:
    found = queries.questionnaire(db(), actor(), public_id)
    version = queries.newest_published(db(), found.id)
    if version is None:
        raise Conflict
    form = _round_form(version)
    if form.validate_on_submit():
        try:
            made = _create_round(form, version)
        except ModeNotOffered as problem:
            form.add_error("mode", problem.message)
        except DomainError:
            form.add_error("slug", _("That short address is taken. Choose another."))
        else:
            flash(_("The round is created."))
            return see_other("questionnaires.round_page", public_id=made.public_id)
    return render(
        "questionnaires/manage/new_round.html", form=form, questionnaire=found, version=version
    )


def _round_form(version: QuestionnaireVersion) -> Any:
    return round_form(
        [(one.key, one.title) for one in queries.all_series(db())],
        [(one.key, one.name) for one in cooperation_agreements(db())],
        [(one.key, one.name) for one in units(db())],
        data={
            "mode": Mode.CONFIDENTIAL.value,
            "audience": version.content.get("audience", []),
        },
    )


def _create_round(form: Any, version: QuestionnaireVersion) -> SurveyRound:
    agreements = {one.key: one for one in cooperation_agreements(db())}
    by_key = {one.key: one for one in units(db())}
    agreement = agreements.get(form.agreement.data)
    unit = by_key.get(form.unit.data)
    return create_round(
        db(),
        actor(),
        version,
        wave_label=form.wave_label.data,
        opens_at=_start_of(form.opens_on.data),
        closes_at=_start_of(form.closes_on.data + timedelta(days=1)),
        mode=Mode(form.mode.data),
        audience=form.audience.data,
        series_key=form.series_key.data or version.questionnaire.key,
        agreement_id=agreement.id if agreement else None,
        area_id=(agreement.area_id if agreement else None) or (unit.area_id if unit else None),
        unit_id=unit.id if unit else None,
        slug=form.slug.data or None,
        results_on=form.results_on.data or "",
    )


def _start_of(day: date) -> datetime:
    """Midnight in Sweden, in UTC (TRUST 41)."""
    return from_local(datetime.combine(day, time()))


@questionnaires.get("/rounds/<public_id>")
@requires(Permission.MANAGE_QUESTIONNAIRES)
def round_page(public_id: str) -> str:
    return _round_page(queries.survey_round(db(), actor(), public_id), WithdrawForm())


@questionnaires.post("/rounds/<public_id>/withdraw")
@requires(Permission.MANAGE_QUESTIONNAIRES)
@commits
def withdraw(public_id: str) -> Any:
    found = queries.survey_round(db(), actor(), public_id)
    form = WithdrawForm()
    if form.validate_on_submit():
        receipt = read_code(form.receipt.data or "")
        try:
            withdraw_response(db(), actor(), found, receipt or "")
        except NotFound:
            form.add_error("receipt", _("No answer in this round has that receipt code."))
        else:
            flash(_("The answer is taken back."))
            return see_other("questionnaires.round_page", public_id=public_id)
    return _round_page(found, form)


@questionnaires.get("/rounds/<public_id>/withdraw")
@requires(Permission.MANAGE_QUESTIONNAIRES)
def withdraw_again(public_id: str) -> Any:
    return see_other("questionnaires.round_page", public_id=public_id)


def _round_page(found: SurveyRound, form: Any) -> str:
    count = queries.response_counts(db(), [found.id])[found.id]
    return render(
        "questionnaires/manage/round.html",
        form=form,
        round=found,
        questionnaire=found.version.questionnaire,
        state=found.standing(),
        mark=STATE_MARKS[found.standing()],
        label=_state_label(found.standing()),
        count=count_in_words(found, count),
        address=_address(found),
        roles=[str(ROLE_LABELS[RespondentRole(role)]) for role in found.audience],
    )


def _address(survey_round: SurveyRound) -> str:
    return absolute_url(f"/q/{survey_round.slug or survey_round.public_id}")


@questionnaires.get("/rounds/<public_id>/qr.svg")
@requires(Permission.MANAGE_QUESTIONNAIRES)
def qr_code(public_id: str) -> Any:
    found = queries.survey_round(db(), actor(), public_id)
    picture = io.BytesIO()
    segno.make(_address(found), error="m").save(
        picture, kind="svg", scale=6, border=4, dark="#000", light="#fff", xmldecl=False
    )
    return picture.getvalue(), 200, {"Content-Type": "image/svg+xml"}


@questionnaires.route("/rounds/<public_id>/close", methods=["GET", "POST"])
@requires(Permission.MANAGE_QUESTIONNAIRES)
@commits
def close(public_id: str) -> Any:
    found = queries.survey_round(db(), actor(), public_id)
    if request.method == "POST":
        close_round(db(), found, actor())
        flash(
            _(
                "The round is closed with %(count)s answers. Free texts wait for coding.",
                count=format_number(found.response_count or 0),
            )
        )
        return see_other("questionnaires.round_page", public_id=public_id)
    return render("questionnaires/manage/close.html", round=found)
