"""Writes of files: store and forget."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from participation.foundation.files.models import StoredFile
from participation.foundation.files.rules import HANDED_IN, checked_type, safe_name
from participation.foundation.files.traces import without_traces
from participation.foundation.permissions import Actor


def store_file(
    session: Session,
    actor: Actor,
    *,
    about: tuple[str, str],
    name: str,
    content: bytes,
    allowed: Sequence[str] = HANDED_IN,
) -> StoredFile:
    """Keep a file handed in; `about` is (kind, public id) of what it belongs to.

    What a picture or sound tells beside itself, such as where it was made, is not kept.

    Raises UnsafeFile for anything but a whole file of the `allowed` types, of at most 5 MiB.
    """
    media_type = checked_type(content, allowed)
    content = without_traces(content, media_type)
    kind, public_id = about
    stored = StoredFile(
        about_kind=kind,
        about_id=public_id,
        name=safe_name(name, media_type),
        media_type=media_type,
        size=len(content),
        content=content,
        created_by_account_id=actor.account_id,
    )
    session.add(stored)
    session.flush()
    return stored


def forget_file(session: Session, stored: StoredFile) -> None:
    """The file is gone, with its content."""
    session.delete(stored)
    session.flush()
