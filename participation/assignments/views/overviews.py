"""Overviews without people: the rates in force, and what participation cost."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask import Response, request

from participation.assignments.models import BaseAmount, RateTable
from participation.assignments.queries import (
    OrganisationTotal,
    base_amount_of,
    base_amounts,
    rate_tables,
    table_on,
    tariff_from,
    totals_of_year,
    years_with_claims,
)
from participation.assignments.rules.rates import Sums, Tariff
from participation.assignments.views.blueprint import WORDS, compensation
from participation.foundation.clock import today
from participation.foundation.files.web import attachment
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.tabular import XLSX, csv_bytes, xlsx_bytes
from participation.foundation.web import actor, db, render, requires

CSV = "text/csv"
ORE = Decimal(100)


@dataclass(frozen=True)
class ShownRates:
    """One version of the rates as the page shows it, its shares worked out."""

    table: RateTable
    base: BaseAmount | None
    tariff: Tariff


@compensation.get("/compensation/rates")
@requires(Permission.READ_COUNTY)
def rates() -> str:
    in_force, amounts = table_on(db(), today()), base_amounts(db())
    shown = [_shown(table, amounts, in_force) for table in rate_tables(db())]
    return render(
        "assignments/rates.html",
        current=next((one for one in shown if one.table is in_force), None),
        coming=[one for one in shown if one.table.valid_from > today()],
        earlier=[
            one for one in shown if one.table.valid_from <= today() and one.table is not in_force
        ],
        amounts=amounts,
        **WORDS,
    )


def _shown(
    table: RateTable, amounts: Sequence[BaseAmount], in_force: RateTable | None
) -> ShownRates:
    """Shares of this year for what is in force, of its first year for any other version."""
    year = today().year if table is in_force else table.valid_from.year
    base = base_amount_of(amounts, year)
    return ShownRates(table, base, tariff_from(table, base.amount_ore if base else 0))


@compensation.get("/compensation/totals")
@requires(Permission.READ_COSTS)
def totals() -> str:
    year, found = _asked()
    return render(
        "assignments/totals.html",
        year=year,
        years=years_with_claims(db(), actor()),
        found=found,
        sums=Sums(
            sum(one.sums.taxed_ore for one in found), sum(one.sums.untaxed_ore for one in found)
        ),
        paid_ore=sum(one.paid_ore for one in found),
        **WORDS,
    )


@compensation.get("/compensation/totals.csv")
@requires(Permission.READ_COSTS)
def totals_csv() -> Response:
    year, found = _asked()
    content = csv_bytes(_headings(), map(_row, found))
    return attachment(content, f"ersattning-{year}.csv", CSV)


@compensation.get("/compensation/totals.xlsx")
@requires(Permission.READ_COSTS)
def totals_xlsx() -> Response:
    year, found = _asked()
    content = xlsx_bytes([(str(year), _headings(), map(_row, found))])
    return attachment(content, f"ersattning-{year}.xlsx", XLSX)


def _asked() -> tuple[int, list[OrganisationTotal]]:
    """The year the address names, else this one; odd years have nothing to show."""
    typed = request.args.get("year", "")
    is_year = typed.isascii() and typed.isdecimal() and 2000 <= int(typed[:5]) <= 2100
    year = int(typed) if is_year else today().year
    return year, totals_of_year(db(), actor(), year)


def _headings() -> list[str]:
    return [
        _("Organisation"),
        _("Activities"),
        _("Claims"),
        _("Taxed, SEK"),
        _("Untaxed, SEK"),
        _("Together, SEK"),
        _("Of which paid, SEK"),
    ]


def _row(one: OrganisationTotal) -> list[Any]:
    return [
        one.name,
        one.activities,
        one.claims,
        one.sums.taxed_ore / ORE,
        one.sums.untaxed_ore / ORE,
        one.sums.total_ore / ORE,
        one.paid_ore / ORE,
    ]
