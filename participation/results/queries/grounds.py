"""Between findings and what they rest on: which findings stand on a code, and how many say it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased

from participation.coding.models import Code, Excerpt, MaterialText, Theme
from participation.coding.queries.layers import SHOWN_ID, is_counted
from participation.coding.queries.voices import IS_REVIEWED
from participation.foundation.permissions import Actor
from participation.results.models import Finding, FindingCode, FindingMaterial
from participation.results.queries.workroom import visible


def findings_on_codes(
    session: Session, actor: Actor, code_ids: Collection[int]
) -> list[tuple[int, Finding, bool]]:
    """Code, finding, and whether the person works on it; others are seen once published. One query.

    What was put together with another code is asked for, and told, as that one.
    """
    may_work = visible(actor)
    named = aliased(Code)
    asked = select(func.coalesce(named.merged_into_id, named.id)).where(
        named.id.in_(list(code_ids))
    )
    rows = session.execute(
        select(SHOWN_ID, Finding, may_work)
        .select_from(FindingCode)
        .join(Code, Code.id == FindingCode.code_id)
        .join(Finding, Finding.id == FindingCode.finding_id)
        .where(SHOWN_ID.in_(asked), or_(may_work, Finding.state == "published"))
        .order_by(SHOWN_ID, Finding.id)
    )
    found = {(row[0], row[1].id): (row[0], row[1], bool(row[2])) for row in rows}
    return list(found.values())


@dataclass(frozen=True)
class CodeGround:
    """A code that a finding rests on. `voices`: distinct voices in the finding's texts."""

    code: Code
    voices: int


@dataclass(frozen=True)
class ThemeGround:
    """A theme with the finding's codes under it, and the distinct voices of those codes."""

    theme: Theme
    voices: int
    codes: Sequence[CodeGround]


def grounds_of(session: Session, found: Finding) -> list[ThemeGround]:
    """What a finding rests on, theme by theme (outlet: workroom). One query."""
    own = aliased(Code)  # beside the codes that passages have
    in_texts = select(FindingMaterial.material_id).where(FindingMaterial.finding_id == found.id)
    said = (
        select(SHOWN_ID.label("code_id"), MaterialText.source_ref.label("voice"))
        .select_from(Excerpt)
        .join(Code, Code.id == Excerpt.code_id)
        .join(MaterialText, MaterialText.id == Excerpt.text_id)
        .where(MaterialText.material_id.in_(in_texts), IS_REVIEWED, is_counted())
        .distinct()
        .subquery()
    )
    rows = session.execute(
        select(own, Theme, said.c.voice)
        .join(FindingCode, FindingCode.code_id == own.id)
        .join(Theme, Theme.id == own.theme_id)
        .outerjoin(said, said.c.code_id == func.coalesce(own.merged_into_id, own.id))
        .where(FindingCode.finding_id == found.id)
        .order_by(Theme.position, Theme.id, own.number, own.id)
    )
    themes: dict[Theme, dict[Code, set[str]]] = {}
    for code, theme, voice in rows:
        voices = themes.setdefault(theme, {}).setdefault(code, set())
        if voice is not None:
            voices.add(voice)
    return [
        ThemeGround(
            theme,
            len(set().union(*codes.values())),
            [CodeGround(code, len(voices)) for code, voices in codes.items()],
        )
        for theme, codes in themes.items()
    ]
