"""Pages of plans."""

from participation.plans.views import deciding, documents, drafts, evidence, goals, plans, reading
from participation.plans.views.blueprint import blueprint

__all__ = ["blueprint", "deciding", "documents", "drafts", "evidence", "goals", "plans", "reading"]
