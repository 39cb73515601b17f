"""The county's own questions in the library."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from participation.foundation.eventlog.services import log_event
from participation.foundation.permissions import Actor
from participation.questionnaires.models import KEY_LENGTH, Questionnaire, SharedQuestion
from participation.questionnaires.queries import versions
from participation.questionnaires.queries.library import whole_library
from participation.questionnaires.rules.editing import fresh_key
from participation.questionnaires.rules.library import OWN, shareable
from participation.questionnaires.services.authoring import save_question


def share_question(
    session: Session,
    actor: Actor,
    questionnaire: Questionnaire,
    question: Mapping[str, Any],
    *,
    area: str,
    licence: str,
    source: str,
    owner: str,
) -> SharedQuestion:
    """Put a question into the library. A draft it comes from remembers it as the origin too."""
    name = fresh_key(str(question["key"]), {k.removeprefix(OWN) for k in whole_library(session)})
    made = SharedQuestion(
        key=f"{OWN}{name}"[:KEY_LENGTH],
        area=area,
        content=shareable(question),
        licence=licence,
        source=source,
        owner=owner,
    )
    session.add(made)
    session.flush()
    if not versions(session, questionnaire.id)[0].is_published:
        origin = {**question, "provenance": made.key}
        save_question(session, questionnaire, origin, str(question["key"]))
    log_event(session, actor, "question_shared", "questionnaire", questionnaire.public_id)
    return made


def withdraw_question(session: Session, actor: Actor, shared: SharedQuestion) -> None:
    """Take a question out of the library; copies stay where they are."""
    log_event(session, actor, "question_unshared", "shared_question", shared.public_id)
    session.delete(shared)
    session.flush()
