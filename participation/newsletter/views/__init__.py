"""Pages of the newsletter."""

from participation.newsletter.views import issues, news, public
from participation.newsletter.views.blueprint import blueprint, leaving

__all__ = ["blueprint", "issues", "leaving", "news", "public"]
