"""Closed rounds: let the worker publish their totals, or take them back."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import flash
from werkzeug.wrappers import Response

from participation.disclosure.outlets import outlet
from participation.disclosure.queries import outlook_of, releases_of, tables_of
from participation.disclosure.rules.outlook import Outlook
from participation.disclosure.services import thresholds_in_force
from participation.foundation.errors import NotFound
from participation.foundation.i18n import gettext as _
from participation.foundation.jobs import Job
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, render, requires, see_other
from participation.questionnaires.models import SurveyRound
from participation.questionnaires.rules.grouping import ATTRIBUTE_LABELS, Attribute
from participation.questionnaires.rules.mixing import is_mixed
from participation.results import queries
from participation.results.forms import PublishForm, WithdrawForm
from participation.results.rules.outlooks import told
from participation.results.rules.round_tables import chart
from participation.results.services import (
    attributes_to_publish,
    order_round_preview,
    order_round_publication,
    state_of,
    withdraw_round,
)
from participation.results.views.blueprint import blueprint


@blueprint.get("/results/rounds/<public_id>")
@requires(Permission.PUBLISH_FINDINGS)
@outlet("publication")
def round_page(public_id: str) -> str:
    """What is published of a round, or what would be, or how far the worker is."""
    line = queries.closed_round(db(), actor(), public_id)
    return _page(line, _publish_form(line.round) if line.release is None else None)


def _page(line: queries.RoundLine, form: PublishForm | None) -> str:
    history = releases_of(db(), "round", line.round.public_id)
    job = queries.newest_publication_job(db(), line.round.id)
    preview = None if line.release else queries.newest_preview_job(db(), line.round.id)
    said = foreseen(line.round, preview)
    found = outlook_of(line.release) if line.release else Outlook.from_json(said["outlook"])
    return render(
        "results/round.html",
        line=line,
        job=job,
        preview=preview,
        chosen=[(one, ATTRIBUTE_LABELS[Attribute(one)]) for one in chosen_attributes(preview)],
        outlook=told(found, thresholds_in_force().minimum) if found else None,
        refused=_refused(job, preview, said),
        has_figures=bool(said.get("seen")),
        is_binding=is_mixed(line.round.mode),
        minimum=thresholds_in_force().minimum,
        form=form,
        charts=[chart(table) for table in tables_of(line.release)] if line.release else [],
        history=history,
        can_extract=actor().scope(Permission.EXTRACT_ANSWERS).everywhere,
    )


def chosen_attributes(preview: Job | None) -> Sequence[str]:
    """What the newest look was broken down by."""
    return preview.payload["attributes"] if preview else ()


def foreseen(survey_round: SurveyRound, preview: Job | None) -> Mapping[str, Any]:
    """What the newest look said, where nothing has changed since."""
    found = (preview.result or {}) if preview else {}
    is_current = bool(found) and found.get("state") == state_of(db(), survey_round)
    return found if is_current else {"outlook": {}}


def _refused(job: Job | None, preview: Job | None, said: Mapping[str, Any]) -> Sequence[str]:
    """The gate's reasons: of the look, or of a try to publish after it."""
    is_newer = job is not None and (preview is None or job.id > preview.id)
    newest = (job.result or {}) if job is not None and is_newer else said
    return newest.get("refused") or ()


def _publish_form(survey_round: SurveyRound) -> PublishForm:
    offered = attributes_to_publish(db(), survey_round)
    form = PublishForm()
    form.attributes.choices = [(one.value, ATTRIBUTE_LABELS[one]) for one in offered]
    if not form.is_submitted():
        form.attributes.data = [one.value for one in offered if one is not Attribute.UNIT]
    return form


@blueprint.post("/results/rounds/<public_id>/preview")
@requires(Permission.PUBLISH_FINDINGS)
@commits
def preview_totals(public_id: str) -> Response | tuple[str, int]:
    """Let the worker count, and say what the gate would do."""
    return ordered(public_id, order_round_preview)


@blueprint.post("/results/rounds/<public_id>/publish")
@requires(Permission.PUBLISH_FINDINGS)
@commits
def publish_totals(public_id: str) -> Response | tuple[str, int]:
    """Let the worker count and publish."""
    return ordered(public_id, order_round_publication)


def ordered(public_id: str, order: Callable[..., Job], **more: bool) -> Response | tuple[str, int]:
    """Order what the form asks for, and back to the round's page."""
    line = queries.closed_round(db(), actor(), public_id)
    form = _publish_form(line.round)
    if not form.validate():
        return _page(line, form), 422
    chosen = [Attribute(one) for one in form.attributes.data or []]
    order(db(), actor(), line.round, chosen, **more)
    return see_other("results.round_page", public_id=public_id)


@blueprint.get("/results/rounds/<public_id>/withdraw")
@requires(Permission.PUBLISH_FINDINGS)
def ask_withdraw_totals(public_id: str) -> str:
    """Are you sure?"""
    line = queries.closed_round(db(), actor(), public_id)
    return render("results/withdraw_round.html", line=line, form=WithdrawForm())


@blueprint.post("/results/rounds/<public_id>/withdraw")
@requires(Permission.PUBLISH_FINDINGS)
@commits
def withdraw_totals(public_id: str) -> Response | str:
    """Take a round's totals off the pages."""
    line = queries.closed_round(db(), actor(), public_id)
    if line.release is None:
        raise NotFound
    form = WithdrawForm()
    if form.validate_on_submit():
        withdraw_round(db(), actor(), line.release, form.reason.data or "")
        flash(_("The totals are withdrawn."))
        return see_other("results.round_page", public_id=public_id)
    return render("results/withdraw_round.html", line=line, form=form)
