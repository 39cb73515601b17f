"""A codebook's page, and every change of it."""

from collections.abc import Callable

from flask import flash
from werkzeug.wrappers import Response

from participation.coding import queries
from participation.coding.forms import ChangeCodeForm, MergeForm, SplitForm, ThemeForm
from participation.coding.models import Code, Codebook, CodebookStep
from participation.coding.queries import book as books
from participation.coding.queries.double import theme_figures
from participation.coding.rules.book_words import step_words
from participation.coding.services import book_changes as changes
from participation.coding.views.blueprint import blueprint
from participation.coding.views.grounds import resting_on
from participation.disclosure.outlets import outlet
from participation.foundation.errors import Conflict
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, render, requires, see_other

MOST_STEPS = 30
MOST_PASSAGES = 200


@blueprint.get("/codebooks/<public_id>")
@requires(Permission.WORK_WITH_MATERIAL)
@outlet("workroom")
def book(public_id: str) -> str:
    """The codes as a tree, and what was changed last."""
    found = queries.codebook(db(), public_id)
    newest = books.book_steps(db(), found, MOST_STEPS)
    steps = [(step, who) for step, who in newest if not step.is_undone]
    last = steps[0][0].id if steps else 0
    taken_back = [step for step, _who in newest if step.is_undone and step.id > last]
    again = taken_back[-1] if taken_back else None
    themes = books.tree(db(), actor(), found)
    return render(
        "coding/book.html",
        book=found,
        themes=themes,
        resting=resting_on([one.code.id for branch in themes for one in branch.codes]),
        figures=theme_figures(db(), found.id),
        may_change=queries.may_change_codebook(db(), actor(), found.id),
        steps=[(step_words(step.kind, step.words), step, who) for step, who in steps],
        again=step_words(again.kind, again.words) if again else "",
    )


@blueprint.post("/codebooks/<public_id>/undo")
@requires(Permission.WORK_WITH_MATERIAL)
@commits
def undo_book(public_id: str) -> Response:
    """Take back the newest change."""
    found = queries.codebook_to_change(db(), actor(), public_id)
    _told(lambda: changes.undo_change(db(), actor(), found), _("Taken back: %(what)s"))
    return see_other("coding.book", public_id=public_id)


@blueprint.post("/codebooks/<public_id>/redo")
@requires(Permission.WORK_WITH_MATERIAL)
@commits
def redo_book(public_id: str) -> Response:
    """Make the change again that was taken back last."""
    found = queries.codebook_to_change(db(), actor(), public_id)
    _told(lambda: changes.redo_change(db(), actor(), found), _("Done again: %(what)s"))
    return see_other("coding.book", public_id=public_id)


def _told(act: Callable[[], CodebookStep | None], words: str) -> None:
    try:
        step = act()
    except Conflict as problem:
        flash(problem.message, "error")
        return
    if step is not None:
        flash(words % {"what": step_words(step.kind, step.words)})


@blueprint.get("/codes/<public_id>/change")
@requires(Permission.WORK_WITH_MATERIAL)
@outlet("workroom")
def edit_code(public_id: str) -> str:
    """What a code is called, where it stands, and what else can be done with it."""
    return _code_page(books.code_to_change(db(), actor(), public_id))


@blueprint.post("/codes/<public_id>/change")
@requires(Permission.WORK_WITH_MATERIAL)
@outlet("workroom")
@commits
def save_code_change(public_id: str) -> Response | str:
    """Save name, memo, example and place."""
    code = books.code_to_change(db(), actor(), public_id)
    form = _offered(ChangeCodeForm(), code)
    if not form.validate_on_submit() or not _changed(form, code):
        return _code_page(code, form)
    return _back_to_book(code)


def _changed(form: ChangeCodeForm, code: Code) -> bool:
    others = books.codes_of_book(db(), code.codebook_id)
    below = next((one for one in others if one.public_id == form.below.data), None)
    try:
        changes.change_code(
            db(),
            actor(),
            code,
            name=form.name.data,
            memo=form.memo.data or "",
            example=form.example.data or "",
            theme_name=form.theme.data,
            below=below,
        )
    except Conflict as problem:
        form.add_error(problem.data.get("field", "name"), problem.message)
        return False
    return True


def _offered(form: ChangeCodeForm, code: Code) -> ChangeCodeForm:
    themes = [theme.name for theme in queries.themes(db(), code.codebook_id)]
    return form.offer(themes, _others(code))


def _others(code: Code) -> list[tuple[str, str]]:
    """The other codes in use, as choices."""
    return [
        (one.public_id, f"{one.number} {one.name}")
        for one in books.codes_of_book(db(), code.codebook_id)
        if one.id != code.id and not one.is_retired
    ]


