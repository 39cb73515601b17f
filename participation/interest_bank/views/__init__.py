"""Pages of the interest bank."""

from participation.interest_bank.views import joining, members, membership
from participation.interest_bank.views.blueprint import interest_bank

__all__ = ["interest_bank", "joining", "members", "membership"]
