"""Pages of draws: staff at work, everybody, and each candidate."""

from participation.selection.views import (  # noqa: F401 - importing registers the routes
    households,
    overview,
    replacing,
    sealing,
    workshop,
)
from participation.selection.views.blueprint import selection
from participation.selection.views.public import draws

__all__ = ["draws", "selection"]
