"""Pages of follow-up."""

from participation.follow_up.views import feedback, perspective, public_start
from participation.follow_up.views.blueprint import blueprint

__all__ = ["blueprint", "feedback", "perspective", "public_start"]
