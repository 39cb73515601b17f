"""The voices behind codes and groups, for the tables of the workroom."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, String, cast, func, select
from sqlalchemy.orm import Session

from participation.coding.models import Code, Excerpt, Material, MaterialText, Theme
from participation.coding.queries.layers import SHOWN_ID, in_layer
from participation.coding.queries.materials import readable
from participation.coding.rules.filters import Layer
from participation.foundation.permissions import Actor

ATTRIBUTES: dict[str, ColumnElement[str]] = {
    "role": func.coalesce(MaterialText.respondent_role, ""),
    "municipality": func.coalesce(MaterialText.municipality_code, ""),
    "area": func.coalesce(cast(MaterialText.area_id, String), ""),
    "unit": func.coalesce(cast(MaterialText.unit_id, String), ""),
    "wave": Material.wave_label.expression,
}


@dataclass(frozen=True)
class Spoken:
    """Who has each code, and who is in each group: voices by code id and by the group's key."""

    codes: dict[int, set[str]]
    groups: dict[str, set[str]]

    @property
    def everybody(self) -> set[str]:
        return set().union(*self.groups.values())


def spoken(
    session: Session, actor: Actor, materials: Iterable[Material], by: str, layer: Layer
) -> Spoken:
    """Voices of texts that were read through, in the layer that is looked at. Two queries.

    A voice with several texts stands in the group of its first.
    """
    here = Material.id.in_([one.id for one in materials])
    voices = session.execute(
        select(MaterialText.source_ref, ATTRIBUTES[by])
        .join(Material, Material.id == MaterialText.material_id)
        .where(here, readable(actor))
        .order_by(MaterialText.number.desc(), MaterialText.id.desc())
    )
    first: dict[str, str] = dict(voices.all())
    groups: dict[str, set[str]] = {}
    for voice, group in first.items():
        groups.setdefault(group, set()).add(voice)
    coded = session.execute(
        select(SHOWN_ID, MaterialText.source_ref)
        .select_from(Excerpt)
        .join(Code, Code.id == Excerpt.code_id)
        .join(MaterialText, MaterialText.id == Excerpt.text_id)
        .join(Material, Material.id == MaterialText.material_id)
        .where(here, readable(actor), in_layer(actor, layer))
        .distinct()
    )
    codes: dict[int, set[str]] = {}
    for code_id, voice in coded:
        codes.setdefault(code_id, set()).add(voice)
    return Spoken(codes, groups)


def codes_in_use(session: Session, codebook_id: int | None) -> list[tuple[Code, Theme]]:
    """The codes of a book under their themes; those put together with another are left out."""
    rows = session.execute(
        select(Code, Theme)
        .join(Theme, Theme.id == Code.theme_id)
        .where(Code.codebook_id == codebook_id, Code.merged_into_id.is_(None))
        .order_by(Theme.position, Theme.id, Code.number, Code.id)
    )
    return [(code, theme) for code, theme in rows]
