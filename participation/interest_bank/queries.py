"""Reads of the interest bank. Fetching is authorising: every row is asked for by somebody.

The bank is the whole county's, so only coordinators without a narrower scope see it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, String, and_, cast, false, func, or_, select, true
from sqlalchemy.orm import Session, joinedload, selectinload

from participation.accounts.models import Account
from participation.county.queries import BandTotal, municipalities, population_of_county
from participation.foundation.clock import from_local, today
from participation.foundation.crypto import (
    email_index,
    name_query_index,
    phone_index,
    token_hash,
)
from participation.foundation.errors import NotFound
from participation.foundation.i18n import current_locale
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Actor, Permission
from participation.interest_bank.models import (
    BankMember,
    BankNameToken,
    Consent,
    MemberExperience,
    MemberRole,
)
from participation.interest_bank.rules import (
    GENDER_LABELS,
    IN_THE_BANK,
    TOKEN_PURPOSE,
    Band,
    Gender,
    MemberState,
    Way,
    age_in,
    as_phone_number,
    bands,
)

WHOLE = (
    selectinload(BankMember.roles),
    selectinload(BankMember.experiences).joinedload(MemberExperience.area),
    joinedload(BankMember.municipality),
)
# A match shows no experiences: only that they fit.
FOR_MATCHING = (selectinload(BankMember.roles), joinedload(BankMember.municipality))


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What a list of members is narrowed by; empty means everybody in the bank."""

    text: str = ""
    municipality_code: str = ""
    area_id: int | None = None
    role: str = ""
    way: str = ""
    state: str = ""


@dataclass(frozen=True, kw_only=True)
class Criteria:
    """What an activity asks of people; an empty list means that it does not matter."""

    area_id: int | None = None
    roles: Sequence[str] = ()
    municipality_codes: Sequence[str] = ()
    ways: Sequence[str] = ()


def members_visible_to(actor: Actor, filters: Filters | None = None) -> Select[BankMember]:
    """Members a coordinator may list, newest first, as a statement for paging.

    Somebody with protected identity is never found by municipality or phone, so that a filter
    tells nothing that the list hides (TRUST 9).
    """
    filters = filters or Filters()
    states = [filters.state] if filters.state in set(MemberState) else list(IN_THE_BANK)
    statement = select(BankMember).where(_may_see_bank(actor), BankMember.state.in_(states))
    if filters.text:
        statement = statement.where(_matches_text(filters.text))
    if filters.municipality_code:
        statement = statement.where(_lives_in([filters.municipality_code]))
    if filters.area_id is not None:
        statement = statement.where(_has_experience(filters.area_id))
    if filters.role:
        statement = statement.where(_has_role([filters.role]))
    if filters.way in set(Way):
        statement = statement.where(_takes_part([filters.way]))
    return statement.options(*WHOLE).order_by(BankMember.created_at.desc(), BankMember.id.desc())


def member_visible_to(session: Session, actor: Actor, public_id: str) -> BankMember:
    """One member with everything they told. Raises NotFound, also for what may not be seen."""
    member = session.scalar(
        select(BankMember)
        .where(
            _may_see_bank(actor),
            BankMember.public_id == public_id,
            BankMember.state != MemberState.LEFT,
        )
        .options(*WHOLE, joinedload(BankMember.account))
    )
    if member is None:
        raise NotFound
    return member


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


def matching_members(session: Session, actor: Actor, criteria: Criteria) -> Sequence[BankMember]:
    """Everybody in the bank who fits, those who rest included: the caller shows them with why.

    Protected people fit when no municipality is asked for.
    """
    statement = select(BankMember).where(_may_see_bank(actor), BankMember.state.in_(IN_THE_BANK))
    if criteria.area_id is not None:
        statement = statement.where(_has_experience(criteria.area_id))
    if criteria.roles:
        statement = statement.where(_has_role(criteria.roles))
    if criteria.municipality_codes:
        statement = statement.where(_lives_in(criteria.municipality_codes))
    if criteria.ways:
        statement = statement.where(_takes_part(criteria.ways))
    return session.scalars(statement.options(*FOR_MATCHING).order_by(BankMember.id)).all()


def valid_consents(session: Session, member_id: int) -> Sequence[Consent]:
    """What the person has agreed to now."""
    return session.scalars(
        select(Consent)
        .where(Consent.member_id == member_id, Consent.withdrawn_at.is_(None))
        .order_by(Consent.given_at, Consent.id)
    ).all()


