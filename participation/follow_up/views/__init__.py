"""Pages of follow-up."""

from participation.follow_up.views import feedback, indicators, perspective, plans, public_start
from participation.follow_up.views.blueprint import blueprint

__all__ = ["blueprint", "feedback", "indicators", "perspective", "plans", "public_start"]
