"""How many voices, for the floors above. A text that nobody has read through counts nowhere."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from participation.coding.models import Excerpt, MaterialText
from participation.coding.queries.layers import has_code, is_counted

IS_REVIEWED = MaterialText.reviewed_at.is_not(None)


@dataclass(frozen=True)
class VoiceSpread:
    """How many voices of how many, and over how many roles and municipalities."""

    count: int
    n: int
    roles: int
    municipalities: int


def voice_spread(
    session: Session, material_ids: Iterable[int], code_ids: Iterable[int]
) -> VoiceSpread:
    """Distinct voices of the materials, and those with one of the codes. Two queries."""
    wanted, codes = list(material_ids), list(code_ids)
    in_materials = MaterialText.material_id.in_(wanted) & IS_REVIEWED
    voice = MaterialText.source_ref.distinct()
    n = session.scalar(select(func.count(voice)).where(in_materials)) or 0
    count, roles, municipalities = session.execute(
        select(
            func.count(voice),
            func.count(MaterialText.respondent_role.distinct()),
            func.count(MaterialText.municipality_code.distinct()),
        ).where(
            in_materials,
            exists().where(Excerpt.text_id == MaterialText.id, has_code(codes), is_counted()),
        )
    ).one()
    return VoiceSpread(count=count, n=n, roles=roles, municipalities=municipalities)


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
