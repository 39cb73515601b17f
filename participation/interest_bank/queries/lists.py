"""The coordinator's list of members, and one member's page."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, false, select
from sqlalchemy.orm import Session, joinedload

from participation.accounts.models import Account
from participation.foundation.crypto import email_index, name_query_index, phone_index
from participation.foundation.errors import NotFound
from participation.foundation.permissions import Actor
from participation.interest_bank.models import BankMember, BankNameToken
from participation.interest_bank.queries.conditions import (
    has_experience,
    has_role,
    lives_in,
    may_see_bank,
    takes_part,
)
from participation.interest_bank.queries.loading import WHOLE
from participation.interest_bank.rules import IN_THE_BANK, MemberState, Way, as_phone_number


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What a list of members is narrowed by; empty means everybody in the bank."""

    text: str = ""
    municipality_code: str = ""
    area_id: int | None = None
    role: str = ""
    way: str = ""
    state: str = ""


def members_visible_to(actor: Actor, filters: Filters | None = None) -> Select[BankMember]:
    """Members a coordinator may list, newest first, as a statement for paging.

    Somebody with protected identity is never found by municipality or phone, so that a filter
    tells nothing that the list hides (TRUST 9).
    """
    filters = filters or Filters()
    states = [filters.state] if filters.state in set(MemberState) else list(IN_THE_BANK)
    statement = select(BankMember).where(may_see_bank(actor), BankMember.state.in_(states))
    if filters.text:
        statement = statement.where(_matches_text(filters.text))
    if filters.municipality_code:
        statement = statement.where(lives_in([filters.municipality_code]))
    if filters.area_id is not None:
        statement = statement.where(has_experience(filters.area_id))
    if filters.role:
        statement = statement.where(has_role([filters.role]))
    if filters.way in set(Way):
        statement = statement.where(takes_part([filters.way]))
    return statement.options(*WHOLE).order_by(BankMember.created_at.desc(), BankMember.id.desc())


def member_visible_to(session: Session, actor: Actor, public_id: str) -> BankMember:
    """One member with everything they told. Raises NotFound, also for what may not be seen."""
    member = session.scalar(
        select(BankMember)
        .where(
            may_see_bank(actor),
            BankMember.public_id == public_id,
            BankMember.state != MemberState.LEFT,
        )
        .options(*WHOLE, joinedload(BankMember.account))
    )
    if member is None:
        raise NotFound
    return member


def _matches_text(typed: str) -> ColumnElement[bool]:
    """An e-mail address or a phone number exactly, else a name by the beginnings of its words."""
    if "@" in typed:
        account = select(Account.id).where(Account.email_index == email_index(typed))
        return BankMember.account_id.in_(account)
    number = as_phone_number(typed)
    if number is not None:
        return and_(BankMember.phone_index == phone_index(number), ~BankMember.is_protected)
    tokens = name_query_index(typed)
    if not tokens:
        return false()
    return and_(*(_has_token(token) for token in tokens))


def _has_token(token: str) -> ColumnElement[bool]:
    return BankMember.id.in_(select(BankNameToken.member_id).where(BankNameToken.token == token))
