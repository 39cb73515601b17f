"""What somebody has sent in and not yet said yes to."""

from collections.abc import Sequence

from sqlalchemy import select
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


def names_sent_in(session: Session, account_id: int) -> list[str]:
    """What all is called that somebody sent in and that waits. Two queries."""
    files = select(QdaImport).where(QdaImport.owner_account_id == account_id)
    texts = select(MaterialImport).where(MaterialImport.owner_account_id == account_id)
    return [
        *(one.file_name for one in session.scalars(files.order_by(QdaImport.id))),
        *(one.name for one in session.scalars(texts.order_by(MaterialImport.id))),
    ]
