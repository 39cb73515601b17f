"""The coding grid: answers as rows, coded with the keyboard; and one text at a time without it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import jsonify, request
from werkzeug.wrappers import Response

from participation.coding import queries
from participation.coding.forms import AsideForm, CodeForm, GridFilter, PassageForm, WholeTextForm
from participation.coding.models import Material, MaterialText
from participation.coding.queries import CodeLine, ExcerptLine, MaterialLine
from participation.coding.rules.drafts import role_label
from participation.coding.rules.passages import Passage, masks_from_json, segments
from participation.coding.services import (
    apply_code,
    mask_passage,
    remove_excerpt,
    set_aside,
    take_up,
    undo,
)
from participation.coding.views.blueprint import blueprint
from participation.county import queries as county
from participation.disclosure.outlets import outlet
from participation.foundation.errors import DomainError
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import ngettext
from participation.foundation.paging import page_number
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, render, requires, see_other

FRAGMENT_HEADER = "X-Fragment"


class NothingMarked(DomainError):
    """A passage of blanks."""

    code = "nothing_marked"


@blueprint.get("/materials/<public_id>")
@requires(Permission.CODE_MATERIAL)
@outlet("workroom")
def bench(public_id: str) -> str | Response:
    """The grid of one material."""
    line, siblings = queries.with_siblings(db(), actor(), public_id)
    names = _names()
    form = _filter(line, siblings, names)
    known = {sibling.material.public_id for sibling in siblings}
    if form.question.data in known - {public_id}:
        kept = {k: v for k, v in request.args.items() if k not in {"question", "page"}}
        return see_other("coding.bench", public_id=form.question.data, **kept)
    code_number = request.args.get("code", type=int)
    page = queries.grid_page(
        db(), line.material, form.wanted(code_number), page_number(request.args.get("page"))
    )
    codes = queries.code_lines(db(), line.material.codebook_id, [line.material.id])
    return render(
        "coding/bench.html",
        line=line,
        siblings=siblings,
        form=form,
        page=page,
        rows=_rows(list(page.items), names),
        book=_by_theme(codes),
        progress=progress(line),
        book_public_id=queries.codebook_public_id(db(), line.material) if codes else "",
        may_add=queries.may_change_codebook(db(), actor(), line.material.codebook_id),
        codebooks=[] if codes else queries.codebooks(db()),
        code_number=code_number,
    )


@blueprint.get("/texts/<public_id>")
@requires(Permission.CODE_MATERIAL)
@outlet("workroom")
def one_text(public_id: str) -> str:
    """One text, its codes, and a way to code it whole."""
    text = queries.text(db(), actor(), public_id)
    material = db().get_one(Material, text.material_id)
    form = WholeTextForm()
    form.number.choices = [
        (str(line.code.number), f"{line.code.number} {line.code.name}")
        for line in queries.code_lines(db(), material.codebook_id)
    ]
    return render(
        "coding/text.html",
        material=material,
        row=_rows([text], _names())[0],
        form=form,
    )


@blueprint.post("/texts/<public_id>/code")
@requires(Permission.CODE_MATERIAL)
@outlet("workroom")
@commits
def put_code(public_id: str) -> Response | tuple[Response, int]:
    """A code on a stretch of a text, or on the whole of it."""
    text = queries.text(db(), actor(), public_id)
    material = db().get_one(Material, text.material_id)
    form = CodeForm()
    if not form.validate_on_submit():
        return _refused(text, _("Choose a code that the codebook has."))
    code = queries.code_by_number(db(), material.codebook_id, form.number.data or 0)
    start, end = form.passage(len(text.text))
    try:
        apply_code(db(), actor(), text, code, start=start, end=end)
    except ValueError as problem:
        return _refused(text, str(problem))
    return _done(text)


@blueprint.post("/excerpts/<public_id>/remove")
@requires(Permission.CODE_MATERIAL)
@outlet("workroom")
@commits
def take_off(public_id: str) -> Response:
    """Take a code off a passage."""
    excerpt = queries.excerpt(db(), actor(), public_id)
    text = db().get_one(MaterialText, excerpt.text_id)
    remove_excerpt(db(), actor(), excerpt)
    return _done(text)


@blueprint.post("/texts/<public_id>/aside")
@requires(Permission.CODE_MATERIAL)
@outlet("workroom")
@commits
def aside(public_id: str) -> Response:
    """Nothing to code here; or look at it again."""
    text = queries.text(db(), actor(), public_id)
    form = AsideForm()
    if form.validate_on_submit():
        (set_aside if form.aside.data == "yes" else take_up)(db(), actor(), text)
    return _done(text)


@blueprint.post("/texts/<public_id>/mask")
@requires(Permission.CODE_MATERIAL)
@outlet("workroom")
@commits
def hide(public_id: str) -> Response | tuple[Response, int]:
    """Hide words that the review missed."""
    text = queries.text(db(), actor(), public_id)
    form = PassageForm()
    if not form.validate_on_submit() or form.start.data is None or form.end.data is None:
        return _refused(text, _("Mark some words first."))
    try:
        mask_passage(db(), actor(), text, form.start.data, form.end.data)
    except ValueError as problem:
        return _refused(text, str(problem))
    return _done(text)


@blueprint.post("/materials/<public_id>/undo")
@requires(Permission.CODE_MATERIAL)
@outlet("workroom")
@commits
def undo_step(public_id: str) -> Response:
    """Undo the newest step of this coder in this material."""
    material = queries.material(db(), actor(), public_id)
    text = undo(db(), actor(), material)
    if text is None:
        if request.headers.get(FRAGMENT_HEADER):
            return jsonify(message=_("There is nothing left to undo."))
        return see_other("coding.bench", public_id=material.public_id)
    return _done(text, _("Undone."))


def _refused(text: MaterialText, message: str) -> tuple[Response, int] | Response:
    if request.headers.get(FRAGMENT_HEADER):
        return jsonify(message=message), 422
    raise NothingMarked(message)


def _done(text: MaterialText, message: str | None = None) -> Response:
    """The text's row anew for the grid's script; without script, the text's own page."""
    if not request.headers.get(FRAGMENT_HEADER):
        return see_other("coding.one_text", public_id=text.public_id)
    db().flush()
    material = db().get_one(Material, text.material_id)
    line, _siblings = queries.with_siblings(db(), actor(), material.public_id)
    codes = queries.code_lines(db(), material.codebook_id, [material.id])
    row = _rows([text], _names())[0]
    return jsonify(
        text=text.public_id,
        row=render("coding/row.html", row=row),
        progress=progress(line),
        counts={str(code.code.number): code.texts for code in codes},
        message=message or _("Saved."),
    )


