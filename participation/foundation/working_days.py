"""Swedish working days. Pure.

A deadline that ends on a day when offices are closed runs to the next day they are open.
Source: lag (1930:173) om beräkning av lagstadgad tid (Sundays and public holidays, Saturdays,
Midsummer Eve, Christmas Eve and New Year's Eve); lag (1989:253) om allmänna helgdagar.
"""

from datetime import date, timedelta
from functools import cache

SATURDAY = 5
ONE_DAY = timedelta(days=1)


def is_working_day(day: date) -> bool:
    """Whether offices are open.

    >>> is_working_day(date(2026, 6, 19)), is_working_day(date(2026, 6, 18))  # Midsummer Eve
    (False, True)
    """
    return day.weekday() < SATURDAY and day not in holidays(day.year)


def next_working_day(day: date) -> date:
    """The day itself when offices are open, else the next one they are.

    >>> next_working_day(date(2026, 12, 24))
    datetime.date(2026, 12, 28)
    """
    while not is_working_day(day):
        day += ONE_DAY
    return day


def working_days_after(day: date, number: int) -> date:
    """The day when so many working days have passed since `day`, which does not count itself.

    >>> working_days_after(date(2026, 12, 21), 4)
    datetime.date(2026, 12, 29)
    """
    for _one in range(number):
        day = next_working_day(day + ONE_DAY)
    return day


@cache
def holidays(year: int) -> frozenset[date]:
    """Public holidays and the eves that count as such, Saturdays and Sundays apart."""
    easter = easter_sunday(year)
    midsummer_eve = _first(date(year, 6, 19), weekday=4)
    return frozenset(
        {
            date(year, 1, 1),
            date(year, 1, 6),
            easter - timedelta(days=2),
            easter,
            easter + ONE_DAY,
            date(year, 5, 1),
            easter + timedelta(days=39),
            easter + timedelta(days=49),
            date(year, 6, 6),
            midsummer_eve,
            midsummer_eve + ONE_DAY,
            _first(date(year, 10, 31), weekday=SATURDAY),
            date(year, 12, 24),
            date(year, 12, 25),
            date(year, 12, 26),
            date(year, 12, 31),
        }
    )


def easter_sunday(year: int) -> date:
    """Easter Sunday of the Gregorian calendar.

    Source: the anonymous algorithm of Nature (1876), in Meeus, Astronomical Algorithms, chapter 8.

    >>> easter_sunday(2026), easter_sunday(2027)
    (datetime.date(2026, 4, 5), datetime.date(2027, 3, 28))
    """
    century, in_century = divmod(year, 100)
    leap_centuries, century_rest = divmod(century, 4)
    lunar_shift = (century - (century + 8) // 25 + 1) // 3
    golden = year % 19
    moon = (19 * golden + century - leap_centuries - lunar_shift + 15) % 30
    quarters, rest = divmod(in_century, 4)
    to_sunday = (32 + 2 * century_rest + 2 * quarters - moon - rest) % 7
    late = (golden + 11 * moon + 22 * to_sunday) // 451
    month, day = divmod(moon + to_sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _first(earliest: date, weekday: int) -> date:
    """The first such weekday (Monday is 0) from `earliest` on."""
    return earliest + timedelta(days=(weekday - earliest.weekday()) % 7)
