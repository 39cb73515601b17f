"""What somebody has sent in and not yet said yes to."""

from collections.abc import Sequence

from sqlalchemy import func, select, union_all
from sqlalchemy.orm import Session

from participation.coding.models import MaterialImport, QdaImport
from participation.foundation.errors import NotFound
from participation.foundation.permissions import Actor


def received_material(session: Session, actor: Actor, public_id: str) -> MaterialImport:
    """What waits for a yes. Raises NotFound, also for everybody but its owner."""
    found = session.scalar(select(MaterialImport).where(MaterialImport.public_id == public_id))
    if found is None or found.owner_account_id != actor.account_id:
        raise NotFound
    return found


def received_materials(session: Session, actor: Actor) -> Sequence[MaterialImport]:
    """One's own that wait for a yes, newest first."""
    return session.scalars(
        select(MaterialImport)
        .where(MaterialImport.owner_account_id == actor.account_id)
        .order_by(MaterialImport.id.desc())
    ).all()


def number_sent_in(session: Session, account_id: int) -> int:
    """How much somebody sent in that waits for their yes. One query."""
    files = select(QdaImport.id).where(QdaImport.owner_account_id == account_id)
    texts = select(MaterialImport.id).where(MaterialImport.owner_account_id == account_id)
    waiting = union_all(files, texts).subquery()
    return session.scalar(select(func.count()).select_from(waiting)) or 0
