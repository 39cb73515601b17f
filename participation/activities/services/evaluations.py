"""What people thought afterwards: taken by their link, and made readable by hand."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from participation.activities.models import Activity, Evaluation, Invitation
from participation.activities.queries.evaluations import evaluation_is_open
from participation.activities.rules.evaluation import Thought
from participation.foundation.clock import today
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.permissions import Actor


def say_what_i_thought(
    session: Session,
    invitation: Invitation,
    thoughts: Mapping[str, Thought],
    words: str | None,
) -> Evaluation:
    """Take a person's evaluation; sent again, it replaces the first.

    New words must be read anew before anybody sees them.

    Raises Conflict when they were not there, or it is over.
    """
    if not evaluation_is_open(session, invitation):
        raise Conflict
    found = session.get(Evaluation, invitation.id)
    if found is None:
        found = Evaluation(invitation_id=invitation.id)
        session.add(found)
    for name, thought in thoughts.items():
        setattr(found, name, thought)
    found.words, found.shown_words, found.is_read = words, None, words is None
    found.answered_on = today()
    session.flush()
    return found


def show_words(
    session: Session, actor: Actor, activity: Activity, evaluation: Evaluation, text: str | None
) -> None:
    """Let the activity's page show somebody's words as a person has made them, or leave them out.

    What was written is not kept once it has been read.
    """
    evaluation.shown_words = text
    evaluation.words = None
    evaluation.is_read = True
    log_event(
        session,
        actor,
        "evaluation_read",
        "activity",
        activity.public_id,
        shown=text is not None,
    )
    session.flush()
