"""Tables of the workroom: codes by group, codes together; and words over all materials."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import request
from werkzeug.wrappers import Response

from participation.coding import queries
from participation.coding.models import Code, Material, MaterialText
from participation.coding.queries.crosstables import Spoken, codes_in_use, spoken
from participation.coding.queries.materials import IS_READ
from participation.coding.queries.names import Names, names_beside
from participation.coding.queries.searching import search_texts
from participation.coding.rules.crosstables import Group, by_group, is_small, shown_groups, together
from participation.coding.rules.drafts import role_label
from participation.coding.rules.filters import LAYERS, Layer
from participation.coding.rules.keys import key_of
from participation.coding.views.blueprint import blueprint
from participation.disclosure.outlets import outlet
from participation.disclosure.services import thresholds_in_force
from participation.foundation.eventlog.services import log_event
from participation.foundation.files.web import attachment
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l
from participation.foundation.paging import page_number
from participation.foundation.permissions import Permission
from participation.foundation.tabular import csv_bytes
from participation.foundation.web import actor, commits, db, render, requires

BY: Mapping[str, Any] = {
    "role": _l("Respondent role"),
    "municipality": _l("Municipality"),
    "area": _l("Area"),
    "unit": _l("Unit"),
    "wave": _l("Wave"),
    "codes": _l("Two codes together"),
}


@dataclass(frozen=True)
class WorkTable:
    """Headings, and rows that begin with what they are about. Empty: nothing to compare."""

    columns: list[str]
    rows: list[list[str | int]]

    @property
    def headings(self) -> list[str | tuple[str, str]]:
        """All but the first over numbers."""
        return [*self.columns[:1], *((column, "num") for column in self.columns[1:])]


@blueprint.get("/materials/<public_id>/tables")
@requires(Permission.WORK_WITH_MATERIAL)
@outlet("workroom")
def tables(public_id: str) -> str:
    """How many voices of each group have each code, or two codes; small numbers hidden."""
    material = queries.material(db(), actor(), public_id)
    by, layer = _by(request.args), _layer(request.args)
    return render(
        "coding/tables.html",
        material=material,
        by=by,
        layer=layer,
        by_words=BY,
        layers=LAYERS,
        table=_table(material, by, layer),
        may_take_out=_may_take_out(),
    )


@blueprint.post("/materials/<public_id>/tables")
@requires(Permission.EXTRACT_ANSWERS, whole_county=True)
@outlet("workroom")
@commits
def tables_file(public_id: str) -> Response:
    """The same table as a file; that it was taken is in the event log."""
    material = queries.material(db(), actor(), public_id)
    by, layer = _by(request.form), _layer(request.form)
    table = _table(material, by, layer)
    log_event(db(), actor(), "table_taken_out", "material", material.public_id, table=by)
    content = csv_bytes(table.columns, table.rows)
    return attachment(content, f"{key_of(material.title)[:40]}-{by}.csv", "text/csv")


def _may_take_out() -> bool:
    return actor().scope(Permission.EXTRACT_ANSWERS).everywhere


def _by(asked: Mapping[str, str]) -> str:
    return asked.get("by", "") if asked.get("by") in BY else "role"


def _layer(asked: Mapping[str, str]) -> Layer:
    wanted = asked.get("codes", "")
    return Layer(wanted) if wanted in LAYERS else Layer.ALL


def _table(material: Material, by: str, layer: Layer) -> WorkTable:
    codes = [code for code, _theme in codes_in_use(db(), material.codebook_id)]
    if by == "codes":
        return _of_pairs(codes, spoken(db(), actor(), [material], "role", layer))
    materials = queries.waves(queries.siblings(db(), actor(), material), material)
    found = spoken(db(), actor(), materials if by == "wave" else [material], by, layer)
    which = (MaterialText.material_id == material.id) & IS_READ
    return _of_groups(codes, found, _labels(by, names_beside(db(), which)))


def _labels(by: str, names: Names) -> Callable[[str], str]:
    if by == "role":
        return role_label
    known: Mapping[str, str] = {
        "municipality": names.places,
        "area": {str(key): name for key, name in names.areas.items()},
        "unit": {str(key): name for key, name in names.units.items()},
    }.get(by, {})
    return lambda key: known.get(key, key) or _("Not told")


def _of_groups(codes: Sequence[Code], found: Spoken, label: Callable[[str], str]) -> WorkTable:
    named = sorted((label(key), voices) for key, voices in found.groups.items())
    fewest = thresholds_in_force().minimum
    groups = shown_groups([Group(name, voices) for name, voices in named], fewest)
    if not groups:
        return WorkTable([], [])
    others = _("Others")
    columns = [f"{one.label or others} ({len(one.voices)})" for one in groups]
    rows = [
        _row(code, by_group(found.codes[code.id], groups, fewest))
        for code in codes
        if code.id in found.codes
    ]
    return WorkTable([_("Code"), *columns], rows)


def _of_pairs(codes: Sequence[Code], found: Spoken) -> WorkTable:
    used = [code for code in codes if code.id in found.codes]
    fewest = thresholds_in_force().minimum
    if not used or is_small(len(found.everybody), fewest):
        return WorkTable([], [])
    pairs = together({code.id: found.codes[code.id] for code in used}, found.everybody, fewest)
    rows = [_row(one, [pairs[one.id, other.id] for other in used]) for one in used]
    return WorkTable([_("Code"), *(str(code.number) for code in used)], rows)


def _row(code: Code, counts: Sequence[int | None]) -> list[str | int]:
    hidden = _("hidden")
    return [f"{code.number} {code.name}", *(hidden if n is None else n for n in counts)]


@blueprint.get("/search")
@requires(Permission.WORK_WITH_MATERIAL)
@outlet("workroom")
def search() -> str:
    """Words in every text the person may read."""
    words = request.args.get("q", "")
    page = search_texts(db(), actor(), words, page_number(request.args.get("page")))
    return render("coding/search.html", words=words.strip(), page=page, role_label=role_label)
