"""What an assignment is worth: pure arithmetic over a rate table. All amounts in öre.

Rounding, said once: a share of the base amount (prisbasbelopp) is rounded to whole kronor; time is
counted in steps that have begun; each line is then rounded to whole öre, halves upwards.

Source: SELECTION.md, "From request to thanks" (rate tables are versioned data).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from participation.assignments.rules.money import HOUR, ORE, rounded
from participation.foundation.i18n import lazy_gettext as _l

ONE_DAY_AT_MOST = timedelta(hours=12)
WHOLE_SHARE = 100_000  # 100 per cent in thousandths of a per cent


class RateKind(StrEnum):
    """What can be compensated."""

    HOUR = "hour"
    HALF_DAY = "half_day"
    FULL_DAY = "full_day"
    PREPARATION = "preparation"
    TRAVEL_TIME = "travel_time"
    MILEAGE = "mileage"
    LOST_INCOME = "lost_income"
    OTHER_COST = "other_cost"


RATE_LABELS: dict[str, Any] = {
    RateKind.HOUR: _l("Fee per hour"),
    RateKind.HALF_DAY: _l("Fee for half a day"),
    RateKind.FULL_DAY: _l("Fee for a whole day"),
    RateKind.PREPARATION: _l("Time to prepare"),
    RateKind.TRAVEL_TIME: _l("Time to travel"),
    RateKind.MILEAGE: _l("Own car"),
    RateKind.LOST_INCOME: _l("Lost income"),
    RateKind.OTHER_COST: _l("Tickets and other costs"),
}
ATTENDANCE = (RateKind.HOUR, RateKind.HALF_DAY, RateKind.FULL_DAY)
PER_HOUR = (RateKind.HOUR, RateKind.PREPARATION, RateKind.TRAVEL_TIME)
AS_PAID = (RateKind.LOST_INCOME, RateKind.OTHER_COST)  # what the person states, up to a ceiling


@dataclass(frozen=True, kw_only=True)
class Rate:
    """One rate, its share already worked out. `amount_ore` per hour, time, kilometre or none."""

    kind: RateKind
    amount_ore: int | None = None
    cap_ore: int | None = None
    is_taxable: bool = True
    needs_proof: bool = False
    up_to_minutes: int | None = None


@dataclass(frozen=True)
class Tariff:
    """The rates in force for one claim."""

    rates: Mapping[RateKind, Rate]
    step_minutes: int = 30

    def offers(self, kind: RateKind) -> bool:
        return kind in self.rates


@dataclass(frozen=True, kw_only=True)
class Claimed:
    """What somebody asks to be compensated for, in whole minutes, kilometres and öre."""

    attended_minutes: int
    attended_days: int = 1
    preparation_minutes: int = 0
    travel_minutes: int = 0
    kilometres: int = 0
    lost_income_ore: int = 0
    other_cost_ore: int = 0


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of a claim. `quantity` in minutes, times or kilometres; 1 for what was paid."""

    kind: RateKind
    quantity: int
    amount_ore: int
    is_taxable: bool
    is_capped: bool = False


@dataclass(frozen=True)
class Sums:
    """Taxed and untaxed apart, never mixed in one figure but the total."""

    taxed_ore: int = 0
    untaxed_ore: int = 0

    @property
    def total_ore(self) -> int:
        return self.taxed_ore + self.untaxed_ore


@dataclass
class _Lines:
    tariff: Tariff
    found: list[Line] = field(default_factory=list)

    def add(self, kind: RateKind, quantity: int, amount: Decimal | int, **more: bool) -> None:
        rate = self.tariff.rates[kind]
        self.found.append(
            Line(
                kind=kind,
                quantity=quantity,
                amount_ore=rounded(Decimal(amount)),
                is_taxable=rate.is_taxable,
                **more,
            )
        )


def share_of(base_ore: int, thousandths: int) -> int:
    """A share of the base amount, in whole kronor. `thousandths` of a per cent.

    Worked example: 1.2 per cent of 59 200 kr is 710.40 kr, rounded to 710 kr.

    >>> share_of(59_200_00, 1_200)
    71000
    """
    return rounded(Decimal(base_ore) * thousandths / WHOLE_SHARE, ORE)


