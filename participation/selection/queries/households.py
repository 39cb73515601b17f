"""Who may live together: people in the bank with the same phone number."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from participation.foundation.errors import NotFound
from participation.foundation.permissions import Actor, Permission
from participation.interest_bank.models import BankMember
from participation.interest_bank.rules import IN_THE_BANK
from participation.selection.models import Household, HouseholdMember

MOST_SUGGESTED = 50


def may_note_households(actor: Actor) -> bool:
    """Those who see the whole bank: households are across all organisations."""
    return actor.scope(Permission.READ_BANK).everywhere


def same_phone(session: Session, actor: Actor) -> list[list[BankMember]]:
    """People with the same phone number in the same municipality, not noted as living together.

    Protected people are not suggested: where they live must not show.
    """
    if not may_note_households(actor):
        return []
    known = select(HouseholdMember.member_id)
    in_bank = (
        BankMember.state.in_(IN_THE_BANK)
        & BankMember.phone_index.is_not(None)
        & ~BankMember.is_protected
    )
    shared = (
        select(BankMember.phone_index)
        .where(in_bank, BankMember.id.not_in(known))
        .group_by(BankMember.phone_index, BankMember.municipality_code)
        .having(func.count() > 1)
    )
    found: dict[tuple[str | None, str | None], list[BankMember]] = defaultdict(list)
    for member in session.scalars(
        select(BankMember)
        .where(in_bank, BankMember.id.not_in(known), BankMember.phone_index.in_(shared))
        .options(joinedload(BankMember.municipality))
        .order_by(BankMember.phone_index, BankMember.id)
    ):
        found[member.phone_index, member.municipality_code].append(member)
    together = [group for group in found.values() if len(group) > 1]
    return sorted(together, key=lambda group: group[0].id)[:MOST_SUGGESTED]


def household_visible_to(session: Session, actor: Actor, public_id: str) -> Household:
    """One household. Raises NotFound."""
    found = session.scalar(
        select(Household)
        .where(Household.public_id == public_id)
        .options(joinedload(Household.members))
    )
    if found is None or not may_note_households(actor):
        raise NotFound
    return found


def members_by_code(session: Session, actor: Actor, codes: Sequence[str]) -> list[BankMember]:
    """The people whose code is among `codes` ("K-4F2"); a code that two people share finds none."""
    if not may_note_households(actor):
        return []
    wanted = {code.upper() for code in codes}
    found: dict[str, list[BankMember]] = defaultdict(list)
    for member in session.scalars(
        select(BankMember).where(BankMember.state.in_(IN_THE_BANK)).order_by(BankMember.id)
    ):
        if member.code.upper() in wanted:
            found[member.code].append(member)
    return [people[0] for people in found.values() if len(people) == 1]
