"""What a coder does to a text: code, take off, set aside, hide, undo."""

from flask import jsonify, request
from werkzeug.wrappers import Response

from participation.coding import queries
from participation.coding.forms import AsideForm, CodeForm, PassageForm
from participation.coding.models import Material, MaterialText
from participation.coding.services import (
    apply_code,
    mask_passage,
    remove_excerpt,
    set_aside,
    take_up,
    undo,
)
from participation.coding.views.bench.rows import names_now, progress, rows_of
from participation.coding.views.blueprint import blueprint
from participation.disclosure.outlets import outlet
from participation.foundation.errors import DomainError
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, render, requires, see_other

FRAGMENT_HEADER = "X-Fragment"


class NothingMarked(DomainError):
    """A passage of blanks."""

    code = "nothing_marked"


@blueprint.post("/texts/<public_id>/code")
@requires(Permission.WORK_WITH_MATERIAL)
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
@requires(Permission.WORK_WITH_MATERIAL)
@outlet("workroom")
@commits
def take_off(public_id: str) -> Response:
    """Take a code off a passage."""
    excerpt = queries.excerpt(db(), actor(), public_id)
    text = db().get_one(MaterialText, excerpt.text_id)
    remove_excerpt(db(), actor(), excerpt)
    return _done(text)


@blueprint.post("/texts/<public_id>/aside")
@requires(Permission.WORK_WITH_MATERIAL)
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
@requires(Permission.WORK_WITH_MATERIAL)
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
@requires(Permission.WORK_WITH_MATERIAL)
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
    row = rows_of([text], names_now())[0]
    return jsonify(
        text=text.public_id,
        row=render("coding/row.html", row=row),
        progress=progress(line),
        counts={str(code.code.number): code.texts for code in codes},
        message=message or _("Saved."),
    )
