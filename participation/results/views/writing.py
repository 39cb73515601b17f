"""Writing a finding: the claim, whom it concerns, what it rests on."""

from werkzeug.wrappers import Response

from participation.coding import queries as coding
from participation.county import queries as county
from participation.disclosure.outlets import outlet
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, render, requires, see_other
from participation.results import queries
from participation.results.forms import FindingForm
from participation.results.services import (
    draft_finding,
    revise_finding,
)
from participation.results.views.blueprint import blueprint


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
@outlet("workroom")
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


@blueprint.get("/results/findings/<public_id>/edit")
@requires(Permission.PUBLISH_FINDINGS)
@outlet("workroom")
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
    form.has_figure = found.figure_release_id is not None
    if form.validate_on_submit():
        revise_finding(db(), actor(), found, form.draft())
        return see_other("results.finding", public_id=found.public_id)
    return render("results/edit.html", form=form, finding=found)
