"""Who is named for one material and works with no other."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from participation.coding.models import Material, MaterialCoder
from participation.coding.rules.drafts import SourceKind
from participation.foundation.eventlog.services import log_event
from participation.foundation.permissions import Actor


def name_coders(
    session: Session, actor: Actor, material: Material, account_ids: Collection[int]
) -> None:
    """From now on they review and code this material. Called again, it adds who is new."""
    named = select(MaterialCoder.account_id).where(MaterialCoder.material_id == material.id)
    for account_id in sorted(set(account_ids) - set(session.scalars(named))):
        session.add(MaterialCoder(material_id=material.id, account_id=account_id))
        _log(session, actor, "coder_named", material, account_id)
    session.flush()


def release_coders(
    session: Session,
    actor: Actor,
    source_kind: SourceKind,
    source_public_id: str,
    account_id: int | None = None,
) -> None:
    """One person, or everybody, works no longer with the materials of a source."""
    of_source = _of_source(source_kind, source_public_id)
    rows = session.execute(
        select(MaterialCoder, Material)
        .join(Material, Material.id == MaterialCoder.material_id)
        .where(of_source)
        .order_by(MaterialCoder.material_id, MaterialCoder.account_id)
    )
    for named, material in rows.all():
        if account_id in {None, named.account_id}:
            _log(session, actor, "coder_released", material, named.account_id)
    gone = delete(MaterialCoder).where(
        MaterialCoder.material_id.in_(select(Material.id).where(of_source))
    )
    if account_id is not None:
        gone = gone.where(MaterialCoder.account_id == account_id)
    session.execute(gone)


def _of_source(source_kind: SourceKind, source_public_id: str) -> ColumnElement[bool]:
    return (Material.source_kind == source_kind.value) & (
        Material.source_public_id == source_public_id
    )


def _log(session: Session, actor: Actor, action: str, material: Material, account_id: int) -> None:
    log_event(session, actor, action, "material", material.public_id, subject_account_id=account_id)
