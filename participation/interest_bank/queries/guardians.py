"""Ages, guardians' approvals, and whom the policy lets be invited."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload

from participation.foundation.clock import today
from participation.foundation.crypto import token_hash
from participation.foundation.errors import NotFound
from participation.interest_bank.models import BankAgePolicy, BankMember, GuardianApproval
from participation.interest_bank.queries.loading import WHOLE
from participation.interest_bank.rules import (
    APPROVAL_PURPOSE,
    IN_THE_BANK,
    PROPOSED_AGES,
    WITHDRAWAL_PURPOSE,
    AgePolicy,
    ApprovalState,
    MemberState,
    first_minor_year,
    needs_guardian,
)

ROWS_AT_ONCE = 1_000


def age_policy(session: Session) -> AgePolicy:
    """The ages of the newest county file that gives any, else the platform's proposal."""
    found = session.scalars(
        select(BankAgePolicy)
        .where(BankAgePolicy.is_current)
        .order_by(BankAgePolicy.id.desc())
        .limit(1)
    ).first()
    return found.as_policy() if found is not None else PROPOSED_AGES


def may_be_invited(session: Session, member_ids: Collection[int]) -> set[int]:
    """Those of `member_ids` whom the guardian policy lets be invited. Two queries.

    Somebody below the county's age needs an approval that stands; others need none.
    """
    policy = age_policy(session)
    approved = (
        select(GuardianApproval.id)
        .where(
            GuardianApproval.member_id == BankMember.id,
            GuardianApproval.state == ApprovalState.APPROVED,
        )
        .exists()
    )
    rows = session.execute(
        select(BankMember.id, BankMember.birth_year, approved).where(
            BankMember.id.in_(member_ids), BankMember.state.in_(IN_THE_BANK)
        )
    ).all()
    return {
        member_id
        for member_id, birth_year, is_approved in rows
        if is_approved or not needs_guardian(birth_year or 0, today(), policy)
    }


def lacks_approval(session: Session, member: BankMember) -> bool:
    """Whether the person is below the age without a guardian and no guardian's yes stands."""
    if member.birth_year is None:
        return False
    if not needs_guardian(member.birth_year, today(), age_policy(session)):
        return False
    newest = newest_approval(session, member.id)
    return newest is None or newest.state != ApprovalState.APPROVED


def minors_among(session: Session, member_ids: Collection[int]) -> set[int]:
    """Those of `member_ids` who may be under 18. One query for a thousand."""
    return _minors(session, BankMember.id, member_ids)


def minors_named(session: Session, public_ids: Collection[str]) -> set[int]:
    """The ids of those who may be under 18 among people given by public id."""
    return _minors(session, BankMember.public_id, public_ids)


def _minors(
    session: Session, column: InstrumentedAttribute[Any], values: Collection[Any]
) -> set[int]:
    wanted, found = list(values), set[int]()
    for start in range(0, len(wanted), ROWS_AT_ONCE):
        rows = session.scalars(
            select(BankMember.id).where(
                column.in_(wanted[start : start + ROWS_AT_ONCE]),
                BankMember.birth_year >= first_minor_year(today()),
            )
        )
        found.update(rows)
    return found


def approval_asked(session: Session, token: str) -> GuardianApproval:
    """The approval a guardian's link is about, answered or not. Raises NotFound."""
    return _approval(session, GuardianApproval.token_hash == token_hash(APPROVAL_PURPOSE, token))


def approval_to_withdraw(session: Session, token: str) -> GuardianApproval:
    """The approval that the link in a guardian's receipt takes back. Raises NotFound."""
    return _approval(
        session, GuardianApproval.withdrawal_hash == token_hash(WITHDRAWAL_PURPOSE, token)
    )


def newest_approval(session: Session, member_id: int) -> GuardianApproval | None:
    """What the guardian asked last has said, or that nobody was asked."""
    return session.scalars(
        select(GuardianApproval)
        .where(GuardianApproval.member_id == member_id)
        .order_by(GuardianApproval.id.desc())
        .limit(1)
    ).first()


def approvals_of(session: Session, member_id: int) -> Sequence[GuardianApproval]:
    """Every answer of a guardian about the person, oldest first."""
    return session.scalars(
        select(GuardianApproval)
        .where(GuardianApproval.member_id == member_id)
        .order_by(GuardianApproval.id)
    ).all()


def membership_awaiting(session: Session, account_id: int | None) -> BankMember | None:
    """The person's own sign-up that waits for a guardian; None when there is none."""
    return session.scalar(
        select(BankMember)
        .where(BankMember.account_id == account_id, BankMember.state == MemberState.AWAITING)
        .options(*WHOLE, joinedload(BankMember.account))
    )


def _approval(session: Session, condition: ColumnElement[bool]) -> GuardianApproval:
    found = session.scalar(
        select(GuardianApproval)
        .where(condition)
        .options(joinedload(GuardianApproval.member, innerjoin=True))
    )
    if found is None:
        raise NotFound
    return found
