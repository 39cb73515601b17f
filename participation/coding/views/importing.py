"""Texts that come in by hand: sent, shown as they would be divided, taken in after a yes."""

from collections.abc import Mapping
from typing import Any

from flask import flash

from participation.coding.forms.importing import ColumnsForm, DivideForm, MaterialForm
from participation.coding.models import Material, MaterialImport
from participation.coding.queries.importing import received_material, received_materials
from participation.coding.rules.drafts import LONGEST_TEXT
from participation.coding.rules.intake import Division, Words, divided
from participation.coding.services.importing import (
    drop_received,
    read_answers,
    read_words,
    receive_document,
    receive_words,
    take_in_answers,
    take_in_words,
    unknown_values,
)
from participation.coding.views.blueprint import blueprint
from participation.disclosure.outlets import outlet
from participation.foundation.documents import UnreadableDocument
from participation.foundation.errors import Conflict
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l
from participation.foundation.i18n import ngettext
from participation.foundation.permissions import Permission
from participation.foundation.tabular import UnreadableTable
from participation.foundation.web import actor, commits, db, log_access, render, requires, see_other

SHOWN = 5
_UNREADABLE: Mapping[str, Any] = {
    "empty": _l("There are no words in it."),
    "too_big": _l("It holds more than we can take in at once. Divide it."),
    "wrong_type": _l("This is neither a Word document, a text file nor a list."),
    "protected": _l("The file is locked with a password, or from an old Word. Save it as .docx."),
    "macros": _l("There are small programs in the document. Save it as .docx without macros."),
    "unsafe": _l("The document is built in a way no word processor does. We do not open it."),
}


@blueprint.get("/materials/new")
@requires(Permission.CODE_MATERIAL)
def new_material() -> str:
    """Where a text is pasted or a file is sent."""
    return _new_page(MaterialForm(formdata=None))


@blueprint.post("/materials/new")
@requires(Permission.CODE_MATERIAL)
@commits
def send_material() -> Any:
    """Read it and show how it would come in."""
    form = MaterialForm()
    received = _received(form) if form.validate() else None
    if received is None:
        return _new_page(form)
    return see_other("coding.received", public_id=received.public_id)


def _received(form: MaterialForm) -> MaterialImport | None:
    try:
        if form.text.data:
            return receive_words(db(), actor(), _("Pasted text"), form.text.data)
        content = form.content()
        if content is not None:
            return receive_document(db(), actor(), form.file.data.filename or "", content)
    except (UnreadableDocument, UnreadableTable) as problem:
        broken = _l("The file is broken. Save it once more and send it again.")
        form.add_error("file", str(_UNREADABLE.get(problem.data["reason"], broken)))
    return None


def _new_page(form: MaterialForm) -> str:
    return render("coding/material_new.html", form=form, waiting=received_materials(db(), actor()))


@blueprint.get("/imports/<public_id>")
@requires(Permission.CODE_MATERIAL)
@outlet("workroom")
def received(public_id: str) -> str:
    """How it would come in."""
    found = received_material(db(), actor(), public_id)
    log_access("read_raw", "material_import", found.public_id)
    return _dry_run(found, ColumnsForm() if found.is_table else DivideForm())


@blueprint.post("/imports/<public_id>/confirm")
@requires(Permission.CODE_MATERIAL)
@outlet("workroom")
@commits
def take_in_material(public_id: str) -> Any:
    """Take in all of it."""
    found = received_material(db(), actor(), public_id)
    form = _offered(found, ColumnsForm() if found.is_table else DivideForm())
    if not form.validate_on_submit():
        return _dry_run(found, form)
    try:
        material = _taken_in(found, form)
    except Conflict:
        form.add_error("title", _("These texts are here already, or there is nothing in them."))
        return _dry_run(found, form)
    flash(_("The texts are here, for you alone. Read them through; then others can see them."))
    return see_other("coding.review", public_id=material.public_id)


def _taken_in(found: MaterialImport, form: DivideForm | ColumnsForm) -> Material:
    title = form.title.data or ""
    if isinstance(form, DivideForm):
        how = Division(form.how.data)
        return take_in_words(db(), actor(), found, title=title, how=how)
    columns = form.columns()
    left_out = unknown_values(db(), read_answers(found), columns)
    material = take_in_answers(db(), actor(), found, title=title, columns=columns)
    if left_out:
        shown = ", ".join(left_out[:SHOWN])
        flash(_("Called otherwise here, and left out: %(values)s", values=shown))
    return material


@blueprint.post("/imports/<public_id>/drop")
@requires(Permission.CODE_MATERIAL)
@commits
def drop_material(public_id: str) -> Any:
    """Give it up."""
    drop_received(db(), received_material(db(), actor(), public_id))
    flash(_("It is given up. Nothing of it was taken in."))
    return see_other("coding.new_material")


def _offered(found: MaterialImport, form: DivideForm | ColumnsForm) -> DivideForm | ColumnsForm:
    if not form.is_submitted():
        form.title.data = found.name.rsplit(".", 1)[0]
    if isinstance(form, DivideForm):
        return form.offered(read_words(found))
    return form.offered(read_answers(found))


def _dry_run(found: MaterialImport, form: DivideForm | ColumnsForm) -> str:
    _offered(found, form)
    answers = read_answers(found) if found.is_table else None
    words = Words(()) if found.is_table else read_words(found)
    return render(
        "coding/material_read.html",
        found=found,
        form=form,
        answers=answers,
        first_rows=list(answers.rows[:SHOWN]) if answers else [],
        people=_first_people(words, form),
        left_out=_left_out(words),
    )


def _first_people(words: Words, form: DivideForm | ColumnsForm) -> list[list[str]]:
    if isinstance(form, ColumnsForm) or form.how.data not in set(Division):
        return []
    return divided(words.paragraphs, Division(form.how.data))[:SHOWN]


def _left_out(words: Words) -> list[str]:
    """What does not come along, in words; and whether long texts are cut in pieces."""
    said = {
        "deleted": lambda n: ngettext("%(num)s deletion", "%(num)s deletions", n),
        "comments": lambda n: ngettext("%(num)s comment", "%(num)s comments", n),
        "pictures": lambda n: ngettext("%(num)s picture", "%(num)s pictures", n),
        "headers": lambda n: ngettext(
            "%(num)s page header or footer", "%(num)s page headers and footers", n
        ),
        "parts": lambda n: ngettext("%(num)s inserted file", "%(num)s inserted files", n),
    }
    lines = [said[kind](count) for kind, count in words.left_out.items() if kind in said]
    if sum(map(len, words.paragraphs)) > LONGEST_TEXT:
        lines.append(
            _("Long words of one person are cut in pieces where a paragraph ends. Nothing is lost.")
        )
    return lines
