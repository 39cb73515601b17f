"""Forms that wait for a yes."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.foundation.errors import NotFound
from participation.foundation.permissions import Actor
from participation.questionnaires.models import QuestionnaireImport
from participation.questionnaires.queries.versions import may_manage


def received_form(session: Session, actor: Actor, public_id: str) -> QuestionnaireImport:
    """One that was read. Raises NotFound, also for whoever may not manage questionnaires."""
    found = session.scalar(
        select(QuestionnaireImport).where(QuestionnaireImport.public_id == public_id)
    )
    if found is None or not may_manage(actor):
        raise NotFound
    return found
