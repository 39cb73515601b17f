"""Pictures and sounds of questions."""

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from participation.foundation.errors import NotFound
from participation.foundation.files import StoredFile

ABOUT = "questionnaire"


def media_file(session: Session, public_id: str) -> StoredFile:
    """A question's picture or sound with its content, for everybody. Raises NotFound."""
    found = session.scalar(
        select(StoredFile)
        .where(StoredFile.public_id == public_id, StoredFile.about_kind == ABOUT)
        .options(undefer(StoredFile.content))
    )
    if found is None:
        raise NotFound
    return found
