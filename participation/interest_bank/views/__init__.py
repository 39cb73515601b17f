"""Pages of the interest bank."""

from participation.interest_bank.views import (
    assisted,
    calls,
    changing,
    duplicates,
    glass,
    guardian,
    importing,
    joining,
    letters,
    members,
    membership,
    notes,
    notices,
    representation,
    searching,
    young,
)
from participation.interest_bank.views.blueprint import interest_bank

__all__ = [
    "assisted",
    "calls",
    "changing",
    "duplicates",
    "glass",
    "guardian",
    "importing",
    "interest_bank",
    "joining",
    "letters",
    "members",
    "membership",
    "notes",
    "notices",
    "representation",
    "searching",
    "young",
]
