"""Names of those who answer in a round with names."""

from enum import StrEnum

from participation.interest_bank.rules import folded_name

NAME_LENGTH = 100


class Sort(StrEnum):
    """How those who answered can be listed; those who are alike, by name."""

    NAME = "name"
    ROLE = "role"
    UNIT = "unit"


def is_same_name(known: str, typed: str) -> bool:
    """Whether somebody wrote the name we know; case, accents, signs and order are no difference.

    >>> is_same_name("Anna-Lena Berg", " berg, anna  LENA "), is_same_name("Anna Berg", "Ali Berg")
    (True, False)
    """
    folded = folded_name(known)
    return bool(folded) and folded == folded_name(typed)
