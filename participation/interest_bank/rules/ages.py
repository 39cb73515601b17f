"""Ages from a birth year: who may join, who needs a guardian, and who decided so. Pure."""

from dataclasses import dataclass
from datetime import date

OLDEST_BIRTH_YEAR = 1900
# The Convention on the Rights of the Child, article 1.
OF_AGE = 18


@dataclass(frozen=True)
class AgePolicy:
    """The controllers' ages; without a decision the platform's proposal holds.

    Below `youngest` nobody joins. Below `guardian_below` a guardian approves. A guardian never
    sees what a child answers, so there is no setting for it.
    Source: TRUST.md, law.
    """

    youngest: int = 7
    guardian_below: int = 13
    decided_on: date | None = None
    decided_by: str | None = None

    @property
    def is_proposal(self) -> bool:
        return self.decided_on is None


PROPOSED_AGES = AgePolicy()


def youngest_possible_age(birth_year: int, today: date) -> int:
    """Only the year is asked for, so the birthday may still be to come."""
    return today.year - birth_year - 1


def needs_guardian(birth_year: int, today: date, policy: AgePolicy = PROPOSED_AGES) -> bool:
    """Whether somebody born that year may still be below the age without a guardian today.

    >>> needs_guardian(2013, date(2026, 11, 22)), needs_guardian(2012, date(2026, 11, 22))
    (True, False)
    """
    return youngest_possible_age(birth_year, today) < policy.guardian_below


def is_too_young(birth_year: int, today: date, policy: AgePolicy = PROPOSED_AGES) -> bool:
    """Whether somebody does not even this year reach the age from which the bank is open.

    >>> is_too_young(2020, date(2026, 11, 22)), is_too_young(2019, date(2026, 11, 22))
    (True, False)
    """
    return age_in(today.year, birth_year) < policy.youngest


def may_be_minor(birth_year: int, today: date) -> bool:
    """Whether somebody born that year may still be under 18 today."""
    return youngest_possible_age(birth_year, today) < OF_AGE


def first_minor_year(today: date) -> int:
    """Whoever was born that year or later may still be under 18 (as `may_be_minor`)."""
    return today.year - OF_AGE


def age_in(year: int, birth_year: int) -> int:
    """The age somebody reaches during `year`."""
    return year - birth_year
