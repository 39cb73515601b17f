"""Swedish personal identity numbers and coordination numbers, checked without any register. Pure.

Source: Skatteverket, SKV 704: ten digits after the century, the last one by Luhn over the nine
before it; a coordination number (samordningsnummer) has 60 added to the day.
"""

import re
from dataclasses import dataclass
from datetime import date

_SHAPE = re.compile(r"(?P<century>\d{2})?(?P<six>\d{6})(?P<sign>[-+]?)(?P<four>\d{4})")
_SPACES = re.compile(r"[\s\u00a0\u2010-\u2015]")
COORDINATION_DAYS = 60
HUNDRED_YEARS = 100


class WrongNumber(ValueError):
    """No number that can exist. `reason`: shape, date, future or digit."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class PersonalNumber:
    """Twelve digits, with the birthday they stand for."""

    digits: str
    born_on: date
    is_coordination: bool

    def __str__(self) -> str:
        return f"{self.digits[:8]}-{self.digits[8:]}"

    @property
    def masked(self) -> str:
        """What a page may show: the birthday, never the last four."""
        return f"{self.digits[:8]}-••••"


def personal_number(typed: str, today: date) -> PersonalNumber:
    """Read a number with or without century, with "-", "+" (a hundred years or more) or neither.

    Raises WrongNumber.

    >>> str(personal_number("121212+1212", date(2026, 11, 12)))
    '19121212-1212'
    """
    text = _SPACES.sub(lambda found: "" if found[0].isspace() else "-", typed)
    found = _SHAPE.fullmatch(text)
    if found is None or not text.isascii():
        raise WrongNumber("shape")
    six, four = found["six"], found["four"]
    if check_digit(six + four[:3]) != int(four[3]):
        raise WrongNumber("digit")
    day = int(six[4:])
    is_coordination = day > COORDINATION_DAYS
    century = found["century"] or _century(six, found["sign"] == "+", today)
    born_on = _born_on(century + six[:4], day - COORDINATION_DAYS * is_coordination)
    if born_on > today:
        raise WrongNumber("future")
    return PersonalNumber(century + six + four, born_on, is_coordination)


def check_digit(nine: str) -> int:
    """Luhn over nine digits: every other one doubled, beginning with the first.

    >>> check_digit("121212121")
    2
    """
    doubled = (int(sign) * (2 - position % 2) for position, sign in enumerate(nine))
    return -sum(number // 10 + number % 10 for number in doubled) % 10


def _born_on(year_and_month: str, day: int) -> date:
    try:
        return date(int(year_and_month[:4]), int(year_and_month[4:]), day)
    except ValueError as problem:
        raise WrongNumber("date") from problem


def _century(six: str, is_hundred: bool, today: date) -> str:
    """The newest century in which the birthday has been; one earlier with a plus sign."""
    day = int(six[4:]) % COORDINATION_DAYS
    this_century = today.year // HUNDRED_YEARS
    is_past = (int(six[:2]), int(six[2:4]), day) <= (today.year % 100, today.month, today.day)
    return f"{this_century - (not is_past) - is_hundred:02d}"
