"""Rounds: made, shown, closed; an answer taken back."""

import io
from datetime import timedelta
from typing import Any

import segno
from flask import flash, request, url_for

from participation.county.queries import cooperation_agreements, units
from participation.disclosure.outlets import outlet
from participation.foundation.clock import day_start, to_local, today
from participation.foundation.errors import Conflict, DomainError, NotFound
from participation.foundation.i18n import gettext as _
from participation.foundation.mail_templates import absolute_url
from participation.foundation.permissions import Permission
from participation.foundation.providers import NamedLink
from participation.foundation.web import (
    actor,
    commits,
    db,
    extension,
    render,
    requires,
    see_other,
)
from participation.questionnaires import queries
from participation.questionnaires.forms.editor import (
    WithdrawForm,
    results_field,
    round_form,
)
from participation.questionnaires.models import (
    QuestionnaireVersion,
    SurveyRound,
)
from participation.questionnaires.queries.named import may_read_names
from participation.questionnaires.rules.codes import read_code
from participation.questionnaires.rules.rounds import (
    MODE_LABELS,
    MODE_MEANINGS,
    ROLE_LABELS,
    STATE_LABELS,
    Mode,
    RespondentRole,
    RoundState,
    has_names,
)
from participation.questionnaires.rules.series import breaks, next_round
from participation.questionnaires.rules.words import FIRST_LANGUAGE, language_name
from participation.questionnaires.services import (
    NewRound,
    close_round,
    create_round,
    withdraw_response,
)
from participation.questionnaires.views.manage.belonging import belongs_to, subject_choices
from participation.questionnaires.views.manage.monitor import monitor_of
from participation.questionnaires.views.manage.parts import (
    STATE_MARKS,
    count_in_words,
    questionnaires,
)


