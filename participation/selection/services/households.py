"""Noting who shares a home, so that two of them are never drawn together."""

from collections.abc import Collection

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.permissions import Actor
from participation.interest_bank.models import BankMember
from participation.interest_bank.rules import IN_THE_BANK
from participation.selection.models import Household, HouseholdMember
from participation.selection.rules.draws import LivingTogether

SMALLEST = 2


def note_household(
    session: Session, actor: Actor, member_ids: Collection[int], known_by: LivingTogether
) -> Household:
    """Note that people live together. Who already lives with somebody joins the two homes.

    Raises Conflict when fewer than two of them are in the bank.
    """
    members = session.scalars(
        select(BankMember)
        .where(BankMember.id.in_(member_ids), BankMember.state.in_(IN_THE_BANK))
        .order_by(BankMember.id)
    ).all()
    if len(members) < SMALLEST:
        raise Conflict
    together = {member.id for member in members} | _housemates(session, [m.id for m in members])
    _forget_homes_of(session, together)
    household = Household(known_by=known_by, noted_by_account_id=actor.account_id)
    session.add(household)
    session.flush()
    session.add_all(
        HouseholdMember(member_id=member_id, household_id=household.id)
        for member_id in sorted(together)
    )
    for member in members:
        log_event(
            session,
            actor,
            "household_noted",
            "household",
            household.public_id,
            subject_account_id=member.account_id,
            known_by=str(known_by),
        )
    session.flush()
    return household


def forget_household(session: Session, actor: Actor, household: Household) -> None:
    """They do not live together (any more)."""
    log_event(session, actor, "household_forgotten", "household", household.public_id)
    session.execute(delete(HouseholdMember).where(HouseholdMember.household_id == household.id))
    session.execute(delete(Household).where(Household.id == household.id))
    session.flush()


def leave_household(session: Session, member_id: int) -> None:
    """Somebody left the bank: a home with one person left is no household."""
    home = session.get(HouseholdMember, member_id)
    if home is None:
        return
    household_id = home.household_id
    session.execute(delete(HouseholdMember).where(HouseholdMember.member_id == member_id))
    _forget_lonely(session, [household_id])


def _housemates(session: Session, member_ids: Collection[int]) -> set[int]:
    homes = select(HouseholdMember.household_id).where(HouseholdMember.member_id.in_(member_ids))
    return set(
        session.scalars(
            select(HouseholdMember.member_id).where(HouseholdMember.household_id.in_(homes))
        )
    )


def _forget_homes_of(session: Session, member_ids: Collection[int]) -> None:
    homes = session.scalars(
        select(HouseholdMember.household_id)
        .where(HouseholdMember.member_id.in_(member_ids))
        .distinct()
    ).all()
    session.execute(delete(HouseholdMember).where(HouseholdMember.member_id.in_(member_ids)))
    _forget_lonely(session, homes)


def _forget_lonely(session: Session, household_ids: Collection[int]) -> None:
    for household_id in household_ids:
        left = session.scalars(
            select(HouseholdMember.member_id).where(HouseholdMember.household_id == household_id)
        ).all()
        if len(left) < SMALLEST:
            session.execute(
                delete(HouseholdMember).where(HouseholdMember.household_id == household_id)
            )
            session.execute(delete(Household).where(Household.id == household_id))
    session.flush()
