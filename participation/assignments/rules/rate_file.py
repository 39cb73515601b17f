"""The county file's `base_amounts` and `compensation_rates`: rates as versioned data."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from participation.assignments.rules.rates import AS_PAID, ATTENDANCE, PER_HOUR, RateKind
from participation.county.rules.nodes import Claims, Node, Shape
from participation.foundation.i18n import gettext as _

FIRST_YEAR, LAST_YEAR = 2000, 2100
THOUSANDTHS = 1_000
ORE = 100
LONGEST_STEP = 60
LONGEST_DAYS = 3_660

BASE_AMOUNT = Shape("base_amounts", required=("year", "kronor"), optional=("source",))
RATE_TABLE = Shape(
    "compensation_rates",
    required=("key", "name", "valid_from", "rates", "claim_within_days", "number_kept_days"),
    optional=("source", "example", "count_minutes_in"),
)
RATE = Shape(
    "rates",
    required=("kind",),
    optional=("kronor", "percent", "ceiling", "up_to_hours", "tax_free", "proof"),
)
SHAPES = (BASE_AMOUNT, RATE_TABLE, RATE)


@dataclass(frozen=True, kw_only=True)
class BaseAmountFacts:
    """The base amount (prisbasbelopp) of one year."""

    year: int
    amount_ore: int
    source: str | None


@dataclass(frozen=True, kw_only=True)
class RateFacts:
    """One rate as the file states it: a sum, or a share of the base amount."""

    kind: str
    amount_ore: int | None
    percent_thousandths: int | None
    cap_ore: int | None
    up_to_minutes: int | None
    is_taxable: bool
    needs_proof: bool


@dataclass(frozen=True, kw_only=True)
class RateTableFacts:
    """One version of the rates."""

    key: str
    name: str
    valid_from: date
    source: str | None
    is_example: bool
    step_minutes: int
    claim_days: int
    number_kept_days: int
    rates: tuple[RateFacts, ...]


def read_base_amounts(section: Node) -> list[BaseAmountFacts]:
    """Every year's base amount; what is wrong is noted on the nodes."""
    found, years = [], Claims()
    for node in section.shaped_entries(BASE_AMOUNT):
        year = node.whole_number("year", FIRST_YEAR, LAST_YEAR)
        years.claim(node, str(year), "year")
        amount = _ore(node, "kronor") or 0
        found.append(
            BaseAmountFacts(year=year, amount_ore=amount, source=node.text_or_none("source", 300))
        )
    return found


def read_rate_tables(section: Node) -> list[RateTableFacts]:
    """Every version of the rates; what is wrong is noted on the nodes."""
    found, keys, days = [], Claims(), Claims()
    for node in section.shaped_entries(RATE_TABLE):
        table = _table(node)
        keys.claim(node, table.key)
        days.claim(node, str(table.valid_from), "valid_from")
        found.append(table)
    return found


def _table(node: Node) -> RateTableFacts:
    kinds = Claims()
    rates = []
    for entry in node.shaped_children("rates", RATE):
        rate = _rate(entry)
        kinds.claim(entry, rate.kind, "kind")
        rates.append(rate)
    return RateTableFacts(
        key=node.own_key(),
        name=node.text("name"),
        valid_from=node.day_or_none("valid_from") or date.min,
        source=node.text_or_none("source", 500),
        is_example=node.flag("example"),
        step_minutes=node.whole_number_or_none("count_minutes_in", 1, LONGEST_STEP) or 30,
        claim_days=node.whole_number("claim_within_days", 1, LONGEST_DAYS),
        number_kept_days=node.whole_number("number_kept_days", 0, LONGEST_DAYS),
        rates=tuple(rates),
    )


def _rate(node: Node) -> RateFacts:
    kind = node.choice("kind", tuple(RateKind))
    if kind in AS_PAID:
        _refuse(node, kind, "kronor", "percent")
    elif node.has("kronor") == node.has("percent"):
        node.error(_("give “kronor” or “percent”, and not both"), "kind")
    if kind not in ATTENDANCE:
        _refuse(node, kind, "up_to_hours")
    if kind not in AS_PAID:
        _refuse(node, kind, "ceiling", "proof")
    if kind in PER_HOUR or kind == RateKind.MILEAGE:
        _refuse(node, kind, "percent")
    hours = _decimal(node, "up_to_hours")
    return RateFacts(
        kind=kind,
        amount_ore=_ore(node, "kronor"),
        percent_thousandths=_whole(node, "percent", THOUSANDTHS),
        cap_ore=_ore(node, "ceiling"),
        up_to_minutes=None if hours is None else int(hours * 60),
        is_taxable=not node.flag("tax_free"),
        needs_proof=node.flag("proof"),
    )


def _refuse(node: Node, kind: str, *keys: str) -> None:
    for key in keys:
        if node.has(key):
            node.error(_("“%(key)s” means nothing for %(kind)s", key=key, kind=kind), key)


def _ore(node: Node, key: str) -> int | None:
    return _whole(node, key, ORE)


def _whole(node: Node, key: str, parts: int) -> int | None:
    """A number above nothing in whole hundredths or thousandths."""
    number = _decimal(node, key)
    if number is None:
        return None
    scaled = number * parts
    if scaled != scaled.to_integral_value():
        node.error(_("“%(key)s” has too many decimals", key=key), key)
    return int(scaled)


def _decimal(node: Node, key: str) -> Decimal | None:
    number = node.decimal_or_none(key)
    if number is None:
        return None
    if number <= 0:
        node.error(_("“%(key)s” must be more than nothing", key=key), key)
    return Decimal(repr(number))
