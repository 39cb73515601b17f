"""What goes to other programs and what came from them."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased

from participation.coding.models import (
    Code,
    Codebook,
    Excerpt,
    Material,
    MaterialText,
    QdaImport,
    Theme,
)
from participation.coding.queries.codebooks import codebook_lines
from participation.coding.queries.materials import IS_READ
from participation.foundation.errors import NotFound
from participation.foundation.permissions import Actor


def waiting_import(session: Session, actor: Actor, public_id: str) -> QdaImport:
    """A file that waits for a yes. Raises NotFound, also for everybody but its owner."""
    found = session.scalar(select(QdaImport).where(QdaImport.public_id == public_id))
    if found is None or found.owner_account_id != actor.account_id:
        raise NotFound
    return found


def waiting_imports(session: Session, actor: Actor) -> Sequence[QdaImport]:
    """One's own files that wait for a yes, newest first."""
    return session.scalars(
        select(QdaImport)
        .where(QdaImport.owner_account_id == actor.account_id)
        .order_by(QdaImport.id.desc())
    ).all()


def changeable_codebooks(session: Session, actor: Actor) -> list[Codebook]:
    """The codebooks the person may add codes to, by title."""
    return [book for book, may_change in codebook_lines(session, actor) if may_change]


def codes_with_themes(session: Session, codebook_id: int) -> Sequence[tuple[Theme, Code | None]]:
    """Every theme of a codebook with each of its codes, in order; one without codes is there.

    A code that was put together with another is that one.
    """
    rows = session.execute(
        select(Theme, Code)
        .outerjoin(Code, (Code.theme_id == Theme.id) & Code.merged_into_id.is_(None))
        .where(Theme.codebook_id == codebook_id)
        .order_by(Theme.position, Theme.id, Code.number, Code.id)
    )
    return [(theme, code) for theme, code in rows]


def reviewed_texts(session: Session, found: Material) -> Sequence[MaterialText]:
    """Every text of a material that somebody has read through, in order."""
    return session.scalars(
        select(MaterialText)
        .where(MaterialText.material_id == found.id, IS_READ)
        .order_by(MaterialText.number, MaterialText.id)
    ).all()


def reviewed_voices(session: Session, found: Material) -> int:
    """How many voices have a text that somebody has read through."""
    voices = select(func.count(MaterialText.source_ref.distinct()))
    return session.scalar(voices.where(MaterialText.material_id == found.id, IS_READ)) or 0


def passages(
    session: Session, found: Material, *which: ColumnElement[bool]
) -> Sequence[tuple[Excerpt, Code, Theme]]:
    """Every passage of a material's reviewed texts, in order, with the code it is read as."""
    put = aliased(Code)
    rows = session.execute(
        select(Excerpt, Code, Theme)
        .join(MaterialText, MaterialText.id == Excerpt.text_id)
        .join(put, put.id == Excerpt.code_id)
        .join(Code, Code.id == func.coalesce(put.merged_into_id, put.id))
        .join(Theme, Theme.id == Code.theme_id)
        .where(MaterialText.material_id == found.id, IS_READ, *which)
        .order_by(MaterialText.number, Excerpt.start, Code.number, Excerpt.id)
    )
    return [(excerpt, code, theme) for excerpt, code, theme in rows]
