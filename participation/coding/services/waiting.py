"""What was sent in and waits for a yes: a month at most, and not beyond the one who sent it."""

from datetime import timedelta

from sqlalchemy import ColumnElement, delete
from sqlalchemy.orm import Session

from participation.coding.models import MaterialImport, QdaImport
from participation.foundation.clock import now
from participation.foundation.eventlog.services import log_event
from participation.foundation.permissions import SYSTEM

KEPT = timedelta(days=30)
TABLES = (QdaImport, MaterialImport)


def forget_old_imports(session: Session) -> int:
    """Delete what nobody said yes to in a month; how many there were. Nobody has read them."""
    long_ago = now() - KEPT
    gone = sum(_forget(session, table, table.created_at < long_ago) for table in TABLES)
    if gone:
        log_event(session, SYSTEM, "old_imports_forgotten", "material", "imports", files=gone)
    return gone


def forget_imports_of(session: Session, account_id: int) -> int:
    """Delete what a person sent in and had not taken in; how many there were."""
    return sum(_forget(session, one, one.owner_account_id == account_id) for one in TABLES)


def _forget(
    session: Session,
    table: type[QdaImport] | type[MaterialImport],
    which: ColumnElement[bool],
) -> int:
    gone = session.scalars(delete(table).where(which).returning(table.id)).all()
    return len(gone)
