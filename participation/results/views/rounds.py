"""Closed rounds: let the worker publish their totals, or take them back."""

from flask import flash
from werkzeug.wrappers import Response

from participation.disclosure.outlets import outlet
from participation.disclosure.queries import releases_of, tables_of
from participation.foundation.errors import NotFound
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, render, requires, see_other
from participation.questionnaires.models import SurveyRound
from participation.questionnaires.rules.grouping import ATTRIBUTE_LABELS, Attribute
from participation.results import queries
from participation.results.forms import PublishForm, WithdrawForm
from participation.results.rules.round_tables import chart
from participation.results.services import (
    attributes_to_publish,
    order_round_publication,
    withdraw_round,
)
from participation.results.views.blueprint import blueprint


@blueprint.get("/results/rounds/<public_id>")
@requires(Permission.PUBLISH_FINDINGS)
@outlet("publication")
def round_page(public_id: str) -> str:
    """What is published of a round, or how far the worker is."""
    line = queries.closed_round(db(), actor(), public_id)
    return _page(line, _publish_form(line.round) if line.release is None else None)


def _page(line: queries.RoundLine, form: PublishForm | None) -> str:
    return render(
        "results/round.html",
        line=line,
        job=queries.newest_publication_job(db(), line.round.id),
        form=form,
        charts=[chart(table) for table in tables_of(line.release)] if line.release else [],
        history=releases_of(db(), "round", line.round.public_id),
        can_extract=actor().scope(Permission.EXTRACT_ANSWERS).everywhere,
    )


def _publish_form(survey_round: SurveyRound) -> PublishForm:
    offered = attributes_to_publish(db(), survey_round)
    form = PublishForm()
    form.attributes.choices = [(one.value, ATTRIBUTE_LABELS[one]) for one in offered]
    if not form.is_submitted():
        form.attributes.data = [one.value for one in offered if one is not Attribute.UNIT]
    return form


@blueprint.post("/results/rounds/<public_id>/publish")
@requires(Permission.PUBLISH_FINDINGS)
@commits
def publish_totals(public_id: str) -> Response | tuple[str, int]:
    """Let the worker count and publish."""
    line = queries.closed_round(db(), actor(), public_id)
    form = _publish_form(line.round)
    if not form.validate():
        return _page(line, form), 422
    chosen = [Attribute(one) for one in form.attributes.data or []]
    order_round_publication(db(), actor(), line.round, chosen)
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
