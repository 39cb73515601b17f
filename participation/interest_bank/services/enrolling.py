"""Putting many people in the bank at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.interest_bank.models import BankMember
from participation.interest_bank.rules import MemberState, NoticeKind, Profile
from participation.interest_bank.services.consents import add_consents
from participation.interest_bank.services.telling import (
    add_name_tokens,
    fill,
    tell_experiences,
    tell_roles,
)


@dataclass(frozen=True, kw_only=True)
class Newcomer:
    """Somebody who has said yes outside these pages, and when."""

    account: Account
    profile: Profile
    locale: str
    at: datetime
    notice: NoticeKind = NoticeKind.PLAIN


def enrol_members(session: Session, newcomers: Sequence[Newcomer]) -> list[BankMember]:
    """Put many people in the bank at once, in their order (demo, import); nobody is mailed."""
    members = []
    for new in newcomers:
        member = BankMember(
            account_id=new.account.id,
            state=MemberState.ACTIVE,
            created_at=new.at,
            confirmed_at=new.at,
            roles=[],
            experiences=[],
        )
        fill(member, new.profile)
        tell_roles(member, new.profile)
        tell_experiences(member, new.profile)
        members.append(member)
    session.add_all(members)
    session.flush()
    add_name_tokens(session, members)
    for new, member in zip(newcomers, members, strict=True):
        add_consents(session, member, new.profile, new.locale, new.at, notice=new.notice)
    session.flush()
    return members
