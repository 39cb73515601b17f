"""Answering the four questions, and the guard that no child is invited without them."""

from collections.abc import Collection, Mapping

from sqlalchemy.orm import Session

from participation.activities.models import Activity, ActivityChildAnswers
from participation.activities.queries.lundy import child_answers
from participation.activities.rules.lundy import LundyQuestion
from participation.foundation.clock import now
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.permissions import Actor
from participation.interest_bank.queries import may_be_invited, minors_named


class ChildrenNotConsidered(Conflict):
    """Somebody chosen may be under 18, and the four questions are not answered."""

    code = "children_not_considered"


class GuardianMissing(Conflict):
    """Somebody chosen is below the age without a guardian, and no guardian's yes stands."""

    code = "guardian_missing"


def answer_for_children(
    session: Session, actor: Actor, activity: Activity, answers: Mapping[LundyQuestion, str]
) -> ActivityChildAnswers:
    """Write the four answers, or change them; who did it and when is kept and logged."""
    told = {question.value: answers[question] for question in LundyQuestion}
    row = child_answers(session, activity.id)
    if row is None:
        row = ActivityChildAnswers(activity_id=activity.id, **told)
        session.add(row)
    for name, text in told.items():
        setattr(row, name, text)
    row.answered_at = now()
    row.answered_by_account_id = actor.account_id
    log_event(session, actor, "children_considered", "activity", activity.public_id)
    session.flush()
    return row


def check_children(session: Session, activity: Activity, public_ids: Collection[str]) -> None:
    """Refuse to invite children whom nobody has thought of, or whose guardian has not said yes.

    Raises:
        GuardianMissing: the guardian policy does not let somebody be invited.
        ChildrenNotConsidered: the four questions are not answered for the activity.
    """
    minors = minors_named(session, public_ids)
    if not minors:
        return
    if minors - may_be_invited(session, minors):
        raise GuardianMissing
    if child_answers(session, activity.id) is None:
        raise ChildrenNotConsidered
