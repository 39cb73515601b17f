"""Codes: a page for each with all its excerpts, and new ones."""

from flask import flash, request
from werkzeug.wrappers import Response

from participation.coding import queries
from participation.coding.forms import NewCodebookForm, NewCodeForm
from participation.coding.forms.memos import CodeMemoForm
from participation.coding.models import Codebook
from participation.coding.queries import Found
from participation.coding.queries.memos import may_note_code, memos_of_code
from participation.coding.queries.starting import starting_book, starting_titles
from participation.coding.rules.drafts import role_label
from participation.coding.services.codebooks import add_code, new_codebook, use_codebook
from participation.coding.views.blueprint import blueprint
from participation.coding.views.grounds import resting_on_any
from participation.disclosure.outlets import outlet
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.i18n import current_locale
from participation.foundation.i18n import gettext as _
from participation.foundation.paging import page_number, paginate
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, render, requires, see_other


@blueprint.get("/codes/<public_id>")
@requires(Permission.WORK_WITH_MATERIAL)
@outlet("workroom")
def code(public_id: str) -> str:
    """Every passage with this code."""
    return code_page(public_id, CodeMemoForm(formdata=None))


def code_page(public_id: str, memo_form: CodeMemoForm) -> str:
    """The page of a code, with the form of a memo where the person may write one."""
    found, theme, book = queries.code(db(), public_id)
    page = paginate(
        db(),
        queries.excerpts_of_codes(db(), actor(), [found.id]),
        page_number(request.args.get("page")),
    )
    return render(
        "coding/code.html",
        resting=resting_on_any([found.id]),
        memos=memos_of_code(db(), actor(), found),
        memo_form=memo_form if may_note_code(db(), actor(), found) else None,
        me=actor().account_id,
        code=found,
        theme=theme,
        book=book,
        page=page,
        passages=[Found(*row) for row in page.items],
        role_label=role_label,
    )


@blueprint.get("/codebooks/<public_id>/codes/new")
@requires(Permission.WORK_WITH_MATERIAL)
@outlet("workroom")
def new_code(public_id: str) -> str:
    """The form of a new code."""
    book = queries.codebook_to_change(db(), actor(), public_id)
    names = [theme.name for theme in queries.themes(db(), book.id)]
    form = NewCodeForm().suggest_themes(names)
    return render(
        "coding/new_code.html", book=book, form=form, back=request.args.get("material", "")
    )


@blueprint.post("/codebooks/<public_id>/codes/new")
@requires(Permission.WORK_WITH_MATERIAL)
@commits
def save_code(public_id: str) -> Response | str:
    """A new code with the next free number."""
    book = queries.codebook_to_change(db(), actor(), public_id)
    form = NewCodeForm()
    if form.validate_on_submit() and _added(form, book.public_id):
        material = request.args.get("material")
        if material:
            return see_other("coding.bench", public_id=material)
        return see_other("coding.book", public_id=public_id)
    names = [theme.name for theme in queries.themes(db(), book.id)]
    form.suggest_themes(names)
    return render(
        "coding/new_code.html", book=book, form=form, back=request.args.get("material", "")
    )


def _added(form: NewCodeForm, book_id: str) -> bool:
    book = queries.codebook(db(), book_id)
    try:
        code = add_code(
            db(),
            actor(),
            book,
            name=form.name.data or "",
            theme_name=form.theme.data or "",
            memo=form.memo.data or "",
        )
    except Conflict:
        form.add_error("name", _("The codebook already has a code with that name."))
        return False
    flash(_("The code has number %(number)s.", number=code.number))
    return True


@blueprint.get("/codebooks/new")
@requires(Permission.WORK_WITH_MATERIAL)
def new_book() -> str:
    """The form of a new codebook."""
    return render(
        "coding/new_codebook.html",
        form=_new_book_form(),
        material=request.args.get("material", ""),
    )


@blueprint.post("/codebooks/new")
@requires(Permission.WORK_WITH_MATERIAL)
@commits
def save_book() -> Response | str:
    """A new codebook; its first code comes next, or its page when it has some."""
    form, material = _new_book_form(), request.args.get("material", "")
    book = _begun(form, material) if form.validate_on_submit() else None
    if book is None:
        return render("coding/new_codebook.html", form=form, material=material)
    if not form.begin_from.data:
        return see_other("coding.new_code", public_id=book.public_id, material=material)
    if material:
        return see_other("coding.bench", public_id=material)
    return see_other("coding.book", public_id=book.public_id)


def _new_book_form() -> NewCodebookForm:
    return NewCodebookForm().offer(starting_titles(db(), current_locale()))


def _begun(form: NewCodebookForm, material: str) -> Codebook | None:
    """A codebook to code `material` with. Whoever is named for some materials alone begins none
    beside them."""
    if not material and not actor().can(Permission.CODE_MATERIAL):
        raise NotFound
    key = form.begin_from.data
    beginning = starting_book(db(), key, current_locale()) if key else None
    try:
        book = new_codebook(db(), actor(), form.title.data or "", beginning)
    except Conflict:
        form.add_error("title", _("There is a codebook with that name already."))
        return None
    if material:
        use_codebook(db(), queries.material(db(), actor(), material), book)
    return book


@blueprint.post("/materials/<public_id>/codebook")
@requires(Permission.WORK_WITH_MATERIAL)
@commits
def choose_book(public_id: str) -> Response:
    """Code a material with a codebook that exists."""
    material = queries.material(db(), actor(), public_id)
    offered = {book.public_id: book for book in queries.codebooks_to_choose(db(), actor())}
    book = offered.get(request.form.get("codebook", ""))
    if book is None:
        raise NotFound
    try:
        use_codebook(db(), material, book)
    except Conflict:
        flash(_("These answers are coded already. Go on with the codebook they have."), "error")
    return see_other("coding.bench", public_id=material.public_id)
