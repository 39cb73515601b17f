"""Reads of a person's own membership, and of what they agreed to."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from participation.foundation.crypto import token_hash
from participation.foundation.errors import NotFound
from participation.interest_bank.models import BankMember, Consent
from participation.interest_bank.queries.loading import WHOLE
from participation.interest_bank.rules import IN_THE_BANK, TOKEN_PURPOSE, MemberState


def own_membership(session: Session, account_id: int | None) -> BankMember | None:
    """The person's own membership, with everything they told; None when not in the bank."""
    return session.scalar(
        select(BankMember)
        .where(
            BankMember.account_id == account_id,
            BankMember.state.in_(IN_THE_BANK),
        )
        .options(*WHOLE, joinedload(BankMember.account))
    )


def membership_to_erase(session: Session, account_id: int) -> BankMember | None:
    """What the bank holds about the person, a sign-up that waits for confirmation too."""
    return session.scalar(
        select(BankMember)
        .where(BankMember.account_id == account_id, BankMember.state != MemberState.LEFT)
        .options(*WHOLE)
        .with_for_update(of=BankMember)
    )


def membership_to_change(session: Session, account_id: int | None) -> BankMember:
    """As `own_membership`, locked for writing. Raises NotFound."""
    member = session.scalar(
        select(BankMember)
        .where(BankMember.account_id == account_id, BankMember.state.in_(IN_THE_BANK))
        .options(*WHOLE)
        .with_for_update(of=BankMember)
    )
    if member is None:
        raise NotFound
    return member


def member_awaiting_confirmation(session: Session, token: str) -> BankMember:
    """Whose sign-up a mailed link confirms. Raises NotFound for a link that does not exist."""
    member = session.scalar(
        select(BankMember)
        .where(BankMember.confirmation_hash == token_hash(TOKEN_PURPOSE, token))
        .options(selectinload(BankMember.roles), joinedload(BankMember.municipality))
    )
    if member is None:
        raise NotFound
    return member


def all_consents(session: Session, member_id: int) -> Sequence[Consent]:
    """What the person has ever agreed to as a member, newest first."""
    return session.scalars(
        select(Consent)
        .where(Consent.member_id == member_id)
        .order_by(Consent.given_at.desc(), Consent.id.desc())
    ).all()


def valid_consents(session: Session, member_id: int) -> Sequence[Consent]:
    """What the person has agreed to now."""
    return session.scalars(
        select(Consent)
        .where(Consent.member_id == member_id, Consent.withdrawn_at.is_(None))
        .order_by(Consent.given_at, Consent.id)
    ).all()
