"""Dialogues between user organisations and groups."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, false, or_, select, true
from sqlalchemy.orm import Session, joinedload

from participation.foundation.errors import NotFound
from participation.foundation.permissions import Actor, Permission
from participation.organisations.models import Dialogue, DialogueMessage, DialogueStatement
from participation.organisations.queries.user_organisations import (
    AnsweredStatement,
    with_answers,
)

WHOLE = (
    joinedload(Dialogue.organisation),
    joinedload(Dialogue.group),
    joinedload(Dialogue.activity),
)


def dialogues_of(session: Session, organisation_id: int) -> Sequence[Dialogue]:
    """An organisation's dialogues: those going on first, the newest first."""
    return session.scalars(
        select(Dialogue)
        .where(Dialogue.organisation_id == organisation_id)
        .options(*WHOLE)
        .order_by(Dialogue.closed_at.is_not(None), Dialogue.created_at.desc(), Dialogue.id.desc())
    ).all()


def dialogue_visible_to(session: Session, actor: Actor, public_id: str) -> Dialogue:
    """One dialogue, for the organisation, the group and coordinators. Raises NotFound."""
    found = session.scalar(
        select(Dialogue).where(Dialogue.public_id == public_id, _may_see(actor)).options(*WHOLE)
    )
    if found is None:
        raise NotFound
    return found


def messages_of(session: Session, dialogue: Dialogue) -> Sequence[DialogueMessage]:
    """What they wrote to each other, oldest first."""
    return session.scalars(
        select(DialogueMessage)
        .where(DialogueMessage.dialogue_id == dialogue.id)
        .order_by(DialogueMessage.created_at, DialogueMessage.id)
    ).all()


def statements_of(session: Session, dialogue: Dialogue) -> list[AnsweredStatement]:
    """The statements of a dialogue with their answers, oldest first."""
    found = session.scalars(
        select(DialogueStatement)
        .where(DialogueStatement.dialogue_id == dialogue.id)
        .order_by(DialogueStatement.created_at, DialogueStatement.id)
    ).all()
    return with_answers(session, found)


def _may_see(actor: Actor) -> ColumnElement[bool]:
    """Fetching is authorising: own organisation, own group, or everything for coordinators."""
    if actor.scope(Permission.MANAGE_ORGANISATIONS).everywhere:
        return true()
    own, groups = actor.scope(Permission.OWN_ORGANISATION), actor.scope(Permission.READ_GROUP)
    conditions: list[ColumnElement[bool]] = [
        Dialogue.organisation_id.in_(own.organisation_ids),
        Dialogue.group_id.in_(groups.group_ids),
    ]
    return or_(*conditions) if own or groups else false()
