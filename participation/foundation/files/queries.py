"""Reads of files. Who may open one is decided by the feature it belongs to, before it asks."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from participation.foundation.errors import NotFound
from participation.foundation.files.models import StoredFile


def files_about(session: Session, kind: str, public_id: str) -> Sequence[StoredFile]:
    """The files of one thing, oldest first, without their content."""
    return session.scalars(
        select(StoredFile)
        .where(StoredFile.about_kind == kind, StoredFile.about_id == public_id)
        .order_by(StoredFile.id)
    ).all()


def file_about(session: Session, kind: str, public_id: str, file_id: str) -> StoredFile:
    """One file with its content. Raises NotFound unless it belongs to that very thing."""
    found = session.scalar(
        select(StoredFile)
        .where(
            StoredFile.about_kind == kind,
            StoredFile.about_id == public_id,
            StoredFile.public_id == file_id,
        )
        .options(undefer(StoredFile.content))
    )
    if found is None:
        raise NotFound
    return found
