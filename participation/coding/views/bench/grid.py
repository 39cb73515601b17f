"""The coding grid: answers as rows, coded with the keyboard; and one text at a time without it."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from flask import jsonify, request
from werkzeug.wrappers import Response

from participation.coding import queries
from participation.coding.forms import GridFilter, WholeTextForm
from participation.coding.forms.memos import TextMemoForm
from participation.coding.models import Code, Material, MaterialText
from participation.coding.queries import CodeLine
from participation.coding.queries.layers import in_layer
from participation.coding.queries.learning import Learnt, learnt
from participation.coding.queries.materials import IS_READ
from participation.coding.queries.memos import memos_of_text
from participation.coding.queries.names import Names, names_beside
from participation.coding.queries.readings import reader_of
from participation.coding.rules.filters import WHOSE, Layer
from participation.coding.rules.learning import Skill
from participation.coding.views.bench.rows import FRAGMENT_HEADER, progress, row_of, rows_of
from participation.coding.views.blueprint import blueprint
from participation.coding.views.grounds import resting_on_any
from participation.disclosure.outlets import outlet
from participation.foundation.i18n import ngettext
from participation.foundation.paging import Page, page_number
from participation.foundation.permissions import Permission
from participation.foundation.providers import NamedLink
from participation.foundation.web import actor, db, extension, render, requires, see_other


@blueprint.get("/materials/<public_id>")
@requires(Permission.WORK_WITH_MATERIAL)
@outlet("workroom")
def bench(public_id: str) -> str | Response:
    """The grid of one material. With a header of its script: only the answers that fit."""
    if request.headers.get(FRAGMENT_HEADER):
        return _answers(queries.material(db(), actor(), public_id))
    line = queries.material_line(db(), actor(), public_id)
    material = line.material
    beside = queries.siblings(db(), actor(), material)
    names = names_beside(db(), (MaterialText.material_id == material.id) & IS_READ, material)
    form = _filter(material, beside, names)
    chosen = _chosen(form, beside, material)
    if chosen != public_id:
        kept = {k: v for k, v in request.args.items() if k not in {"question", "wave", "page"}}
        return see_other("coding.bench", public_id=chosen, **kept)
    page = _page(material, form)
    known = learnt(db(), actor(), material.codebook_id)
    return render(
        "coding/bench.html",
        line=line,
        source=_source(material),
        form=form,
        page=page,
        rows=rows_of(list(page.items), names, form.layer, known),
        book_public_id=names.book,
        **_around(material, form.layer, known),
    )


def _source(material: Material) -> NamedLink | None:
    """The page of what the material comes from, where whoever collected it has one."""
    for one in extension().features.collect("material_sources"):
        if one.source_kind == material.source_kind:
            found: NamedLink | None = one.link(db(), actor(), material.source_public_id)
            return found
    return None


def _page(material: Material, form: GridFilter) -> Page[MaterialText]:
    wanted = form.wanted(request.args.get("code", type=int))
    number = page_number(request.args.get("page"))
    return queries.grid_page(db(), actor(), material, wanted, number)


def _answers(material: Material) -> Response:
    """The rows that fit; the counts of another layer only when another is asked for."""
    form = GridFilter(request.args)
    page = _page(material, form)
    ids = [text.id for text in page.items]
    names = names_beside(db(), MaterialText.id.in_(ids))
    known = learnt(db(), actor(), material.codebook_id)
    rows = rows_of(list(page.items), names, form.layer, known)
    is_other = request.headers.get(FRAGMENT_HEADER) != form.layer
    counted = _codes(material, form.layer) if is_other else []
    answer = jsonify(
        answers=render("coding/answers.html", material=material, page=page, rows=rows),
        counts={str(one.code.number): one.texts for one in counted},
        coded=queries.material_line(db(), actor(), material.public_id).coded if is_other else None,
        layer=form.layer,
        whose=str(WHOSE[form.layer]),
        narrowed=form.narrowed,
        message=ngettext("%(num)s answer fits.", "%(num)s answers fit.", page.total),
    )
    answer.vary.add(FRAGMENT_HEADER)
    return answer


def _learnt(known: Learnt | None, codes: list[CodeLine]) -> list[tuple[Code, Skill]]:
    """The codes that are suggested, with how often that was right."""
    speaking = {skill.code_id: skill for skill in known.speaking} if known else {}
    return [(one.code, speaking[one.code.id]) for one in codes if one.code.id in speaking]


def _codes(material: Material, layer: Layer) -> list[CodeLine]:
    shown = in_layer(actor(), layer)
    return _usable(queries.code_lines(db(), material.codebook_id, [material.id], shown))


def _around(material: Material, layer: Layer, known: Learnt | None) -> dict[str, Any]:
    """What stands around the answers."""
    codes = _codes(material, layer)
    return {
        "material": material,
        "layer": layer,
        "book": _by_theme(codes),
        "whose": WHOSE,
        "tray_codes": [(one.code.number, one.code.name) for one in codes],
        "progress": progress,
        "learnt": _learnt(known, codes),
        "may_add": queries.may_change_codebook(db(), actor(), material.codebook_id),
        "codebooks": [] if codes else queries.codebooks_to_choose(db(), actor()),
    }


@blueprint.get("/texts/<public_id>")
@requires(Permission.WORK_WITH_MATERIAL)
@outlet("workroom")
def one_text(public_id: str) -> str:
    """One text, its codes, and a way to code it whole."""
    text, material = queries.text_in_material(db(), actor(), public_id)
    return text_page(text, material, WholeTextForm())


def text_page(
    text: MaterialText,
    material: Material,
    form: WholeTextForm,
    problem: str = "",
    memo_form: TextMemoForm | None = None,
) -> str:
    """The page of one text. `problem`: why the choice in the form was not saved; `memo_form`: a
    memo that was not."""
    row = row_of(text, suggests=False)
    form.shown.data = row["shown"]
    form.number.choices = [
        (str(line.code.number), f"{line.code.number} {line.code.name}")
        for line in _usable(queries.code_lines(db(), material.codebook_id))
    ]
    memo_form = (memo_form or TextMemoForm(formdata=None)).offer(form.number.choices)
    return render(
        "coding/text.html",
        resting=resting_on_any({line.excerpt.code_id for line in row["excerpts"]}),
        memos=memos_of_text(db(), actor(), text),
        memo_form=memo_form,
        material=material,
        read_before_by=reader_of(db(), text),
        row=row,
        form=form,
        problem=problem,
    )


def _filter(material: Material, beside: Sequence[Material], names: Names) -> GridFilter:
    form = GridFilter(request.args)
    of_source = [one for one in beside if _is_of_source(one, material)]
    form.offer(
        names,
        [(one.public_id, one.question or one.title) for one in of_source],
        _waves(queries.waves(beside, material)),
    )
    for field in (form.question, form.wave):
        field.data = field.data or material.public_id
    return form


def _waves(materials: Sequence[Material]) -> list[tuple[str, str]]:
    """By their wave; two of the same wave are told apart by their titles."""
    labels = Counter(one.wave_label for one in materials)
    return [
        (one.public_id, one.wave_label if labels[one.wave_label] == 1 else one.title)
        for one in materials
    ]


def _is_of_source(one: Material, other: Material) -> bool:
    return (one.source_kind, one.source_public_id) == (other.source_kind, other.source_public_id)


def _chosen(form: GridFilter, beside: Sequence[Material], material: Material) -> str:
    """The material that the fields for question and wave ask for; else this one."""
    known = {one.public_id for one in beside}
    for wanted in (form.question.data, form.wave.data):
        if wanted != material.public_id and wanted in known:
            return str(wanted)
    return material.public_id


def _usable(codes: list[CodeLine]) -> list[CodeLine]:
    return [line for line in codes if not line.code.is_retired]


def _by_theme(codes: list[CodeLine]) -> list[tuple[str, list[CodeLine]]]:
    themes: dict[str, list[CodeLine]] = {}
    for line in codes:
        themes.setdefault(line.theme.name, []).append(line)
    return list(themes.items())
