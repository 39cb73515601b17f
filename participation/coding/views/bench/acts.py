"""What a coder does to a text: code, take off, set aside, hide, undo."""

from flask import jsonify, request
from werkzeug.wrappers import Response

from participation.coding import queries
from participation.coding.forms import AsideForm, CodeForm, PassageForm, WholeTextForm
from participation.coding.models import Material, MaterialText
from participation.coding.queries.double import coded_where_blind
from participation.coding.rules.filters import LAYERS, Layer
from participation.coding.services import (
    TextChanged,
    apply_code,
    mask_passage,
    redo,
    remove_excerpt,
    set_aside,
    take_up,
    undo,
)
from participation.coding.services.learning import decline_code
from participation.coding.views.bench.grid import text_page
from participation.coding.views.bench.rows import FRAGMENT_HEADER, row_of
from participation.coding.views.blueprint import blueprint
from participation.disclosure.outlets import outlet
from participation.foundation.errors import Conflict
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, render, requires, see_other

Refusal = tuple[Response | str, int]


@blueprint.post("/texts/<public_id>/code")
@requires(Permission.WORK_WITH_MATERIAL)
@outlet("workroom")
@commits
def put_code(public_id: str) -> Response | Refusal:
    """A code on a stretch of a text, or on the whole of it."""
    text = queries.text(db(), actor(), public_id)
    material = db().get_one(Material, text.material_id)
    form = CodeForm()
    if not form.validate_on_submit():
        return _refused(text, _("Choose a code that the codebook has."))
    try:
        code = queries.code_by_number(db(), material.codebook_id, form.number.data or 0)
    except Conflict as problem:
        return _refused(text, problem.message, problem.http_status)
    start, end = form.passage(len(text.text))
    try:
        apply_code(db(), actor(), text, code, start=start, end=end, shown=form.words_shown)
    except ValueError as problem:
        return _refused(text, str(problem))
    return _done(text)


@blueprint.post("/excerpts/<public_id>/remove")
@requires(Permission.WORK_WITH_MATERIAL)
@outlet("workroom")
@commits
def take_off(public_id: str) -> Response:
    """Take a code of one's own off a passage."""
    excerpt = queries.excerpt(db(), actor(), public_id, Layer.MINE)
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
def hide(public_id: str) -> Response | Refusal:
    """Hide words that the review missed."""
    text = queries.text(db(), actor(), public_id)
    form = PassageForm()
    if not form.validate_on_submit() or form.start.data is None or form.end.data is None:
        return _refused(text, _("Mark some words first."))
    try:
        mask_passage(db(), actor(), text, form.start.data, form.end.data, shown=form.words_shown)
    except ValueError as problem:
        return _refused(text, str(problem))
    return _done(text)


@blueprint.post("/texts/<public_id>/decline")
@requires(Permission.WORK_WITH_MATERIAL)
@outlet("workroom")
@commits
def decline(public_id: str) -> Response | Refusal:
    """A suggested code does not fit: it is not suggested again here."""
    text = queries.text(db(), actor(), public_id)
    form = CodeForm()
    if not form.validate_on_submit():
        return _refused(text, _("Choose a code that the codebook has."))
    material = db().get_one(Material, text.material_id)
    try:
        code = queries.code_by_number(db(), material.codebook_id, form.number.data or 0)
    except Conflict as problem:
        return _refused(text, problem.message, problem.http_status)
    decline_code(db(), actor(), text, code)
    return _done(text, _("It is not suggested here again."))


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


@blueprint.post("/materials/<public_id>/redo")
@requires(Permission.WORK_WITH_MATERIAL)
@outlet("workroom")
@commits
def redo_step(public_id: str) -> Response:
    """Do again what this coder undid last in this material."""
    material = queries.material(db(), actor(), public_id)
    text = redo(db(), actor(), material)
    if text is None:
        if request.headers.get(FRAGMENT_HEADER):
            return jsonify(message=_("There is nothing to do again."))
        return see_other("coding.bench", public_id=material.public_id)
    return _done(text, _("Done again."))


@blueprint.errorhandler(TextChanged)
def _changed(problem: TextChanged) -> Refusal:
    """The text as it stands now; what was chosen is still chosen."""
    said = _("Somebody changed this text while you read it. This is how it stands now. Try again.")
    text, material = queries.text_in_material(db(), actor(), problem.text.public_id)
    if not request.headers.get(FRAGMENT_HEADER):
        return text_page(text, material, WholeTextForm(), said), problem.http_status
    row = render("coding/row.html", row=row_of(text, _layer_shown()))
    return jsonify(text=text.public_id, row=row, message=said), problem.http_status


def _refused(text: MaterialText, message: str, status: int = 422) -> Refusal:
    """Why not, beside the text: for the grid's script, or on the text's own page."""
    if request.headers.get(FRAGMENT_HEADER):
        return jsonify(message=message), status
    material = db().get_one(Material, text.material_id)
    return text_page(text, material, WholeTextForm(), message), status


def _layer_shown() -> Layer:
    wanted = request.form.get("codes", "")
    return Layer(wanted) if wanted in LAYERS else Layer.MINE


def _done(text: MaterialText, message: str | None = None) -> Response:
    """The text's row anew for the grid's script; without script, the text's own page.

    Nothing is counted again: from what the row said before and says now the script knows the
    difference. Only in a sample that two code without seeing each other the row does not say
    whether the text was done before, and the material's number comes along.
    """
    if not request.headers.get(FRAGMENT_HEADER):
        return see_other("coding.one_text", public_id=text.public_id)
    db().flush()
    row = render("coding/row.html", row=row_of(text, _layer_shown()))
    coded = coded_where_blind(db(), actor(), text)
    return jsonify(text=text.public_id, row=row, coded=coded, message=message or _("Saved."))
