"""The workroom: from a claim to a published finding."""

from flask import flash
from werkzeug.wrappers import Response

from participation.coding import queries as coding
from participation.county import queries as county
from participation.disclosure.outlets import outlet
from participation.disclosure.queries import releases_of, standing_releases, tables_of
from participation.disclosure.rules.drafts import ReleaseKind
from participation.disclosure.services import DisclosureRefused
from participation.foundation.errors import NotFound
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, render, requires, see_other
from participation.results import queries
from participation.results.forms import FigureForm, FindingForm, WithdrawForm
from participation.results.models import Finding
from participation.results.rules.findings import published_finding
from participation.results.rules.round_tables import chart
from participation.results.services import (
    choose_figure,
    draft_finding,
    drop_figure,
    preview_finding,
    publish_finding,
    revise_finding,
    suspicions,
    withdraw_finding,
)
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


def _offered(form: FindingForm) -> FindingForm:
    lines = coding.materials(db(), actor())
    books = {line.material.codebook_id for line in lines if line.material.codebook_id}
    return form.offer(
        groups=[(str(g.id), g.name) for g in county.groups(db())],
        perspectives=[(p.key, p.name) for p in county.perspectives(db())],
        areas=[(str(a.id), a.name) for a in county.areas(db())],
        materials=[
            (str(line.material.id), _material_label(line)) for line in lines if line.reviewed
        ],
        codes=[
            (str(line.code.id), f"{line.theme.name}: {line.code.name}")
            for book in sorted(books)
            for line in coding.code_lines(db(), book)
        ],
    )


def _material_label(line: coding.MaterialLine) -> str:
    title, question = line.material.title, line.material.question
    return title if not question or question in title else f"{title}: {question}"


@blueprint.get("/results/findings/new")
@requires(Permission.PUBLISH_FINDINGS)
def new_finding() -> str:
    """The form of a new finding."""
    form = _offered(FindingForm())
    form.whose_to_change.data = "ours"
    form.perspective.data = next((p.key for p in county.perspectives(db())), None)
    return render("results/edit.html", form=form, finding=None)


@blueprint.post("/results/findings/new")
@requires(Permission.PUBLISH_FINDINGS)
@commits
def save_new_finding() -> Response | str:
    """A draft that only those who publish can see."""
    form = _offered(FindingForm())
    if form.validate_on_submit():
        finding = draft_finding(db(), actor(), form.draft(_own_organisation()))
        return see_other("results.finding", public_id=finding.public_id)
    return render("results/edit.html", form=form, finding=None)


def _own_organisation() -> int | None:
    """Whose finding it is: the county's, or the one organisation the person publishes for."""
    scope = actor().scope(Permission.PUBLISH_FINDINGS)
    return None if scope.everywhere else min(scope.organisation_ids, default=None)


@blueprint.get("/results/findings/<public_id>")
@requires(Permission.PUBLISH_FINDINGS)
@outlet("workroom")
def finding(public_id: str) -> str:
    """One finding: what is there, what is missing, what the gate says."""
    return _workroom(queries.finding(db(), actor(), public_id))


def _workroom(found: Finding) -> str:
    decision = preview_finding(db(), found)
    units = [unit.name for unit in county.units(db())]
    quotes = queries.quotes_of(db(), found)
    return render(
        "results/finding.html",
        finding=found,
        decision=decision,
        shown=published_finding(found.id, found.public_id, 0, found.created_at, decision.payload),
        quotes=[(quote, suspicions(quote.text, units)) for quote in quotes],
        history=releases_of(db(), "finding", found.public_id),
    )


@blueprint.get("/results/findings/<public_id>/edit")
@requires(Permission.PUBLISH_FINDINGS)
def edit_finding(public_id: str) -> str:
    """Change the claim, whom it concerns and what it rests on."""
    found = queries.finding(db(), actor(), public_id)
    form = _offered(FindingForm()).show(
        found,
        [group.id for group in queries.groups_of(db(), found)],
        [code.id for code, _theme in queries.codes_of(db(), found)],
        [material.id for material in queries.materials_of(db(), found)],
    )
    return render("results/edit.html", form=form, finding=found)


@blueprint.post("/results/findings/<public_id>/edit")
@requires(Permission.PUBLISH_FINDINGS)
@commits
def save_finding(public_id: str) -> Response | str:
    """Keep the changes."""
    found = queries.finding(db(), actor(), public_id)
    form = _offered(FindingForm())
    if form.validate_on_submit():
        revise_finding(db(), actor(), found, form.draft())
        return see_other("results.finding", public_id=found.public_id)
    return render("results/edit.html", form=form, finding=found)


@blueprint.get("/results/findings/<public_id>/figure")
@requires(Permission.PUBLISH_FINDINGS)
@outlet("publication")
def figure(public_id: str) -> str:
    """Choose a number out of what is published already."""
    found = queries.finding(db(), actor(), public_id)
    return render(
        "results/figure.html",
        finding=found,
        releases=[
            (release, _figure_forms(found, release.public_id))
            for release in standing_releases(db(), ReleaseKind.ROUND_TOTALS.value)
        ],
    )


def _figure_forms(found: Finding, release_id: str) -> list[tuple[str, str, FigureForm]]:
    """For each shown question: its title, its size, and a form with its shown answers."""
    forms = []
    for table in tables_of(queries.public_release(db(), release_id)):
        form = FigureForm(formdata=None, prefix="", table=table.key)
        answers = [
            ("+".join(cell.codes), cell.label) for cell in table.cells if cell.count is not None
        ]
        form.codes.choices = answers
        form.codes.id = f"codes-{release_id}-{table.key}"
        form.codes.data = (
            [value for value, _label in answers if _is_chosen(found, value)]
            if found.figure_table_key == table.key
            else []
        )
        if answers:
            forms.append((table.title, chart(table).size, form))
    return forms


def _is_chosen(found: Finding, value: str) -> bool:
    return set(value.split("+")) <= set(found.figure_codes)


@blueprint.post("/results/findings/<public_id>/figure/<release_id>")
@requires(Permission.PUBLISH_FINDINGS)
@commits
def save_figure(public_id: str, release_id: str) -> Response:
    """Rest the finding on the chosen answers; none chosen: on words alone."""
    found = queries.finding(db(), actor(), public_id)
    release = queries.public_release(db(), release_id)
    form = FigureForm()
    table = next((t for t in tables_of(release) if t.key == form.table.data), None)
    if table is None:
        raise NotFound
    known = {"+".join(cell.codes) for cell in table.cells}
    values = [value for value in form.codes.raw_data or [] if value in known]
    codes = [code for value in values for code in value.split("+")]
    if codes:
        choose_figure(db(), found, release, table.key, codes)
    else:
        drop_figure(db(), found)
    return see_other("results.finding", public_id=found.public_id)


@blueprint.post("/results/findings/<public_id>/publish")
@requires(Permission.PUBLISH_FINDINGS)
@commits
def publish(public_id: str) -> Response | str:
    """Through the gate, or back with its reasons."""
    found = queries.finding(db(), actor(), public_id)
    try:
        publish_finding(db(), actor(), found)
    except DisclosureRefused:
        return _workroom(found)
    flash(_("The finding is published. The groups it concerns have sixty days to answer."))
    return see_other("results.published", public_id=found.public_id)


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