def progress(line: MaterialLine) -> str:
    """ "200 av 312 kodade."."""
    return ngettext(
        "%(coded)s of %(num)s coded.",
        "%(coded)s of %(num)s coded.",
        line.reviewed,
        coded=line.coded,
    )


@dataclass(frozen=True)
class Names:
    """What attributes are called: areas by id, municipalities by code."""

    areas: Mapping[int | None, str] = field(default_factory=dict)
    places: Mapping[str | None, str] = field(default_factory=dict)


def _names() -> Names:
    return Names(
        areas={area.id: area.name for area in county.areas(db())},
        places={
            place.code: place.name
            for place in sorted(county.municipalities(db()), key=lambda place: place.name)
        },
    )


def _filter(line: MaterialLine, siblings: list[MaterialLine], names: Names) -> GridFilter:
    form = GridFilter(request.args)
    form.offer(
        [(s.material.public_id, s.material.question or s.material.title) for s in siblings],
        [(str(key), name) for key, name in names.areas.items()],
        [(str(key), name) for key, name in names.places.items()],
    )
    if "question" not in request.args:
        form.question.data = line.material.public_id
    return form


def _rows(texts: list[MaterialText], names: Names) -> list[dict[str, Any]]:
    """What each row of the grid shows."""
    excerpts = queries.excerpts_of_texts(db(), [text.id for text in texts])
    return [_row(text, excerpts[text.id], names) for text in texts]


def _row(text: MaterialText, lines: list[ExcerptLine], names: Names) -> dict[str, Any]:
    passages = [Passage(start=x.excerpt.start, end=x.excerpt.end, number=x.number) for x in lines]
    attributes = [
        role_label(text.respondent_role) if text.respondent_role else "",
        text.age_band or "",
        names.places.get(text.municipality_code, ""),
        names.areas.get(text.area_id, ""),
    ]
    return {
        "text": text,
        "segments": segments(text.text, passages, masks_from_json(text.masks)),
        "attributes": [a for a in attributes if a],
        "excerpts": lines,
    }


def _by_theme(codes: list[CodeLine]) -> list[tuple[str, list[CodeLine]]]:
    themes: dict[str, list[CodeLine]] = {}
    for line in codes:
        themes.setdefault(line.theme.name, []).append(line)
    return list(themes.items())
