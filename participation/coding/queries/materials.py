"""Materials, as far as the person asking may, and what waits in each."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, case, exists, false, func, or_, select
from sqlalchemy.orm import Session

from participation.coding.models import Excerpt, Material, MaterialCoder, MaterialText, TextState
from participation.county.models import Unit
from participation.foundation.errors import NotFound
from participation.foundation.permissions import Actor, Permission


def visible(actor: Actor) -> ColumnElement[bool]:
    """Which materials the person may code: all, those of their organisations, and those they are
    named for."""
    scope = actor.scope(Permission.CODE_MATERIAL)
    if scope.everywhere:
        return Material.id.is_not(None)
    return or_(Material.organisation_id.in_(scope.organisation_ids), _is_named(actor))


def unseen(actor: Actor) -> ColumnElement[bool]:
    """The other materials: those of the whole county, or of other organisations."""
    return Material.id.not_in(select(Material.id).where(visible(actor)))


IS_READ: ColumnElement[bool] = MaterialText.reviewed_at.is_not(None)
"""Somebody has read the text through and hidden what points to a person."""


def readable(actor: Actor) -> ColumnElement[bool]:
    """The texts whose words, and counts of them, the person may see; beside `MaterialText` and
    `Material`. Every statement that shows words or counts of coded texts asks for this, or for
    `IS_READ` where the material is the person's already."""
    return IS_READ & visible(actor)


def may_review(actor: Actor) -> ColumnElement[bool]:
    """Whose raw texts the person may read: their own material, one they are named for, or one
    that nobody owns and nobody is named for."""
    free = Material.owner_account_id.is_(None) & ~_has_named()
    return or_(free, Material.owner_account_id == actor.account_id, _is_named(actor))


def _is_named(actor: Actor) -> ColumnElement[bool]:
    if not actor.can(Permission.WORK_WITH_MATERIAL):
        return false()
    mine = MaterialCoder.account_id == actor.account_id
    return _has_named(mine) & ~_is_about(actor.organisation_ids)


def _is_about(organisation_ids: frozenset[int]) -> ColumnElement[bool]:
    """Whether a text tells of a unit of these: nobody is named for what is said about their own."""
    if not organisation_ids:
        return false()
    return (
        exists()
        .where(
            MaterialText.material_id == Material.id,
            Unit.id == MaterialText.unit_id,
            Unit.organisation_id.in_(organisation_ids),
        )
        .correlate(Material)
    )


def _has_named(*which: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(MaterialCoder.material_id == Material.id, *which).correlate(Material)


# By anybody: coders share a material, and nobody is to begin a text that another has done.
IS_CODED: ColumnElement[bool] = or_(
    exists().where(TextState.text_id == MaterialText.id).correlate(MaterialText),
    exists().where(Excerpt.text_id == MaterialText.id).correlate(MaterialText),
)


@dataclass(frozen=True)
class MaterialLine:
    """A material and how far it is."""

    material: Material
    total: int
    reviewed: int
    coded: int
    may_review: bool  # the person asking, its raw texts

    @property
    def to_review(self) -> int:
        return self.total - self.reviewed

    @property
    def to_code(self) -> int:
        return self.reviewed - self.coded


def _lines(actor: Actor, *which: ColumnElement[bool]) -> Select[Material, int, int, int, bool]:
    """The texts are counted by their material's number alone, from an index: ten thousand of them
    take milliseconds."""
    text = MaterialText
    counted = (
        select(
            text.material_id,
            func.count(text.id).label("total"),
            func.count(text.reviewed_at).label("reviewed"),
            func.sum(case((IS_READ & IS_CODED, 1), else_=0)).label("coded"),
        )
        .where(text.material_id.in_(select(Material.id).where(visible(actor), *which)))
        .group_by(text.material_id)
        .subquery()
    )
    return (
        select(
            Material,
            func.coalesce(counted.c.total, 0),
            func.coalesce(counted.c.reviewed, 0),
            func.coalesce(counted.c.coded, 0),
            may_review(actor),
        )
        .join(counted, counted.c.material_id == Material.id, isouter=True)
        .where(visible(actor), *which)
        .order_by(Material.created_at.desc(), Material.id.desc())
    )


def materials(session: Session, actor: Actor) -> list[MaterialLine]:
    """Every material the person may code, newest first. One query."""
    return [MaterialLine(*row) for row in session.execute(_lines(actor))]


def materials_of_source(
    session: Session, actor: Actor, source_kind: str, source_public_id: str
) -> list[MaterialLine]:
    """The materials of one round or audit: one for each question."""
    of_source = _lines(
        actor, Material.source_kind == source_kind, Material.source_public_id == source_public_id
    )
    return [MaterialLine(*row) for row in session.execute(of_source)]


def siblings(session: Session, actor: Actor, found: Material) -> list[Material]:
    """Those beside a material, itself too, by question and wave: the other questions of its source,
    and the same question in other waves."""
    of_source = (Material.source_kind == found.source_kind) & (
        Material.source_public_id == found.source_public_id
    )
    of_wave = (
        (Material.source_kind == found.source_kind)
        & (Material.question_key == found.question_key)
        & (Material.question == found.question)
        & (Material.wave_label != "")
    )
    is_beside = or_(of_source, of_wave) if found.question and found.wave_label else of_source
    rows = session.scalars(select(Material).where(visible(actor), is_beside))
    return sorted(rows, key=lambda one: (one.question or one.title, one.wave_label, one.id))


def waves(beside: Sequence[Material], found: Material) -> list[Material]:
    """Those that ask the same in other waves, and itself. Titles name the wave."""

    def series(one: Material) -> tuple[str, str, str]:
        return one.title.replace(one.wave_label, ""), one.question_key, one.question

    return [one for one in beside if series(one) == series(found)]


def material_line(session: Session, actor: Actor, public_id: str) -> MaterialLine:
    """How far one material is. Raises NotFound."""
    row = session.execute(_lines(actor, Material.public_id == public_id)).first()
    if row is None:
        raise NotFound
    return MaterialLine(*row)


def material(session: Session, actor: Actor, public_id: str) -> Material:
    """One material. Raises NotFound."""
    found = session.scalar(select(Material).where(Material.public_id == public_id, visible(actor)))
    if found is None:
        raise NotFound
    return found


def reviewable_material(session: Session, actor: Actor, public_id: str) -> Material:
    """A material whose raw texts the person may read. Raises NotFound."""
    statement = select(Material).where(Material.public_id == public_id, visible(actor))
    found = session.scalar(statement.where(may_review(actor)))
    if found is None:
        raise NotFound
    return found


def waiting_by_material(session: Session, actor: Actor) -> list[MaterialLine]:
    """Materials with something left to review (by this person) or to code."""
    lines = materials(session, actor)
    return [line for line in lines if line.to_review or line.to_code]


def coding_progress(session: Session, actor: Actor) -> tuple[int, int]:
    """(texts to review, texts to code) over all visible materials: what waits."""
    lines = materials(session, actor)
    return sum(line.to_review for line in lines), sum(line.to_code for line in lines)
