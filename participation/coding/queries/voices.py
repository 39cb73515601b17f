"""How many voices, for the floors above.

A text that nobody has read through counts nowhere. What is said of how many counts a text only
when somebody has put a code on it or set it aside: a text that waits to be coded does not say no.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, String, cast, exists, func, select
from sqlalchemy.orm import Session

from participation.coding.models import Code, Excerpt, Material, MaterialText, Theme
from participation.coding.queries.layers import (
    READ_AS,
    SHOWN_NAME,
    ShownCode,
    has_code,
    is_counted,
)
from participation.coding.queries.materials import IS_CODED, visible
from participation.coding.rules.drafts import SourceKind
from participation.foundation.permissions import Actor

IS_REVIEWED = MaterialText.reviewed_at.is_not(None)
IS_JUDGED = IS_REVIEWED & IS_CODED


@dataclass(frozen=True)
class VoiceSpread:
    """How many voices of how many, and over how many roles and municipalities.

    `n`: those of whose texts somebody coded one, or set it aside.
    """

    count: int
    n: int
    roles: int
    municipalities: int


def voice_spread(
    session: Session, material_ids: Iterable[int], code_ids: Iterable[int]
) -> VoiceSpread:
    """Distinct voices of the coded texts, and those with one of the codes. One query."""
    wanted, codes = list(material_ids), list(code_ids)
    in_materials = MaterialText.material_id.in_(wanted) & IS_JUDGED
    voice = MaterialText.source_ref.distinct()
    everybody = select(func.count(voice)).where(in_materials).correlate(None).scalar_subquery()
    n, count, roles, municipalities = session.execute(
        select(
            everybody,
            func.count(voice),
            func.count(MaterialText.respondent_role.distinct()),
            func.count(MaterialText.municipality_code.distinct()),
        ).where(
            in_materials,
            exists().where(Excerpt.text_id == MaterialText.id, has_code(codes), is_counted()),
        )
    ).one()
    return VoiceSpread(count=count, n=n, roles=roles, municipalities=municipalities)


@dataclass(frozen=True)
class ThemeSaid:
    """A theme, the public ids of all codes that are read under it, and who says something of it."""

    id: int
    public_id: str
    name: str
    codes: frozenset[str]
    voices: frozenset[str]


@dataclass(frozen=True)
class WhoSaidWhat:
    """`groups`: by voice its role, municipality, unit and age, "" where nothing is known."""

    groups: Mapping[str, Mapping[str, str]]
    themes: tuple[ThemeSaid, ...]


BACKGROUND: Mapping[str, ColumnElement[str]] = {
    "role": func.coalesce(MaterialText.respondent_role, ""),
    "municipality": func.coalesce(MaterialText.municipality_code, ""),
    "unit": func.coalesce(cast(MaterialText.unit_id, String), ""),
    "age_band": func.coalesce(MaterialText.age_band, ""),
}


def who_said_what(session: Session, material_ids: Iterable[int]) -> WhoSaidWhat:
    """Distinct voices by theme and by group (outlet: workroom, or through the gate). Three queries.

    A voice with several texts stands in the group of the first of them that is coded.
    """
    in_materials = MaterialText.material_id.in_(list(material_ids)) & IS_JUDGED
    voices = session.execute(
        select(MaterialText.source_ref, *BACKGROUND.values())
        .where(in_materials)
        .order_by(MaterialText.number.desc(), MaterialText.id.desc())
    )
    groups = {row[0]: dict(zip(BACKGROUND, row[1:], strict=True)) for row in voices}
    theme_id = func.coalesce(ShownCode.theme_id, Code.theme_id)
    rows = session.execute(
        select(theme_id, MaterialText.source_ref)
        .select_from(Excerpt)
        .join(MaterialText, MaterialText.id == Excerpt.text_id)
        .join(Code, Code.id == Excerpt.code_id)
        .outerjoin(ShownCode, READ_AS)
        .where(in_materials, is_counted())
        .distinct()
    )
    said: dict[int, set[str]] = {}
    for found, voice in rows:
        said.setdefault(found, set()).add(voice)
    codes = session.execute(
        select(Theme, Code.public_id)
        .select_from(Code)
        .outerjoin(ShownCode, READ_AS)
        .join(Theme, Theme.id == theme_id)
        .where(theme_id.in_(list(said)))
        .order_by(Theme.position, Theme.id, Code.id)
    )
    read_as: dict[Theme, set[str]] = {}
    for theme, public_id in codes:
        read_as.setdefault(theme, set()).add(public_id)
    return WhoSaidWhat(
        groups=groups,
        themes=tuple(
            ThemeSaid(
                theme.id, theme.public_id, theme.name, frozenset(ids), frozenset(said[theme.id])
            )
            for theme, ids in read_as.items()
        ),
    )


def materials_of_round(session: Session, public_id: str) -> tuple[list[Material], int]:
    """What was written in a survey round, and how many texts of it nobody has read through."""
    rows = session.execute(
        select(Material, func.count(MaterialText.id).filter(~IS_REVIEWED))
        .join(MaterialText, MaterialText.material_id == Material.id)
        .where(
            Material.source_kind == SourceKind.ROUND.value, Material.source_public_id == public_id
        )
        .group_by(Material.id)
        .order_by(Material.id)
    ).all()
    return [row[0] for row in rows], sum(row[1] for row in rows)


@dataclass(frozen=True)
class Uncoded:
    """A material with texts that are read and wait to be coded. `is_open`: the person may."""

    material: Material
    texts: int
    is_open: bool


def uncoded_in(
    session: Session, actor: Actor, material_ids: Collection[int] | Select[int]
) -> list[Uncoded]:
    """Where texts are left to code, of these materials. One query."""
    texts, is_open = func.count(MaterialText.id), visible(actor)
    rows = session.execute(
        select(Material, texts, is_open)
        .join(MaterialText, MaterialText.material_id == Material.id)
        .where(Material.id.in_(material_ids), IS_REVIEWED, ~IS_CODED)
        .group_by(Material.id)
        .order_by(Material.id)
    )
    return [Uncoded(material, left, bool(may_open)) for material, left, may_open in rows]


@dataclass(frozen=True)
class CodedVoice:
    """A voice that has a code. `source_ref`: how its source names it."""

    theme_public_id: str
    theme: str
    code: str
    source_ref: str


def refs_by_code(session: Session, source_kind: SourceKind, public_id: str) -> list[CodedVoice]:
    """Which voices of a source have which code, by theme (outlet: workroom). One query.

    What was put together with another code is told as that one.
    """
    rows = session.execute(
        select(Theme.public_id, Theme.name, SHOWN_NAME, MaterialText.source_ref)
        .select_from(Excerpt)
        .join(MaterialText, MaterialText.id == Excerpt.text_id)
        .join(Material, Material.id == MaterialText.material_id)
        .join(Code, Code.id == Excerpt.code_id)
        .outerjoin(ShownCode, READ_AS)
        .join(Theme, Theme.id == func.coalesce(ShownCode.theme_id, Code.theme_id))
        .where(
            Material.source_kind == source_kind.value,
            Material.source_public_id == public_id,
            IS_REVIEWED,
            is_counted(),
        )
        .distinct()
    )
    return sorted(
        (CodedVoice(*row) for row in rows), key=lambda one: (one.theme, one.code, one.source_ref)
    )


def voices_by_role(session: Session, material_ids: Iterable[int]) -> dict[tuple[int, str], int]:
    """Distinct voices of each material and respondent role: (material id, role) → voices."""
    rows = session.execute(
        select(
            MaterialText.material_id,
            MaterialText.respondent_role,
            func.count(MaterialText.source_ref.distinct()),
        )
        .where(MaterialText.material_id.in_(list(material_ids)), IS_REVIEWED)
        .group_by(MaterialText.material_id, MaterialText.respondent_role)
    )
    return {(material_id, role or ""): voices for material_id, role, voices in rows}
