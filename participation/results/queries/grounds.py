"""Between findings and what they rest on: which findings stand on a code, and how many say it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased

from participation.coding.models import Code, Excerpt, Material, MaterialText, Theme
from participation.coding.queries.layers import READ_AS, SHOWN_ID, ShownCode, is_counted
from participation.coding.queries.voices import IS_REVIEWED
from participation.foundation.permissions import Actor
from participation.results.models import Finding, FindingCode
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


def grounds_of(
    session: Session, codes: Sequence[tuple[Code, Theme]], materials: Sequence[Material]
) -> list[ThemeGround]:
    """What a finding rests on, theme by theme (outlet: workroom). Two queries."""
    shown = {code.merged_into_id or code.id for code, _theme in codes}
    by_code, by_theme = (
        dict(
            session.execute(
                select(key, func.count(MaterialText.source_ref.distinct()))
                .select_from(Excerpt)
                .join(MaterialText, MaterialText.id == Excerpt.text_id)
                .join(Code, Code.id == Excerpt.code_id)
                .outerjoin(ShownCode, READ_AS)
                .where(
                    MaterialText.material_id.in_([one.id for one in materials]),
                    IS_REVIEWED,
                    is_counted(),
                    SHOWN_ID.in_(shown),
                )
                .group_by(key)
            ).all()
        )
        for key in (SHOWN_ID, func.coalesce(ShownCode.theme_id, Code.theme_id))
    )
    themes: dict[Theme, list[CodeGround]] = {}
    for code, theme in codes:
        ground = CodeGround(code, by_code.get(code.merged_into_id or code.id, 0))
        themes.setdefault(theme, []).append(ground)
    return [ThemeGround(theme, by_theme.get(theme.id, 0), own) for theme, own in themes.items()]
