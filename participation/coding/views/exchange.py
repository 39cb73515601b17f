"""Codebooks and coded texts, to other programs and from them."""

from typing import Any

from flask import Response, flash

from participation.coding import queries
from participation.coding.forms.exchange import (
    NEW_BOOK,
    ProjectFileForm,
    TakeInForm,
    TakeOutTextsForm,
)
from participation.coding.models import Codebook, Material, QdaImport
from participation.coding.queries.exchange import (
    changeable_codebooks,
    reviewed_voices,
    waiting_import,
    waiting_imports,
)
from participation.coding.rules.exchange import (
    QdaProject,
    UnreadableProject,
    planned,
    write_codebook,
)
from participation.coding.rules.exchange.report import BY_THEME
from participation.coding.rules.exchange.words import left_out_lines, why_unreadable
from participation.coding.rules.keys import key_of
from participation.coding.services.codebooks import new_codebook
from participation.coding.services.exchange import (
    ReportWish,
    codebook_project,
    drop_import,
    matching_codes,
    read_import,
    receive_file,
    take_in_codebook,
    take_in_project,
    take_out,
)
from participation.coding.views.blueprint import blueprint
from participation.disclosure.outlets import outlet
from participation.disclosure.services import thresholds_in_force
from participation.foundation.clock import today
from participation.foundation.errors import Conflict
from participation.foundation.files.web import attachment
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import ngettext
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, render, requires, see_other

QDC = "application/xml"


@blueprint.get("/codebooks/<public_id>/qdc")
@requires(Permission.WORK_WITH_MATERIAL)
def codebook_file(public_id: str) -> Response:
    """A codebook for other programs: codes, memos and their order; nobody's words."""
    book = queries.codebook(db(), public_id)
    project = codebook_project(db(), book)
    if not project.codes:
        raise Conflict(_("The codebook has no codes yet."))
    return attachment(write_codebook(project), f"{book.key}.qdc", QDC)


# ---------------------------------------------------------------- in


@blueprint.get("/exchange")
@requires(Permission.CODE_MATERIAL)
def exchange() -> str:
    """Where a file of another program is sent, and one's own files that wait for a yes."""
    return _file_page(ProjectFileForm(formdata=None))


@blueprint.post("/exchange")
@requires(Permission.CODE_MATERIAL)
@commits
def send_file() -> Any:
    """Read a file and show what is in it."""
    form = ProjectFileForm()
    content = form.content() if form.validate_on_submit() else None
    if content is not None:
        try:
            received = receive_file(db(), actor(), form.file.data.filename or "", content)
        except UnreadableProject as problem:
            form.add_error("file", why_unreadable(problem.reason))
        else:
            return see_other("coding.exchange_page", public_id=received.public_id)
    return _file_page(form)


def _file_page(form: ProjectFileForm) -> str:
    return render("coding/exchange.html", form=form, waiting=waiting_imports(db(), actor()))


@blueprint.get("/exchange/<public_id>")
@requires(Permission.CODE_MATERIAL)
@outlet("workroom")
def exchange_page(public_id: str) -> str:
    """What would come in, and what would not."""
    received = waiting_import(db(), actor(), public_id)
    return _dry_run(received, None)


@blueprint.post("/exchange/<public_id>/confirm")
@requires(Permission.CODE_MATERIAL)
@commits
def take_in(public_id: str) -> Any:
    """Take in all of it."""
    received = waiting_import(db(), actor(), public_id)
    form = TakeInForm().with_codebooks(changeable_codebooks(db(), actor()))
    if not received.is_project:
        del form.title
    if not form.validate():
        return _dry_run(received, form)
    try:
        book = _book(form)
    except Conflict:
        form.add_error("book_title", _("There is a codebook with that name already."))
        return _dry_run(received, form)
    if received.is_project and read_import(received).texts:
        material = take_in_project(db(), actor(), received, book, form.title.data or "")
        flash(_("The texts are here. Read them through, then the codes can be seen."))
        return see_other("coding.review", public_id=material.public_id)
    codes = take_in_codebook(db(), actor(), received, book)
    flash(
        ngettext(
            "The codebook has %(num)s code of the file.",
            "The codebook has the %(num)s codes of the file.",
            len(codes),
        )
    )
    return see_other("coding.materials")


