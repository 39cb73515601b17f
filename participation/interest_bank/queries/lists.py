"""The coordinator's list of members, and one member's page."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, case, exists, false, null, select
from sqlalchemy.orm import Session, joinedload
from sqlalchemy.sql.base import ExecutableOption

from participation.accounts.models import Account
from participation.foundation.clock import today, year_start
from participation.foundation.crypto import email_index, name_query_index, phone_index
from participation.foundation.errors import NotFound
from participation.foundation.permissions import Actor
from participation.interest_bank.models import BankMember, BankNameToken, Consent
from participation.interest_bank.queries.conditions import (
    has_experience,
    has_role,
    lives_in,
    may_see_bank,
    needs,
    speaks,
    takes_part,
)
from participation.interest_bank.queries.loading import FOR_LISTS, WHOLE
from participation.interest_bank.rules import (
    AGE_BANDS,
    IN_THE_BANK,
    LANGUAGE_LABELS,
    Asked,
    ConsentPurpose,
    ExperienceConsent,
    Gender,
    MemberState,
    Need,
    Sort,
    Way,
    as_phone_number,
    birth_years,
    typed_code,
)

Statement = TypeVar("Statement", bound=Select[*tuple[Any, ...]])


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What a list of members is narrowed by; empty means everybody in the bank."""

    text: str = ""
    municipality_code: str = ""
    area_id: int | None = None
    role: str = ""
    way: str = ""
    need: str = ""
    language: str = ""
    ages: str = ""
    gender: str = ""
    state: str = ""
    consent: str = ""
    asked: str = ""


def members_visible_to(
    actor: Actor,
    filters: Filters | None = None,
    sort: str = Sort.NEWEST,
    loading: Sequence[ExecutableOption] = FOR_LISTS,
) -> Select[BankMember]:
    """Members a coordinator may list, newest first unless sorted otherwise, for paging.

    Somebody with protected identity is never found by municipality or phone, nor placed by it,
    so that neither filter nor order tells what the list hides (TRUST 9).
    """
    return (
        narrowed(select(BankMember), actor, filters or Filters())
        .options(*loading)
        .order_by(*_ORDERS[Sort(sort) if sort in set(Sort) else Sort.NEWEST]())
    )


def narrowed(statement: Statement, actor: Actor, filters: Filters) -> Statement:
    """Any statement over members, cut to what the actor may see and the filters leave."""
    states = [filters.state] if filters.state in set(MemberState) else list(IN_THE_BANK)
    return statement.where(may_see_bank(actor), BankMember.state.in_(states), *_conditions(filters))


def _conditions(filters: Filters) -> list[ColumnElement[bool]]:
    """One condition for each filter that says something known."""
    found = []
    if filters.text:
        found.append(_matches_text(filters.text))
    if filters.municipality_code:
        found.append(lives_in([filters.municipality_code]))
    if filters.area_id is not None:
        found.append(has_experience(filters.area_id))
    if filters.role:
        found.append(has_role([filters.role]))
    known: tuple[tuple[str, Any, Callable[[str], ColumnElement[bool]]], ...] = (
        (filters.way, set(Way), lambda way: takes_part([way])),
        (filters.need, set(Need), needs),
        (filters.language, set(LANGUAGE_LABELS), speaks),
        (filters.gender, set(Gender), lambda gender: BankMember.gender == gender),
        (filters.ages, set(AGE_BANDS), _aged),
        (filters.consent, set(ExperienceConsent), _agreed),
        (filters.asked, set(Asked), _was_asked),
    )
    return found + [condition(value) for value, values, condition in known if value in values]


def _aged(band: str) -> ColumnElement[bool]:
    earliest, latest = birth_years(band, today().year)
    return and_(
        BankMember.birth_year <= latest,
        *(() if earliest is None else (BankMember.birth_year >= earliest,)),
    )


def _agreed(consent: str) -> ColumnElement[bool]:
    given = exists().where(
        Consent.member_id == BankMember.id,
        Consent.purpose == ConsentPurpose.EXPERIENCES,
        Consent.withdrawn_at.is_(None),
    )
    return given if consent == ExperienceConsent.GIVEN else ~given


def _was_asked(when: str) -> ColumnElement[bool]:
    start = year_start(today().year)
    conditions: dict[str, ColumnElement[bool]] = {
        Asked.NEVER: BankMember.last_asked_at.is_(None),
        Asked.THIS_YEAR: BankMember.last_asked_at >= start,
        Asked.NOT_THIS_YEAR: BankMember.last_asked_at < start,
    }
    return conditions[when]


def _shown_municipality() -> Any:
    return case((BankMember.is_protected, null()), else_=BankMember.municipality_code)


# Written out, so that what an address says never becomes part of a statement (TRUST 8).
_ORDERS: Mapping[Sort, Callable[[], tuple[Any, ...]]] = {
    Sort.NEWEST: lambda: (BankMember.created_at.desc(), BankMember.id.desc()),
    Sort.OLDEST: lambda: (BankMember.created_at, BankMember.id),
    Sort.YOUNGEST: lambda: (BankMember.birth_year.desc(), BankMember.id),
    Sort.ELDEST: lambda: (BankMember.birth_year, BankMember.id),
    Sort.LEAST_ASKED: lambda: (BankMember.last_asked_at.nulls_first(), BankMember.id),
    Sort.MUNICIPALITY: lambda: (_shown_municipality().nulls_last(), BankMember.id),
}


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
    """An e-mail address, phone number or code exactly, else a name by its words' beginnings."""
    if "@" in typed:
        account = select(Account.id).where(Account.email_index == email_index(typed))
        return BankMember.account_id.in_(account)
    number = as_phone_number(typed)
    if number is not None:
        return and_(BankMember.phone_index == phone_index(number), ~BankMember.is_protected)
    beginning = typed_code(typed)
    if beginning is not None:
        # A range, since it can use the index in every collation.
        return and_(BankMember.public_id >= beginning, BankMember.public_id < f"{beginning}~")
    tokens = name_query_index(typed)
    if not tokens:
        return false()
    return and_(*(_has_token(token) for token in tokens))


def _has_token(token: str) -> ColumnElement[bool]:
    return BankMember.id.in_(select(BankNameToken.member_id).where(BankNameToken.token == token))