@dataclass(frozen=True)
class BankFigures:
    """Counts over the whole bank: never about a person."""

    members: int
    resting: int
    joined_this_year: int


def bank_figures(session: Session) -> BankFigures:
    """How many are in the bank, how many of them rest, how many joined this year. One query."""
    year_start = from_local(datetime(today().year, 1, 1))  # noqa: DTZ001 - a wall time
    row = session.execute(
        select(
            func.count(),
            func.count().filter(BankMember.state == MemberState.PAUSED),
            func.count().filter(BankMember.confirmed_at >= year_start),
        ).where(BankMember.state.in_(IN_THE_BANK))
    ).one()
    return BankFigures(*row)


@dataclass(frozen=True)
class Spread:
    """The bank beside the county's residents: whose voice is missing."""

    by_municipality: Sequence[Band]
    by_gender: Sequence[Band]
    by_age: Sequence[Band]
    is_approximate: bool


def spread_of_bank(session: Session, actor: Actor) -> Spread:
    """The bank against the population by municipality, gender and age; small counts hidden.

    Age bands are those of the population table. Three queries.
    """
    rows = session.execute(
        select(
            BankMember.municipality_code,
            BankMember.is_protected,
            BankMember.gender,
            BankMember.birth_year,
            func.count(),
        )
        .where(_may_see_bank(actor), BankMember.state.in_(IN_THE_BANK))
        .group_by(
            BankMember.municipality_code,
            BankMember.is_protected,
            BankMember.gender,
            BankMember.birth_year,
        )
    ).all()
    residents = population_of_county(session)
    living: Counter[str] = Counter()
    genders: Counter[str] = Counter()
    ages: Counter[int] = Counter()
    for code, is_protected, gender, birth_year, count in rows:
        if code is not None and not is_protected:
            living[code] += count
        genders[gender] += count
        if birth_year is not None:
            ages[age_in(today().year, birth_year)] += count
    return Spread(
        by_municipality=bands(
            (place.name_in(current_locale()), living[place.code], place.population)
            for place in municipalities(session)
        ),
        by_gender=bands(_gender_rows(genders, residents)),
        by_age=bands(_age_rows(ages, residents)),
        is_approximate=any(band.is_approximate for band in residents),
    )


def _gender_rows(
    genders: Counter[str], residents: Sequence[BandTotal]
) -> Iterator[tuple[str, int, int]]:
    """The population table knows women and men only; others are counted by the bank alone."""
    for gender, sex in ((Gender.WOMAN, "K"), (Gender.MAN, "M")):
        of_sex = sum(band.count for band in residents if band.sex == sex)
        yield str(GENDER_LABELS[gender]), genders[gender], of_sex
    others = genders[Gender.OTHER] + genders[Gender.UNDISCLOSED]
    yield _("Other, or not told"), others, 0


def _age_rows(ages: Counter[int], residents: Sequence[BandTotal]) -> Iterator[tuple[str, int, int]]:
    counted: dict[tuple[int, int | None], int] = defaultdict(int)
    for band in residents:
        counted[band.age_from, band.age_to] += band.count
    for (low, high), in_county in sorted(counted.items(), key=lambda item: item[0][0]):
        in_bank = sum(n for age, n in ages.items() if age >= low and (high is None or age <= high))
        label = (
            _("%(low)s and older", low=low)
            if high is None
            else _("%(low)s–%(high)s years", low=low, high=high)
        )
        yield label, in_bank, in_county


def _may_see_bank(actor: Actor) -> ColumnElement[bool]:
    return true() if actor.scope(Permission.READ_BANK).everywhere else false()


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


def _lives_in(codes: Sequence[str]) -> ColumnElement[bool]:
    return and_(BankMember.municipality_code.in_(codes), ~BankMember.is_protected)


def _has_experience(area_id: int) -> ColumnElement[bool]:
    return BankMember.id.in_(
        select(MemberExperience.member_id).where(MemberExperience.area_id == area_id)
    )


def _has_role(roles: Sequence[str]) -> ColumnElement[bool]:
    return BankMember.id.in_(select(MemberRole.member_id).where(MemberRole.role.in_(roles)))


def _takes_part(ways: Sequence[str]) -> ColumnElement[bool]:
    # The list is stored as JSON; its values come from an enum, so their quoted form is exact.
    return or_(*(cast(BankMember.ways, String).contains(f'"{way}"') for way in ways))
