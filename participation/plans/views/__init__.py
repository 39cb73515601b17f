"""Pages of plans."""

from participation.plans.views import goals, plans
from participation.plans.views.blueprint import blueprint

__all__ = ["blueprint", "goals", "plans"]
