"""Files of answers that somebody took out."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.foundation.errors import NotFound
from participation.foundation.jobs import Job
from participation.foundation.permissions import Actor, Permission
from participation.results.models import (
    AnswerExport,
    AnswerExportPiece,
)

MOST_EXPORTS_SHOWN = 20


def exports_of(session: Session, actor: Actor, round_id: int) -> Sequence[tuple[AnswerExport, Job]]:
    """The files somebody ordered of a round's answers, newest first, with their work."""
    if not actor.scope(Permission.EXTRACT_ANSWERS).everywhere:
        return []
    rows = session.execute(
        select(AnswerExport, Job)
        .join(Job, Job.public_id == AnswerExport.job_public_id)
        .where(
            AnswerExport.round_id == round_id,
            AnswerExport.created_by_account_id == actor.account_id,
        )
        .order_by(AnswerExport.id.desc())
        .limit(MOST_EXPORTS_SHOWN)
    )
    return [(row[0], row[1]) for row in rows]


def ready_export(session: Session, actor: Actor, public_id: str) -> AnswerExport:
    """A file its orderer can download now. Raises NotFound, also when its day is over."""
    found = session.scalar(select(AnswerExport).where(AnswerExport.public_id == public_id))
    is_own = found is not None and found.created_by_account_id == actor.account_id
    if found is None or not is_own or not found.is_ready:
        raise NotFound
    return found


def export_piece(session: Session, export_id: int, position: int) -> bytes | None:
    """One piece of a file; None behind the last."""
    return session.scalar(
        select(AnswerExportPiece.content).where(
            AnswerExportPiece.export_id == export_id, AnswerExportPiece.position == position
        )
    )