def _book(form: TakeInForm) -> Codebook:
    """The codebook that was chosen, or a new one. Raises Conflict: the name is taken."""
    if form.codebook.data != NEW_BOOK:
        return queries.codebook_to_change(db(), actor(), form.codebook.data or "")
    title = form.book_title.data or _("Codebook")
    return new_codebook(db(), actor(), title)


@blueprint.post("/exchange/<public_id>/drop")
@requires(Permission.CODE_MATERIAL)
@commits
def drop_file(public_id: str) -> Any:
    """Give it up."""
    drop_import(db(), waiting_import(db(), actor(), public_id))
    flash(_("The file is given up. Nothing of it was taken in."))
    return see_other("coding.exchange")


def _dry_run(received: QdaImport, form: TakeInForm | None) -> str:
    project = read_import(received)
    books = changeable_codebooks(db(), actor())
    themes = planned(project, _("Without theme"))
    if form is None:
        form = _suggested(project, received, books)
    return render(
        "coding/exchange_read.html",
        received=received,
        project=project,
        themes=themes,
        codes=sum(len(theme.codes) for theme in themes),
        form=form,
        left_out=left_out_lines(project),
    )


def _suggested(project: QdaProject, received: QdaImport, books: list[Codebook]) -> TakeInForm:
    """The codebook that knows most of the codes, else a new one called as the file."""
    themes = planned(project, _("Without theme"))
    known = [(len(matching_codes(db(), book, themes)), book.public_id) for book in books]
    most, best = max(known, default=(0, NEW_BOOK))
    name = project.title or received.file_name.rsplit(".", 1)[0]
    taken = {key_of(book.title) for book in books}
    form = TakeInForm(
        formdata=None,
        title=name,
        codebook=best if most else NEW_BOOK,
        book_title=name if key_of(name) not in taken else "",
    )
    if not received.is_project or not project.texts:
        del form.title
    return form.with_codebooks(books)


# ---------------------------------------------------------------- out


@blueprint.get("/materials/<public_id>/out")
@requires(Permission.EXTRACT_ANSWERS, whole_county=True)
@outlet("row_extract")
def texts_out(public_id: str) -> str:
    """What leaves with the texts of a material, and why it is asked."""
    material = queries.material(db(), actor(), public_id)
    return _out_page(material, TakeOutTextsForm(formdata=None))


@blueprint.post("/materials/<public_id>/out")
@requires(Permission.EXTRACT_ANSWERS, whole_county=True)
@outlet("row_extract")
@commits
def take_texts_out(public_id: str) -> Any:
    """The file; it is written on the spot and kept nowhere here."""
    material = queries.material(db(), actor(), public_id)
    form = TakeOutTextsForm()
    if not form.validate():
        return _out_page(material, form)
    file_format = form.file_format.data or "qdpx"
    try:
        made = take_out(
            db(),
            actor(),
            material,
            file_format=file_format,
            reason=form.reason.data or "",
            wish=ReportWish(form.arranged.data or BY_THEME, bool(form.memos.data)),
        )
    except Conflict:
        return _out_page(material, form)
    name = f"{key_of(material.title)[:40]}-{today().isoformat()}.{file_format}"
    return attachment(made.content, name, made.media_type)


def _out_page(material: Material, form: TakeOutTextsForm) -> str:
    line = queries.material_line(db(), actor(), material.public_id)
    minimum = thresholds_in_force().minimum
    return render(
        "coding/texts_out.html",
        line=line,
        form=form,
        minimum=minimum,
        is_too_small=reviewed_voices(db(), material) < minimum,
    )
