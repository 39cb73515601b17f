"""Pages of indicators."""

from participation.indicators.views import imports, indicators, register
from participation.indicators.views.blueprint import blueprint

__all__ = ["blueprint", "imports", "indicators", "register"]
