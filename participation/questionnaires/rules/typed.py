"""Numbers and days as people type them, in the languages we speak.

A number may have Arabic digits, a comma, spaces between thousands; a day may be written with
digits in the Swedish or the international order, or with the month's name.
"""

import math
import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from functools import cache

from babel.dates import get_month_names

from participation.foundation.html import plain
from participation.foundation.i18n import LOCALES

EXAMPLE_DAY = "\u20662026\u201111\u201130\u2069"  # never broken over lines nor turned around

_SIGNS = str.maketrans({",": ".", "٫": ".", "٬": "", "\u2212": "-", "'": "", "\u2019": ""})
_HYPHENS = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-"))
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,4})?", re.IGNORECASE | re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})[-/. ]+(\d{1,2})[-/. ]+(\d{1,2})", re.ASCII)
_WITHOUT_SIGNS = re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+(\d{4})", re.ASCII)
_WITH_NAME = re.compile(r"(\d{1,2})[. ]+([^\W\d_]+)[., ]+(\d{4})")


def read_number(typed: str) -> float | None:
    """The number in `typed`, infinite when no computer holds it; None when it is none.

    >>> read_number(" 1 200,5 "), read_number("٣"), read_number("three")
    (1200.5, 3.0, None)
    """
    text = "".join(_with_plain_digits(plain(typed)).translate(_SIGNS).split())
    if not _NUMBER.fullmatch(text):
        return None
    try:
        return float(text)
    except (ValueError, OverflowError):  # more digits than anybody means
        return math.inf


def read_day(typed: str) -> date | None:
    """The day in `typed`; None when there is no such day.

    >>> read_day("2026-11-30"), read_day("30/11 2026"), read_day("31 februari 2026")
    (datetime.date(2026, 11, 30), datetime.date(2026, 11, 30), None)
    """
    text = " ".join(_with_plain_digits(plain(typed)).translate(_HYPHENS).split())
    if found := _YEAR_FIRST.fullmatch(text) or _WITHOUT_SIGNS.fullmatch(text):
        year, month, day = found.groups()
    elif found := _DAY_FIRST.fullmatch(text):
        day, month, year = found.groups()
    elif (found := _WITH_NAME.fullmatch(text)) and found[2].lower() in _months():
        day, month, year = found[1], _months()[found[2].lower()], found[3]
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _with_plain_digits(text: str) -> str:
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)


@cache
def _months() -> Mapping[str, str]:
    """Number of each month by its names, long and short, in every language of the pages."""
    return {
        name.lower().rstrip("."): str(number)
        for locale in LOCALES
        for width in ("wide", "abbreviated")
        for number, name in get_month_names(width, locale=locale).items()
    }