def begun(minutes: int, step: int) -> int:
    """Minutes up to the next whole step.

    >>> begun(61, 30), begun(60, 30)
    (90, 60)
    """
    return -(-minutes // step) * step


def days_between(starts: datetime, ends: datetime) -> int:
    """How many days a meeting counts as; local times. An evening past midnight is one day.

    >>> days_between(datetime(2026, 3, 1, 22), datetime(2026, 3, 2, 1))
    1
    >>> days_between(datetime(2026, 3, 1, 9), datetime(2026, 3, 2, 16))
    2
    """
    if ends - starts <= ONE_DAY_AT_MOST:
        return 1
    return (ends.date() - starts.date()).days + 1


def lines_of(tariff: Tariff, claimed: Claimed) -> tuple[Line, ...]:
    """Every line of a claim, in the order of RateKind. What the table lacks gives no line.

    Worked example: two and a quarter hours at 150 kr begun half hours → 2.5 h × 150 = 375 kr.
    """
    lines = _Lines(tariff)
    _attendance(lines, claimed.attended_minutes, claimed.attended_days)
    for kind, minutes in (
        (RateKind.PREPARATION, claimed.preparation_minutes),
        (RateKind.TRAVEL_TIME, claimed.travel_minutes),
    ):
        if minutes and tariff.offers(kind):
            _per_hour(lines, kind, minutes)
    mileage = tariff.rates.get(RateKind.MILEAGE)
    if claimed.kilometres and mileage:
        amount = claimed.kilometres * (mileage.amount_ore or 0)
        lines.add(RateKind.MILEAGE, claimed.kilometres, amount)
    for kind, stated in (
        (RateKind.LOST_INCOME, claimed.lost_income_ore),
        (RateKind.OTHER_COST, claimed.other_cost_ore),
    ):
        if stated and tariff.offers(kind):
            cap = tariff.rates[kind].cap_ore
            amount = stated if cap is None else min(stated, cap)
            lines.add(kind, 1, amount, is_capped=amount < stated)
    return tuple(lines.found)


def _attendance(lines: _Lines, minutes: int, days: int) -> None:
    """The fee for being there: whole days when it went on for several, else by its length."""
    tariff = lines.tariff
    if days > 1 and tariff.offers(RateKind.FULL_DAY):
        rate = tariff.rates[RateKind.FULL_DAY]
        lines.add(RateKind.FULL_DAY, days, days * (rate.amount_ore or 0))
        return
    offered = [tariff.rates[kind] for kind in ATTENDANCE if tariff.offers(kind)]
    fitting = next((r for r in offered if minutes <= (r.up_to_minutes or minutes)), None)
    rate_or_none = fitting or (offered[-1] if offered else None)
    if rate_or_none is None or minutes <= 0:
        return
    if rate_or_none.kind is RateKind.HOUR:
        _per_hour(lines, RateKind.HOUR, minutes)
    else:
        lines.add(rate_or_none.kind, 1, rate_or_none.amount_ore or 0)


def _per_hour(lines: _Lines, kind: RateKind, minutes: int) -> None:
    counted = begun(minutes, lines.tariff.step_minutes)
    rate = lines.tariff.rates[kind].amount_ore or 0
    lines.add(kind, counted, Decimal(rate) * counted / HOUR)


def sums_of(lines: Iterable[Any]) -> Sums:
    """Taxed and untaxed apart, of anything with `amount_ore` and `is_taxable`."""
    found = list(lines)
    return Sums(
        taxed_ore=sum(line.amount_ore for line in found if line.is_taxable),
        untaxed_ore=sum(line.amount_ore for line in found if not line.is_taxable),
    )


def proof_missing(tariff: Tariff, claimed: Claimed, files: int) -> tuple[RateKind, ...]:
    """The kinds that need a file when none is attached."""
    if files:
        return ()
    stated = {
        RateKind.LOST_INCOME: claimed.lost_income_ore,
        RateKind.OTHER_COST: claimed.other_cost_ore,
    }
    return tuple(
        kind
        for kind, ore in stated.items()
        if ore and tariff.offers(kind) and tariff.rates[kind].needs_proof
    )
