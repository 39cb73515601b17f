"""Who fits what an activity asks for."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload, selectinload

from participation.foundation.permissions import Actor
from participation.interest_bank.models import BankMember
from participation.interest_bank.queries.conditions import (
    can_imagine,
    has_experience,
    has_role,
    lives_in,
    may_see_bank,
    takes_part,
)
from participation.interest_bank.rules import IN_THE_BANK, Assignment

# A match shows no experiences: only that they fit.
FOR_MATCHING = (selectinload(BankMember.roles), joinedload(BankMember.municipality))


@dataclass(frozen=True, kw_only=True)
class Criteria:
    """What an activity asks of people; an empty list means that it does not matter."""

    area_id: int | None = None
    roles: Sequence[str] = ()
    municipality_codes: Sequence[str] = ()
    ways: Sequence[str] = ()


def matching_members(session: Session, actor: Actor, criteria: Criteria) -> Sequence[BankMember]:
    """Everybody in the bank who fits, those who rest included: the caller shows them with why."""
    statement = fitting_members(actor, criteria)
    return session.scalars(statement.options(*FOR_MATCHING).order_by(BankMember.id)).all()


def willing_members(actor: Actor, assignment: Assignment) -> Select[BankMember]:
    """Whoever can imagine an assignment beyond a single meeting, those who rest included."""
    return (
        select(BankMember)
        .where(
            may_see_bank(actor), BankMember.state.in_(IN_THE_BANK), can_imagine(assignment.value)
        )
        .order_by(BankMember.id)
    )


def fitting_members(actor: Actor, criteria: Criteria) -> Select[BankMember]:
    """Whoever fits, as a statement. Protected people fit when no municipality is asked for."""
    statement = select(BankMember).where(may_see_bank(actor), BankMember.state.in_(IN_THE_BANK))
    if criteria.area_id is not None:
        statement = statement.where(has_experience(criteria.area_id))
    if criteria.roles:
        statement = statement.where(has_role(criteria.roles))
    if criteria.municipality_codes:
        statement = statement.where(lives_in(criteria.municipality_codes))
    if criteria.ways:
        statement = statement.where(takes_part(criteria.ways))
    return statement
