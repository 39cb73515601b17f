"""Pages of the interest bank."""

from participation.interest_bank.views import (
    guardian,
    joining,
    members,
    membership,
    notices,
    searching,
    young,
)
from participation.interest_bank.views.blueprint import interest_bank

__all__ = [
    "guardian",
    "interest_bank",
    "joining",
    "members",
    "membership",
    "notices",
    "searching",
    "young",
]
