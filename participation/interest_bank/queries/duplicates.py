"""Who may be one person: for a newcomer, in the whole bank, and what waits for a decision."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from participation.accounts.models import Account
from participation.foundation.crypto import phone_index
from participation.foundation.errors import NotFound
from participation.foundation.permissions import Actor, Permission
from participation.interest_bank.models import BankMember, SuspectedPair
from participation.interest_bank.queries.conditions import may_see_bank
from participation.interest_bank.queries.loading import WHOLE
from participation.interest_bank.rules import (
    Likeness,
    MemberState,
    Profile,
    folded_name,
    mailbox_of,
    name_and_year_index,
)

PAIR = tuple[int, int]
# A number that more people share belongs to a home or a workplace and says nothing.
MOST_SHARING = 4


@dataclass(frozen=True)
class Like:
    """Somebody in the bank who may be the one just told about, and why."""

    member: BankMember
    reasons: tuple[Likeness, ...]


def like(session: Session, profile: Profile, email: str | None) -> list[Like]:
    """Who in the bank may be this newcomer: same phone, or same name and birth year. One query.

    Somebody with protected identity is not found by phone, which would tell the number.
    """
    index = name_and_year_index(profile.name, profile.birth_year)
    number = phone_index(profile.phone) if profile.phone else None
    conditions: list[Any] = [BankMember.name_index == index]
    if number:
        conditions.append((BankMember.phone_index == number) & ~BankMember.is_protected)
    found = session.scalars(
        select(BankMember)
        .where(BankMember.state != MemberState.LEFT, or_(*conditions))
        .options(joinedload(BankMember.municipality), joinedload(BankMember.account))
        .order_by(BankMember.id)
        .limit(10)
    ).all()
    return [
        Like(one, tuple(_reasons(one, index, number)))
        for one in found
        if email is None or one.account.email.lower() != email.lower()
    ]


def _reasons(member: BankMember, index: str, number: str | None) -> Iterator[Likeness]:
    if member.name_index == index:
        yield Likeness.NAME_AND_YEAR
    if number and member.phone_index == number and not member.is_protected:
        yield Likeness.PHONE


def pairs_alike(session: Session) -> dict[PAIR, set[str]]:
    """Every pair of people who may be one, with why. Three queries over the whole bank.

    A family often shares a phone, so the same number counts only with the same birth year or the
    same first name.
    """
    found: dict[PAIR, set[str]] = defaultdict(set)
    for pair in _same_name_and_year(session):
        found[pair].add(Likeness.NAME_AND_YEAR)
    for pair in _same_phone(session):
        found[pair].add(Likeness.PHONE)
    for pair in _same_mailbox(session):
        found[pair].add(Likeness.EMAIL)
    return found


def _same_name_and_year(session: Session) -> Iterator[PAIR]:
    first, second = aliased(BankMember), aliased(BankMember)
    rows = session.execute(
        select(first.id, second.id)
        .join(second, (second.name_index == first.name_index) & (second.id > first.id))
        .where(first.state != MemberState.LEFT, second.state != MemberState.LEFT)
    )
    yield from ((one, other) for one, other in rows)


def _same_phone(session: Session) -> Iterator[PAIR]:
    shared = (
        select(BankMember.phone_index)
        .where(
            BankMember.phone_index.is_not(None),
            BankMember.state != MemberState.LEFT,
            ~BankMember.is_protected,
        )
        .group_by(BankMember.phone_index)
        .having(func.count().between(2, MOST_SHARING))
    )
    rows = session.execute(
        select(BankMember.phone_index, BankMember.id, BankMember.name, BankMember.birth_year)
        .where(
            BankMember.phone_index.in_(shared),
            BankMember.state != MemberState.LEFT,
            ~BankMember.is_protected,
        )
        .order_by(BankMember.id)
    ).all()
    groups: dict[str | None, list[Any]] = defaultdict(list)
    for row in rows:
        groups[row.phone_index].append(row)
    for one, other in _combined(groups.values()):
        if one.birth_year == other.birth_year or _called(one.name) == _called(other.name):
            yield one.id, other.id


def _called(name: str) -> str:
    """The first word of a name, folded."""
    return folded_name(name.strip().split(" ", 1)[0])


def _same_mailbox(session: Session) -> Iterator[PAIR]:
    """Addresses are encrypted one by one, so they are opened here; a night's work, not a page's."""
    rows = session.execute(
        select(BankMember.id, Account.email)
        .join(Account, Account.id == BankMember.account_id)
        .where(BankMember.state != MemberState.LEFT)
        .order_by(BankMember.id)
    )
    groups: dict[str, list[int]] = defaultdict(list)
    for member_id, email in rows:
        groups[mailbox_of(email)].append(member_id)
    yield from _combined(groups.values())


def _combined(groups: Iterable[list[Any]]) -> Iterator[tuple[Any, Any]]:
    for group in groups:
        yield from combinations(group, 2)


def known_pairs(session: Session) -> set[PAIR]:
    """Pairs that stand in the list or were decided about."""
    rows = session.execute(select(SuspectedPair.first_id, SuspectedPair.second_id))
    return {(first, second) for first, second in rows}


def undecided_pairs(actor: Actor) -> Select[SuspectedPair]:
    """Pairs nobody has decided about, newest first, for paging."""
    first, second = aliased(BankMember), aliased(BankMember)
    return (
        select(SuspectedPair)
        .join(first, first.id == SuspectedPair.first_id)
        .join(second, second.id == SuspectedPair.second_id)
        .where(
            may_see_bank(actor),
            SuspectedPair.decision.is_(None),
            first.state != MemberState.LEFT,
            second.state != MemberState.LEFT,
        )
        .options(joinedload(SuspectedPair.first), joinedload(SuspectedPair.second))
        .order_by(SuspectedPair.id.desc())
    )


def undecided_count(session: Session, actor: Actor) -> int:
    if not actor.scope(Permission.READ_BANK).everywhere:
        return 0
    counted = undecided_pairs(actor).order_by(None).options().with_only_columns(func.count())
    return session.scalar(counted) or 0


def pair_to_decide(session: Session, actor: Actor, public_id: str) -> SuspectedPair:
    """One pair with everything both told. Raises NotFound, also for a pair decided about."""
    pair = session.scalar(undecided_pairs(actor).where(SuspectedPair.public_id == public_id))
    if pair is None:
        raise NotFound
    # Both at once: what they told then hangs on the two rows that the pair has loaded.
    session.scalars(
        select(BankMember)
        .where(BankMember.id.in_((pair.first_id, pair.second_id)))
        .options(*WHOLE, joinedload(BankMember.account))
        .execution_options(populate_existing=True)
    ).all()
    return pair
