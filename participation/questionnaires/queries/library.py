"""The question library as a county sees it: what came with the platform, and its own."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.foundation.errors import NotFound
from participation.foundation.permissions import Actor
from participation.questionnaires.models import SharedQuestion
from participation.questionnaires.queries.versions import may_manage
from participation.questionnaires.rules.library import LibraryQuestion, library, own_question


def whole_library(session: Session) -> Mapping[str, LibraryQuestion]:
    """All questions by key; the county's own first, newest first."""
    rows = session.scalars(
        select(SharedQuestion).order_by(SharedQuestion.created_at.desc(), SharedQuestion.id)
    )
    own = {
        row.key: own_question(
            row.content,
            key=row.key,
            area=row.area,
            public_id=row.public_id,
            licence=row.licence,
            source=row.source,
            owner=row.owner,
        )
        for row in rows
    }
    return {**own, **library()}


def shared_question(session: Session, actor: Actor, public_id: str) -> SharedQuestion:
    """One of the county's own. Raises NotFound, also for whoever may not manage them."""
    found = session.scalar(select(SharedQuestion).where(SharedQuestion.public_id == public_id))
    if found is None or not may_manage(actor):
        raise NotFound
    return found
