"""The workroom: from a claim to a published finding."""

from flask import flash
from werkzeug.wrappers import Response

from participation.coding.queries.voices import Uncoded
from participation.commitments.queries import commitments_about
from participation.county import queries as county
from participation.disclosure.outlets import outlet
from participation.disclosure.queries import releases_of
from participation.disclosure.rules.drafts import Decision
from participation.disclosure.services import DisclosureRefused
from participation.foundation.errors import Conflict
from participation.foundation.i18n import format_day
from participation.foundation.i18n import gettext as _
from participation.foundation.mail_templates import absolute_url
from participation.foundation.permissions import Permission
from participation.foundation.printing import qr_picture
from participation.foundation.web import actor, commits, db, render, requires, see_other
from participation.results import queries
from participation.results.forms import DespiteForm, WithdrawForm
from participation.results.models import Finding
from participation.results.queries.grounds import grounds_of
from participation.results.queries.verdicts import Heard, heard, verdict_words
from participation.results.rules.findings import ANSWER_DAYS, published_finding
from participation.results.rules.verdicts import VERDICT_LABELS
from participation.results.services import (
    preview_finding,
    publish_finding,
    suspicions,
    withdraw_finding,
)
from participation.results.services.publishing import is_contradicted, is_enough
from participation.results.views.above import above
from participation.results.views.blueprint import blueprint


@blueprint.get("/results")
@requires(Permission.PUBLISH_FINDINGS)
@outlet("workroom")
def index() -> str:
    """Findings in every state, and closed rounds."""
    return render(
        "results/index.html",
        findings=queries.findings(db(), actor()),
        rounds=queries.closed_rounds(db(), actor()),
    )


@blueprint.get("/results/findings/<public_id>")
@requires(Permission.PUBLISH_FINDINGS)
@outlet("workroom")
def finding(public_id: str) -> str:
    """One finding: what is there, what is missing, what the gate says."""
    return _workroom(queries.finding(db(), actor(), public_id))


def _uncoded(found: Finding) -> list[Uncoded]:
    """Texts it rests on that nobody has coded, while the finding can be changed."""
    return queries.uncoded_behind(db(), actor(), found) if found.is_editable else []


def _look(found: Finding) -> tuple[Heard, Decision]:
    """What was said of a finding, and what the gate says of it."""
    answers = heard(db(), found)
    return answers, preview_finding(db(), found, answers)


def _workroom(
    found: Finding,
    despite: DespiteForm | None = None,
    looked: tuple[Heard, Decision] | None = None,
) -> str:
    answers, decision = looked or _look(found)
    units = [unit.name for unit in county.units(db())]
    quotes = queries.quotes_of(db(), found)
    asked_at = absolute_url(f"/true/{answers.ask.public_id}") if answers.ask else ""
    return render(
        "results/finding.html",
        finding=found,
        decision=decision,
        shown=published_finding(found.id, found.public_id, 0, found.created_at, decision.payload),
        quotes=[(quote, suspicions(quote.text, units)) for quote in quotes],
        above=above(found.id, found.public_id),
        grounds=grounds_of(db(), found),
        uncoded=_uncoded(found),
        may_code=actor().can(Permission.WORK_WITH_MATERIAL),
        history=releases_of(db(), "finding", found.public_id),
        heard=answers,
        asked_at=asked_at,
        qr=qr_picture(asked_at) if answers.is_open else "",
        said=verdict_words(db(), answers.ask) if answers.ask and is_enough(answers) else [],
        verdict_labels=VERDICT_LABELS,
        despite=(despite or DespiteForm(formdata=None)) if is_contradicted(decision) else None,
    )


@blueprint.get("/results/findings/<public_id>/publish")
@requires(Permission.PUBLISH_FINDINGS)
@outlet("workroom")
def ask_publish(public_id: str) -> str:
    """What readers will see, and who will owe an answer."""
    found = queries.finding(db(), actor(), public_id)
    answers, decision = _look(found)
    if not found.is_editable or decision.refusals or is_contradicted(decision):
        return _workroom(found, looked=(answers, decision))
    shown = published_finding(found.id, found.public_id, 0, found.created_at, decision.payload)
    return render(
        "results/publish.html",
        finding=found,
        shown=shown,
        uncoded=_uncoded(found),
        answer_days=ANSWER_DAYS,
        heard_is_open=answers.is_open,
    )


@blueprint.post("/results/findings/<public_id>/publish")
@requires(Permission.PUBLISH_FINDINGS)
@commits
def publish(public_id: str) -> Response | str:
    """Through the gate, or back with its reasons."""
    found = queries.finding(db(), actor(), public_id)
    form = DespiteForm()
    looked = _look(found)
    if is_contradicted(looked[1]) and not form.validate():
        return _workroom(found, form, looked)
    try:
        publish_finding(db(), actor(), found, form.despite.data or "")
    except DisclosureRefused:
        return _workroom(found)
    except Conflict:
        looked = _look(found)
        if not is_contradicted(looked[1]):
            raise
        return _workroom(found, form, looked)  # the ask has just been ended, and most said no
    flash(_published(found.public_id))
    return see_other("results.published", public_id=found.public_id)


def _published(public_id: str) -> str:
    """That it is published, and what waits: one published anew may have been answered before."""
    asked = commitments_about(db(), "finding", public_id)
    owed = [one for one in asked if one.answer is None]
    if not asked:
        return _("The finding is published.")
    if not owed:
        return _("The finding is published. The groups it concerns have answered already.")
    return _(
        "The finding is published. The groups it concerns are to answer by %(day)s.",
        day=format_day(min(one.due_on for one in owed)),
    )


@blueprint.get("/results/findings/<public_id>/withdraw")
@requires(Permission.PUBLISH_FINDINGS)
def ask_withdraw(public_id: str) -> str:
    """Are you sure?"""
    found = queries.finding(db(), actor(), public_id)
    return render("results/withdraw.html", finding=found, form=WithdrawForm())


@blueprint.post("/results/findings/<public_id>/withdraw")
@requires(Permission.PUBLISH_FINDINGS)
@commits
def withdraw(public_id: str) -> Response | str:
    """Off every page; the history stays."""
    found = queries.finding(db(), actor(), public_id)
    form = WithdrawForm()
    if form.validate_on_submit():
        withdraw_finding(db(), actor(), found, form.reason.data or "")
        flash(_("The finding is withdrawn. It can be changed and published anew."))
        return see_other("results.finding", public_id=found.public_id)
    return render("results/withdraw.html", finding=found, form=form)
