"""Pages of assignments; importing the package registers every route."""

from participation.assignments.views import (
    activity,
    agreement,
    claim,
    claims,
    declaration,
    mine,
    overviews,
    payroll,
)
from participation.assignments.views.blueprint import assignments, compensation

__all__ = [
    "activity",
    "agreement",
    "assignments",
    "claim",
    "claims",
    "compensation",
    "declaration",
    "mine",
    "overviews",
    "payroll",
]
