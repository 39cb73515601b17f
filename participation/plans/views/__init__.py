"""Pages of plans."""

from participation.plans.views import documents, goals, plans
from participation.plans.views.blueprint import blueprint

__all__ = ["blueprint", "documents", "goals", "plans"]
