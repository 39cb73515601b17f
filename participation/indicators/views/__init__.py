"""Pages of indicators."""

from participation.indicators.views import indicators
from participation.indicators.views.blueprint import blueprint

__all__ = ["blueprint", "indicators"]
