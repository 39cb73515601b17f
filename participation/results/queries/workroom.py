"""Findings being written, for those who publish."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from participation.coding.models import Code, Excerpt, Material, Theme
from participation.coding.queries.voices import Uncoded, uncoded_in
from participation.county.models import Area, Group, Perspective
from participation.disclosure.models import Release
from participation.foundation.errors import NotFound
from participation.foundation.permissions import Actor, Permission
from participation.results.models import (
    Finding,
    FindingCode,
    FindingGroup,
    FindingMaterial,
    FindingQuote,
)


def visible(actor: Actor) -> ColumnElement[bool]:
    """Which findings the person may work on: all, or those of their organisations."""
    scope = actor.scope(Permission.PUBLISH_FINDINGS)
    if scope.everywhere:
        return Finding.id.is_not(None)
    return Finding.organisation_id.in_(scope.organisation_ids)


def findings(session: Session, actor: Actor) -> Sequence[Finding]:
    """Every finding the person may work on, newest change first."""
    return session.scalars(
        select(Finding).where(visible(actor)).order_by(Finding.updated_at.desc(), Finding.id.desc())
    ).all()


def finding(session: Session, actor: Actor, public_id: str) -> Finding:
    """One finding in the workroom. Raises NotFound."""
    found = session.scalar(select(Finding).where(Finding.public_id == public_id, visible(actor)))
    if found is None:
        raise NotFound
    return found


def quotes_of(session: Session, found: Finding) -> Sequence[FindingQuote]:
    """The quotes of a finding, in order."""
    return session.scalars(
        select(FindingQuote)
        .where(FindingQuote.finding_id == found.id)
        .order_by(FindingQuote.position, FindingQuote.id)
    ).all()


def quotes_out_of(session: Session, text_ids: Collection[int]) -> Sequence[FindingQuote]:
    """The quotes chosen out of these texts, in any finding."""
    return session.scalars(
        select(FindingQuote)
        .join(Excerpt, Excerpt.id == FindingQuote.excerpt_id)
        .where(Excerpt.text_id.in_(text_ids))
        .order_by(FindingQuote.id)
    ).all()


def that_lost_a_quote(session: Session, findings: Sequence[Finding]) -> list[Finding]:
    """Those of the findings that were withdrawn and hold a quote somebody took back."""
    withdrawn = [found.id for found in findings if found.state == "withdrawn"]
    if not withdrawn:
        return []
    lost = set(
        session.scalars(
            select(FindingQuote.finding_id).where(
                FindingQuote.finding_id.in_(withdrawn), FindingQuote.text == ""
            )
        )
    )
    return [found for found in findings if found.id in lost]


def quote(session: Session, found: Finding, public_id: str) -> FindingQuote:
    """One quote of a finding. Raises NotFound."""
    row = session.scalar(
        select(FindingQuote).where(
            FindingQuote.finding_id == found.id, FindingQuote.public_id == public_id
        )
    )
    if row is None:
        raise NotFound
    return row


def groups_of(session: Session, found: Finding) -> Sequence[Group]:
    """The groups a finding concerns."""
    return session.scalars(
        select(Group)
        .join(FindingGroup, FindingGroup.group_id == Group.id)
        .where(FindingGroup.finding_id == found.id)
        .order_by(Group.position, Group.id)
    ).all()


def place_of(session: Session, found: Finding) -> tuple[Perspective, Area | None]:
    """Whose view a finding tells, and which area it is about. One query."""
    row = session.execute(
        select(Perspective, Area)
        .outerjoin(Area, Area.id == found.area_id)
        .where(Perspective.key == found.perspective_key)
    ).one()
    return row[0], row[1]


def codes_of(session: Session, found: Finding) -> list[tuple[Code, Theme]]:
    """The codes a finding rests on, with their themes."""
    rows = session.execute(
        select(Code, Theme)
        .join(Theme, Theme.id == Code.theme_id)
        .join(FindingCode, FindingCode.code_id == Code.id)
        .where(FindingCode.finding_id == found.id)
        .order_by(Code.number, Code.id)
    )
    return [(row[0], row[1]) for row in rows]


def materials_of(session: Session, found: Finding) -> Sequence[Material]:
    """The materials a finding rests on."""
    return session.scalars(
        select(Material)
        .join(FindingMaterial, FindingMaterial.material_id == Material.id)
        .where(FindingMaterial.finding_id == found.id)
        .order_by(Material.id)
    ).all()


def uncoded_behind(session: Session, actor: Actor, found: Finding) -> list[Uncoded]:
    """Texts a finding counts over that nobody has coded; none where it counts no codes."""
    materials = select(FindingMaterial.material_id).where(
        FindingMaterial.finding_id == found.id,
        exists().where(FindingCode.finding_id == found.id),
    )
    return uncoded_in(session, actor, materials)


def release_by_id(session: Session, release_id: int | None) -> Release | None:
    return None if release_id is None else session.get(Release, release_id)