@questionnaires.route("/<public_id>/rounds/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_QUESTIONNAIRES)
@commits
def new_round(public_id: str) -> Any:
    found = queries.questionnaire(db(), actor(), public_id)
    version = queries.newest_published(db(), found.id)
    if version is None:
        raise Conflict
    before = _round_before(found.id)
    form = _round_form(version, before)
    if form.validate_on_submit():
        try:
            made = _create_round(form, version)
        except DomainError:
            form.add_error("slug", _("That short address is taken. Choose another."))
        else:
            flash(_("The round is created."))
            return see_other("questionnaires.round_page", public_id=made.public_id)
    return render(
        "questionnaires/manage/new_round.html",
        form=form,
        questionnaire=found,
        version=version,
        before=before,
        meanings=MODE_MEANINGS,
        breaks=breaks(queries.content_of(before.version), queries.content_of(version))
        if before
        else (),
    )


def _round_before(questionnaire_id: int) -> SurveyRound | None:
    """The round that `after` names, when it asked the same questionnaire."""
    public_id = request.args.get("after", "")
    found = queries.survey_round(db(), actor(), public_id) if public_id else None
    return found if found and found.version.questionnaire_id == questionnaire_id else None


def _round_form(version: QuestionnaireVersion, before: SurveyRound | None) -> Any:
    return round_form(
        [
            (one.key, one.title)
            for one in queries.all_series(db())
            if one.key != version.questionnaire.key
        ],
        [(one.key, one.name) for one in cooperation_agreements(db())],
        [(one.key, one.name) for one in units(db())],
        _twins_of(version),
        subject_choices(),
        data={
            "audience": version.content.get("audience", []),
            **(_as_before(before) if before else {}),
        },
    )


def _as_before(before: SurveyRound) -> dict[str, Any]:
    """What the next round of a series takes over from the one before; only the year is new."""
    following = next_round(
        before.wave_label,
        to_local(before.opens_at).date(),
        to_local(before.last_moment).date(),
        today(),
    )
    agreements = {one.id: one.key for one in cooperation_agreements(db())}
    by_id = {one.id: one.key for one in units(db())}
    return {
        "wave_label": following.label,
        "opens_on": following.opens_on,
        "closes_on": following.closes_on,
        "mode": before.mode,
        "audience": before.audience,
        "series_key": _other_series(before),
        "agreement": agreements.get(before.agreement_id or 0, ""),
        "unit": by_id.get(before.unit_id or 0, ""),
        "results_on": before.results_on,
        **{results_field(code): text for code, text in before.results_on_twins.items()},
    }


def _other_series(before: SurveyRound) -> str:
    """Its series; empty for the questionnaire's own, which the form offers first."""
    key = before.series.key if before.series else ""
    return "" if key == before.version.questionnaire.key else key


def _create_round(form: Any, version: QuestionnaireVersion) -> SurveyRound:
    agreements = {one.key: one for one in cooperation_agreements(db())}
    by_key = {one.key: one for one in units(db())}
    agreement = agreements.get(form.agreement.data)
    unit = by_key.get(form.unit.data)
    return create_round(
        db(),
        actor(),
        version,
        NewRound(
            wave_label=form.wave_label.data,
            opens_at=day_start(form.opens_on.data),
            closes_at=day_start(form.closes_on.data + timedelta(days=1)),
            mode=Mode(form.mode.data),
            audience=form.audience.data,
            series_key=form.series_key.data or version.questionnaire.key,
            agreement_id=agreement.id if agreement else None,
            area_id=(agreement.area_id if agreement else None) or (unit.area_id if unit else None),
            unit_id=unit.id if unit else None,
            subject=_read_subject(form.subject.data or ""),
            slug=form.slug.data or None,
            results_on=form.results_on.data or "",
            results_on_twins={code: form[results_field(code)].data for code in _twins_of(version)},
        ),
    )


def _twins_of(version: QuestionnaireVersion) -> tuple[str, ...]:
    """The languages it speaks beside Swedish, and its easy twin."""
    spoken = queries.content_of(version).languages_in_part
    return tuple(code for code in spoken if code != FIRST_LANGUAGE)


def _read_subject(chosen: str) -> tuple[str, str]:
    kind, _colon, public_id = chosen.partition(":")
    return kind, public_id


@questionnaires.get("/rounds/<public_id>")
@requires(Permission.MANAGE_QUESTIONNAIRES)
@outlet("workroom")
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
    state = found.standing()
    is_going = state in {RoundState.PLANNED, RoundState.OPEN}
    monitor = monitor_of(found) if is_going else None
    count = (
        monitor.going.answers if monitor else queries.response_counts(db(), [found.id])[found.id]
    )
    return render(
        "questionnaires/manage/round.html",
        form=form,
        round=found,
        questionnaire=found.version.questionnaire,
        state=state,
        belongs_to=belongs_to(found),
        mark=STATE_MARKS[state],
        label=STATE_LABELS[state],
        monitor=monitor,
        count=count_in_words(found, count),
        address=_address(found),
        mode=MODE_LABELS[Mode(found.mode)],
        results_on_twins=[
            (_("Results, in %(language)s", language=language_name(code)), text)
            for code, text in found.results_on_twins.items()
        ],
        can_read_names=has_names(found.mode) and may_read_names(actor()),
        roles=[str(ROLE_LABELS[RespondentRole(role)]) for role in found.audience],
        coding_address=url_for("coding.materials") if actor().can(Permission.CODE_MATERIAL) else "",
        links_above=[] if is_going else _links_above(found),
    )


def _links_above(found: SurveyRound) -> list[NamedLink]:
    """Where a closed round is worked on, as far as the reader may."""
    return [
        link
        for source in extension().features.collect("round_links")
        for link in source.links(db(), actor(), found.public_id)
    ]


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
@outlet("workroom")
@commits
def close(public_id: str) -> Any:
    found = queries.survey_round(db(), actor(), public_id)
    if request.method == "POST":
        close_round(db(), found, actor())
        count = count_in_words(found, found.response_count or 0)
        flash(_("The round is closed. Answers: %(count)s.", count=count))
        return see_other("questionnaires.round_page", public_id=public_id)
    return render("questionnaires/manage/close.html", round=found)
