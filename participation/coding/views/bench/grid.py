"""The coding grid: answers as rows, coded with the keyboard; and one text at a time without it."""

from flask import request
from werkzeug.wrappers import Response

from participation.coding import queries
from participation.coding.forms import GridFilter, WholeTextForm
from participation.coding.models import Material, MaterialText
from participation.coding.queries import CodeLine, MaterialLine
from participation.coding.queries.layers import in_layer
from participation.coding.queries.materials import IS_READ
from participation.coding.queries.names import Names, names_beside
from participation.coding.views.bench.rows import progress, row_of, rows_of
from participation.coding.views.blueprint import blueprint
from participation.disclosure.outlets import outlet
from participation.foundation.paging import page_number
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, db, render, requires, see_other


@blueprint.get("/materials/<public_id>")
@requires(Permission.WORK_WITH_MATERIAL)
@outlet("workroom")
def bench(public_id: str) -> str | Response:
    """The grid of one material."""
    line, siblings = queries.with_siblings(db(), actor(), public_id)
    names = names_beside(db(), (MaterialText.material_id == line.material.id) & IS_READ)
    form = _filter(line, siblings, names)
    shown = in_layer(actor(), form.layer)
    known = {sibling.material.public_id for sibling in siblings}
    if form.question.data in known - {public_id}:
        kept = {k: v for k, v in request.args.items() if k not in {"question", "page"}}
        return see_other("coding.bench", public_id=form.question.data, **kept)
    code_number = request.args.get("code", type=int)
    page = queries.grid_page(
        db(),
        actor(),
        line.material,
        form.wanted(code_number),
        page_number(request.args.get("page")),
    )
    codes = _usable(queries.code_lines(db(), line.material.codebook_id, [line.material.id], shown))
    return render(
        "coding/bench.html",
        line=line,
        siblings=siblings,
        form=form,
        page=page,
        rows=rows_of(list(page.items), names, form.layer),
        layer=form.layer,
        book=_by_theme(codes),
        progress=progress(line),
        book_public_id=queries.codebook_public_id(db(), line.material) if codes else "",
        may_add=queries.may_change_codebook(db(), actor(), line.material.codebook_id),
        codebooks=[] if codes else queries.codebooks(db()),
        code_number=code_number,
    )


@blueprint.get("/texts/<public_id>")
@requires(Permission.WORK_WITH_MATERIAL)
@outlet("workroom")
def one_text(public_id: str) -> str:
    """One text, its codes, and a way to code it whole."""
    return text_page(queries.text(db(), actor(), public_id), WholeTextForm())


def text_page(text: MaterialText, form: WholeTextForm, problem: str = "") -> str:
    """The page of one text. `problem`: why the choice in the form was not saved."""
    material, row = db().get_one(Material, text.material_id), row_of(text)
    form.shown.data = row["shown"]
    form.number.choices = [
        (str(line.code.number), f"{line.code.number} {line.code.name}")
        for line in _usable(queries.code_lines(db(), material.codebook_id))
    ]
    return render(
        "coding/text.html",
        material=material,
        row=row,
        form=form,
        problem=problem,
    )


def _filter(line: MaterialLine, siblings: list[MaterialLine], names: Names) -> GridFilter:
    form = GridFilter(request.args)
    form.offer(
        [(s.material.public_id, s.material.question or s.material.title) for s in siblings],
        [(str(key), name) for key, name in names.areas.items()],
        [(str(key), name) for key, name in names.places.items()],
        [(str(key), name) for key, name in names.units.items()],
    )
    if "question" not in request.args:
        form.question.data = line.material.public_id
    return form


def _usable(codes: list[CodeLine]) -> list[CodeLine]:
    return [line for line in codes if not line.code.is_retired]


def _by_theme(codes: list[CodeLine]) -> list[tuple[str, list[CodeLine]]]:
    themes: dict[str, list[CodeLine]] = {}
    for line in codes:
        themes.setdefault(line.theme.name, []).append(line)
    return list(themes.items())
