"""The guide: the questions that an audit's team wants to ask, in their order."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.audits.models import Audit, AuditQuestion
from participation.audits.rules.guides import moved
from participation.audits.rules.states import GUIDE_OPEN
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.eventlog.services import log_event
from participation.foundation.permissions import Actor


@dataclass(frozen=True, kw_only=True)
class GuideQuestion:
    """One question as somebody writes it."""

    text: str
    follow_up: str = ""


def set_guide(
    session: Session, actor: Actor, audit: Audit, questions: Sequence[GuideQuestion]
) -> None:
    """Replace the guide; questions are numbered from 1. Raises Conflict when it is closed."""
    if audit.state not in GUIDE_OPEN:
        raise Conflict
    for old in _guide(session, audit):
        session.delete(old)
    session.flush()
    session.add_all(
        AuditQuestion(audit_id=audit.id, number=number, text=item.text, follow_up=item.follow_up)
        for number, item in enumerate(questions, start=1)
    )
    session.flush()
    log_event(session, actor, "audit_guide_changed", "audit", audit.public_id)


def add_question(
    session: Session, actor: Actor, audit: Audit, text: str, follow_up: str = ""
) -> None:
    """One more question, last."""
    now_there = _as_written(_guide(session, audit))
    set_guide(session, actor, audit, [*now_there, GuideQuestion(text=text, follow_up=follow_up)])


def remove_question(session: Session, actor: Actor, audit: Audit, number: int) -> None:
    """Take a question away; those after it move up."""
    left = [item for item in _guide(session, audit) if item.number != number]
    set_guide(session, actor, audit, _as_written(left))


def _guide(session: Session, audit: Audit) -> Sequence[AuditQuestion]:
    return session.scalars(
        select(AuditQuestion)
        .where(AuditQuestion.audit_id == audit.id)
        .order_by(AuditQuestion.number)
    ).all()


def _as_written(questions: Sequence[AuditQuestion]) -> list[GuideQuestion]:
    return [GuideQuestion(text=item.text, follow_up=item.follow_up) for item in questions]


def change_question(
    session: Session, actor: Actor, audit: Audit, number: int, question: GuideQuestion
) -> None:
    """Other words for one question. Raises NotFound."""
    items = _numbered(session, audit, number)
    items[number - 1] = question
    set_guide(session, actor, audit, items)


def move_question(session: Session, actor: Actor, audit: Audit, number: int, by: int) -> None:
    """One question earlier (-1) or later (1). Raises NotFound."""
    set_guide(session, actor, audit, moved(_numbered(session, audit, number), number, by))


def add_questions(
    session: Session, actor: Actor, audit: Audit, questions: Sequence[tuple[str, str]]
) -> int:
    """Questions with their follow-ups, last; how many were new. What stands already does not
    come twice."""
    there = _as_written(_guide(session, audit))
    known = {item.text for item in there}
    new = [
        GuideQuestion(text=text, follow_up=more) for text, more in questions if text not in known
    ]
    if new:
        set_guide(session, actor, audit, [*there, *new])
    return len(new)


def _numbered(session: Session, audit: Audit, number: int) -> list[GuideQuestion]:
    items = _as_written(_guide(session, audit))
    if not 1 <= number <= len(items):
        raise NotFound
    return items
