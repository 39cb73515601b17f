"""Amounts are whole öre, times whole minutes. Reading what people type; nothing is ever a float."""

import re
from decimal import ROUND_HALF_UP, Decimal

from babel.numbers import format_decimal

from participation.foundation.i18n import current_locale
from participation.foundation.i18n import gettext as _

MOST_ORE = 100_000_00  # one hundred thousand kronor in one line
MOST_MINUTES = 24 * 60
MOST_KM = 2_000
ORE = 100
NO_BREAK = "\u00a0"  # an amount and its unit stay on one line
HOUR = 60

_SPACES = re.compile(r"[\s\u00a0\u202f]")
_AMOUNT = re.compile(r"-?\d{1,12}(?:[.,]\d{1,6})?")
_HOURS = re.compile(r"(?P<hours>\d{1,2})(?:[.,](?P<part>\d{1,2})|:(?P<minutes>[0-5]\d))?")


class WrongAmount(ValueError):
    """No amount that can be claimed. `reason`: shape, decimals, low or high."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def ore_from(typed: str, most: int = MOST_ORE) -> int:
    """Kronor as people write them, in öre: more than nothing, at most `most`.

    Raises WrongAmount.

    >>> ore_from("1 234,50 kr")
    123450
    """
    text = _SPACES.sub("", typed).lower().removesuffix("kr").removesuffix(":-")
    if not _AMOUNT.fullmatch(text) or not text.isascii():
        raise WrongAmount("shape")
    amount = Decimal(text.replace(",", ".")) * ORE
    if amount != amount.to_integral_value():
        raise WrongAmount("decimals")
    if amount <= 0:
        raise WrongAmount("low")
    if amount > most:
        raise WrongAmount("high")
    return int(amount)


def minutes_from(typed: str) -> int:
    """Hours as people write them, in minutes: "1,5", "1:30" and "2 tim".

    Raises WrongAmount.

    >>> minutes_from("1,5"), minutes_from("1:30")
    (90, 90)
    """
    text = _SPACES.sub("", typed).lower().removesuffix("h").removesuffix("tim")
    found = _HOURS.fullmatch(text)
    if found is None or not text.isascii():
        raise WrongAmount("low" if text.startswith("-") else "shape")
    part = Decimal(f"0.{found['part'] or 0}") * HOUR
    minutes = int(found["hours"]) * HOUR + int(found["minutes"] or 0) + rounded(part)
    if not minutes:
        raise WrongAmount("low")
    if minutes > MOST_MINUTES:
        raise WrongAmount("high")
    return minutes


def rounded(value: Decimal, step: int = 1) -> int:
    """To the nearest multiple of `step`, halves upwards.

    >>> rounded(Decimal("71040"), 100), rounded(Decimal("50"), 100)
    (71000, 100)
    """
    return int((value / step).quantize(Decimal(1), ROUND_HALF_UP)) * step


def kronor(ore: int) -> str:
    """An amount in the reader's language: "1 234,50 kr", and "710 kr" when it comes out even."""
    pattern = "#,##0" if ore % ORE == 0 else "#,##0.00"
    amount = format_decimal(Decimal(ore) / ORE, format=pattern, locale=current_locale())
    return _("SEK %(amount)s", amount=amount).replace(" ", NO_BREAK)


def hours(minutes: int) -> str:
    """ "1 h 30 min" in the reader's language; whole hours without minutes."""
    whole, rest = divmod(minutes, HOUR)
    if not rest:
        return _("%(hours)s h", hours=whole)
    if not whole:
        return _("%(minutes)s min", minutes=rest)
    return _("%(hours)s h %(minutes)s min", hours=whole, minutes=rest)


def typed_kronor(ore: int) -> str:
    """An amount as a field shows it: "1234,50"."""
    return str(Decimal(ore) / ORE).replace(".", ",")


def typed_hours(minutes: int) -> str:
    """A time as a field shows it: "1:30", "2"."""
    whole, rest = divmod(minutes, HOUR)
    return f"{whole}:{rest:02d}" if rest else str(whole)
