"""Memos: on a material, on a text, on a code."""

from flask import flash, jsonify, request
from werkzeug.wrappers import Response

from participation.coding import queries
from participation.coding.forms import WholeTextForm
from participation.coding.forms.memos import CodeMemoForm, MemoForm, TextMemoForm
from participation.coding.models import Material, MaterialText, Memo
from participation.coding.queries.memos import may_note_code, memos_of_material, own_memo
from participation.coding.rules.filters import LAYERS, Layer
from participation.coding.services.memos import write_memo
from participation.coding.views.bench.grid import text_page
from participation.coding.views.bench.rows import FRAGMENT_HEADER, row_of
from participation.coding.views.blueprint import blueprint
from participation.coding.views.codebooks import code_page
from participation.disclosure.outlets import outlet
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, render, requires, see_other


@blueprint.get("/materials/<public_id>/memos")
@requires(Permission.WORK_WITH_MATERIAL)
@outlet("workroom")
def memos(public_id: str) -> str:
    """Every memo on a material and its texts, and a field for a new one."""
    return _page(queries.material(db(), actor(), public_id), MemoForm(formdata=None))


@blueprint.post("/materials/<public_id>/memos")
@requires(Permission.WORK_WITH_MATERIAL)
@outlet("workroom")
@commits
def note_material(public_id: str) -> Response | str:
    """A memo on the whole material."""
    material, form = queries.material(db(), actor(), public_id), MemoForm()
    if not form.validate_on_submit():
        return _page(material, form)
    write_memo(db(), actor(), form.words.data or "", material=material)
    return see_other("coding.memos", public_id=public_id)


def _page(material: Material, form: MemoForm) -> str:
    lines = memos_of_material(db(), actor(), material)
    return render(
        "coding/memos.html", material=material, lines=lines, form=form, me=actor().account_id
    )


@blueprint.post("/texts/<public_id>/memos")
@requires(Permission.WORK_WITH_MATERIAL)
@outlet("workroom")
@commits
def note_text(public_id: str) -> Response | str | tuple[Response, int]:
    """A memo on one text, or on a code in it."""
    text, material = queries.text_in_material(db(), actor(), public_id)
    form = MemoForm()
    if not form.validate_on_submit():
        return _not_noted(text, material, str(form.words.errors[0]))
    number = request.form.get("number", type=int)
    try:
        code = number and queries.code_by_number(db(), material.codebook_id, number)
    except Conflict as problem:
        return _not_noted(text, material, problem.message, problem.http_status)
    write_memo(db(), actor(), form.words.data or "", text=text, code=code or None)
    if not request.headers.get(FRAGMENT_HEADER):
        return see_other("coding.one_text", public_id=public_id)
    wanted = request.form.get("codes", "")
    layer = Layer(wanted) if wanted in LAYERS else Layer.MINE
    row = render("coding/row.html", row=row_of(text, layer))
    return jsonify(text=text.public_id, row=row, message=_("The memo is saved."))


def _not_noted(
    text: MaterialText, material: Material, message: str, status: int = 422
) -> str | tuple[Response, int]:
    """Why not; what was written stays in its field."""
    if request.headers.get(FRAGMENT_HEADER):
        return jsonify(message=message), status
    again = TextMemoForm()
    again.add_error("words", message)
    return text_page(text, material, WholeTextForm(formdata=None), memo_form=again)


@blueprint.post("/codes/<public_id>/memos")
@requires(Permission.WORK_WITH_MATERIAL)
@outlet("workroom")
@commits
def note_code(public_id: str) -> Response | str:
    """A memo on a code."""
    code, _theme, _book = queries.code(db(), public_id)
    if not may_note_code(db(), actor(), code):
        raise NotFound
    form = CodeMemoForm()
    if not form.validate_on_submit():
        return code_page(public_id, form)
    write_memo(db(), actor(), form.words.data or "", code=code)
    return see_other("coding.code", public_id=public_id)


@blueprint.post("/memos/<public_id>/remove")
@requires(Permission.WORK_WITH_MATERIAL)
@outlet("workroom")
@commits
def remove_memo(public_id: str) -> Response:
    """Take one's own memo away."""
    memo = own_memo(db(), actor(), public_id)
    address = _where(memo)
    db().delete(memo)
    flash(_("The memo is gone."))
    return see_other(address[0], public_id=address[1])


def _where(memo: Memo) -> tuple[str, str]:
    if memo.text_id is not None:
        return "coding.one_text", db().get_one(MaterialText, memo.text_id).public_id
    if memo.material_id is not None:
        return "coding.memos", db().get_one(Material, memo.material_id).public_id
    return "coding.code", queries.code_by_id(db(), memo.code_id or 0).public_id