def _code_page(
    code: Code, form: ChangeCodeForm | None = None, merge: MergeForm | None = None
) -> str:
    _code, theme, found = queries.code(db(), code.public_id)
    others = books.codes_of_book(db(), code.codebook_id)
    upper = next((one.public_id for one in others if one.id == code.parent_id), "")
    if form is None:
        form = _offered(ChangeCodeForm(obj=code), code)
        form.theme.data, form.below.data = theme.name, upper
    merge = merge or MergeForm()
    merge.into.choices = [("", _("Choose a code")), *_others(code)]
    return render("coding/edit_code.html", code=code, book=found, form=form, merge=merge)


def _back_to_book(code: Code) -> Response:
    found = db().get_one(Codebook, code.codebook_id)
    return see_other("coding.book", public_id=found.public_id)


@blueprint.post("/codes/<public_id>/merge")
@requires(Permission.WORK_WITH_MATERIAL)
@outlet("workroom")
@commits
def merge_code(public_id: str) -> Response | str:
    """Read a code as another from now on."""
    code = books.code_to_change(db(), actor(), public_id)
    form = MergeForm()
    form.into.choices = [("", _("Choose a code")), *_others(code)]
    if not form.validate_on_submit():
        return _code_page(code, merge=form)
    into = books.code_to_change(db(), actor(), form.into.data)
    changes.merge_codes(db(), actor(), code, into)
    flash(_("“%(code)s” is now read as “%(other)s”.", code=code.name, other=into.name))
    return _back_to_book(code)


@blueprint.post("/codes/<public_id>/retire")
@requires(Permission.WORK_WITH_MATERIAL)
@commits
def retire_code(public_id: str) -> Response:
    """Out of use; its passages stay."""
    code = books.code_to_change(db(), actor(), public_id)
    changes.retire_code(db(), actor(), code)
    return _back_to_book(code)


@blueprint.post("/codes/<public_id>/bring-back")
@requires(Permission.WORK_WITH_MATERIAL)
@commits
def bring_back(public_id: str) -> Response:
    """Into use again."""
    code = books.code_to_change(db(), actor(), public_id)
    changes.retire_code(db(), actor(), code, is_retired=False)
    return _back_to_book(code)


@blueprint.get("/codes/<public_id>/split")
@requires(Permission.WORK_WITH_MATERIAL)
@outlet("workroom")
def split(public_id: str) -> str:
    """Choose the passages that get a code of their own."""
    return _split_page(books.code_to_change(db(), actor(), public_id), SplitForm())


@blueprint.post("/codes/<public_id>/split")
@requires(Permission.WORK_WITH_MATERIAL)
@outlet("workroom")
@commits
def save_split(public_id: str) -> Response | str:
    """A new code with the passages chosen."""
    code = books.code_to_change(db(), actor(), public_id)
    form = SplitForm()
    offered = _passages(form, code)
    if not form.validate_on_submit():
        return _split_page(code, form)
    chosen = {offered[key] for key in form.passages.data or []}
    try:
        changes.split_code(db(), actor(), code, form.name.data, chosen)
    except Conflict:
        form.add_error("name", _("The codebook already has a code with that name."))
        return _split_page(code, form)
    return _back_to_book(code)


def _passages(form: SplitForm, code: Code) -> dict[str, int]:
    found = books.passages_to_split(db(), actor(), code, MOST_PASSAGES)
    form.passages.choices = [(one.excerpt.public_id, one.words) for one in found]
    return {one.excerpt.public_id: one.excerpt.id for one in found}


def _split_page(code: Code, form: SplitForm) -> str:
    _passages(form, code)
    _code, _theme, found = queries.code(db(), code.public_id)
    return render("coding/split.html", code=code, book=found, form=form)


@blueprint.route("/themes/<public_id>/change", methods=["GET", "POST"])
@requires(Permission.WORK_WITH_MATERIAL)
@outlet("workroom")
@commits
def edit_theme(public_id: str) -> Response | str:
    """What a theme is called and about."""
    theme = books.theme_to_change(db(), actor(), public_id)
    found = db().get_one(Codebook, theme.codebook_id)
    form = ThemeForm(obj=theme)
    if form.validate_on_submit():
        try:
            changes.change_theme(
                db(), actor(), theme, name=form.name.data, memo=form.memo.data or ""
            )
            return see_other("coding.book", public_id=found.public_id)
        except Conflict as problem:
            form.add_error("name", problem.message)
    return render("coding/edit_theme.html", theme=theme, book=found, form=form)


@blueprint.post("/themes/<public_id>/up")
@requires(Permission.WORK_WITH_MATERIAL)
@commits
def theme_up(public_id: str) -> Response:
    """One place up."""
    theme = books.theme_to_change(db(), actor(), public_id)
    changes.shift_theme(db(), actor(), theme)
    found = db().get_one(Codebook, theme.codebook_id)
    return see_other("coding.book", public_id=found.public_id)
