"""Ages from a birth year: who needs a guardian, how old somebody is."""

from datetime import date

# TRUST, law: under this age a guardian approves. Which age is the controllers' decision.
AGE_WITHOUT_GUARDIAN = 13
OLDEST_BIRTH_YEAR = 1900


def needs_guardian(birth_year: int, today: date) -> bool:
    """Whether somebody born that year may still be under 13 today.

    Only the year is asked for, so the youngest possible age counts.
    Source: TRUST.md, law (default: under 13 a guardian approves).

    >>> needs_guardian(2013, date(2026, 11, 22)), needs_guardian(2012, date(2026, 11, 22))
    (True, False)
    """
    return today.year - birth_year - 1 < AGE_WITHOUT_GUARDIAN


def age_in(year: int, birth_year: int) -> int:
    """The age somebody reaches during `year`."""
    return year - birth_year
