"""The number a finding rests on, out of what is published already."""

from werkzeug.wrappers import Response

from participation.disclosure.outlets import outlet
from participation.disclosure.queries import standing_releases, tables_of
from participation.disclosure.rules.drafts import ReleaseKind
from participation.foundation.errors import NotFound
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, render, requires, see_other
from participation.results import queries
from participation.results.forms import FigureForm
from participation.results.models import Finding
from participation.results.rules.round_tables import chart
from participation.results.services import (
    choose_figure,
    drop_figure,
)
from participation.results.views.blueprint import blueprint


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
