"""Reads of the rates. They are public data of the county."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from participation.assignments.models import BaseAmount, RateRow, RateTable
from participation.assignments.rules.rates import Rate, RateKind, Tariff, share_of


def rate_tables(session: Session) -> Sequence[RateTable]:
    """Every version of the rates with its rates, newest first."""
    return session.scalars(
        select(RateTable)
        .where(RateTable.is_current)
        .options(selectinload(RateTable.rates))
        .order_by(RateTable.valid_from.desc(), RateTable.id.desc())
    ).all()


def table_on(session: Session, day: date) -> RateTable | None:
    """The version in force on a day; None before the first."""
    return session.scalar(
        select(RateTable)
        .where(RateTable.is_current, RateTable.valid_from <= day)
        .order_by(RateTable.valid_from.desc(), RateTable.id.desc())
        .limit(1)
    )


def base_amounts(session: Session) -> Sequence[BaseAmount]:
    """The base amount of every known year, newest first."""
    return session.scalars(
        select(BaseAmount)
        .where(BaseAmount.is_current)
        .order_by(BaseAmount.year.desc(), BaseAmount.id)
    ).all()


def base_amount_of(amounts: Sequence[BaseAmount], year: int) -> BaseAmount | None:
    """The year's, or the newest earlier one when the year's is not known."""
    return next((amount for amount in amounts if amount.year <= year), None)


def tariff_of(session: Session, table: RateTable, year: int) -> Tariff:
    """The rates of one version (loaded with it), shares of that year worked out. One query."""
    has_shares = any(row.percent_thousandths for row in table.rates)
    base = base_amount_of(base_amounts(session), year) if has_shares else None
    return tariff_from(table, base.amount_ore if base else 0)


def tariff_from(table: RateTable, base_ore: int) -> Tariff:
    """As `tariff_of`, from what is loaded already."""
    rates = (_rate(row, base_ore) for row in table.rates if row.is_current)
    order = {kind: place for place, kind in enumerate(RateKind)}
    in_order = sorted(rates, key=lambda rate: order[rate.kind])
    return Tariff({rate.kind: rate for rate in in_order}, table.step_minutes)


def _rate(row: RateRow, base_ore: int) -> Rate:
    share = row.percent_thousandths
    return Rate(
        kind=RateKind(row.kind),
        amount_ore=row.amount_ore if share is None else share_of(base_ore, share),
        cap_ore=row.cap_ore,
        is_taxable=row.is_taxable,
        needs_proof=row.needs_proof,
        up_to_minutes=row.up_to_minutes,
    )
