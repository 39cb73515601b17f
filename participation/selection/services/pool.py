"""A draw's rows as the pool that the arithmetic knows."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from participation.selection.models import Draw, DrawPerson
from participation.selection.queries.draws import quotas_of
from participation.selection.queries.people import household_numbers, rows_of_pool
from participation.selection.queries.traits import CountyParts, traits_of_pool
from participation.selection.rules import pool as arithmetic
from participation.selection.rules.features import Limits, QuotaKey, Traits, flat_key, flat_traits


def live_pool(
    session: Session, draw: Draw, parts: CountyParts
) -> tuple[arithmetic.Pool, list[Traits]]:
    """Before the quotas are agreed: the people as they are in the bank today, and their traits.

    Numbers are the rows' own and mean nothing outside this process.
    """
    traits = traits_of_pool(session, draw.id, parts)
    homes = household_numbers(session, draw.id)
    quotas = quotas_of(session, draw.id)
    people = tuple(
        _person(row.id, traits[row.member_id], homes.get(row.member_id), draw, quotas)
        for row in rows_of_pool(session, draw.id)
        if row.member_id in traits
    )
    return arithmetic.Pool(people, draw.seats, _quotas(quotas)), list(traits.values())


def frozen_pool(session: Session, draw: Draw, *, with_erased: bool = True) -> arithmetic.Pool:
    """Since the quotas are agreed: everybody by candidate number, as noted then.

    Without `with_erased`, only those who still can be drawn.
    """
    quotas = quotas_of(session, draw.id)
    rows = [
        row
        for row in rows_of_pool(session, draw.id)
        if row.number is not None and (with_erased or row.member_id is not None)
    ]
    people = tuple(_frozen(row, draw, quotas) for row in rows)
    return arithmetic.Pool(people, draw.seats, _quotas(quotas))


def _frozen(row: DrawPerson, draw: Draw, quotas: Mapping[QuotaKey, Limits]) -> arithmetic.Person:
    assert row.number is not None
    return _person(row.number, row.traits, row.household, draw, quotas)


def _person(
    number: int,
    traits: Traits,
    household: int | None,
    draw: Draw,
    quotas: Mapping[QuotaKey, Limits],
) -> arithmetic.Person:
    return arithmetic.Person(
        number,
        flat_traits(traits, draw.features, quotas),
        None if household is None else str(household),
    )


def _quotas(quotas: Mapping[QuotaKey, Limits]) -> dict[str, dict[str, arithmetic.Quota]]:
    found: dict[str, dict[str, arithmetic.Quota]] = {}
    for key, limits in sorted(quotas.items()):
        feature, value = flat_key(key)
        quota = arithmetic.Quota(limits.minimum, limits.maximum)
        found.setdefault(feature, {})[value] = quota
    return found
