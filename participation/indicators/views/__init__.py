"""Pages of indicators."""

from participation.indicators.views import counted, imports, indicators, register
from participation.indicators.views.blueprint import blueprint

__all__ = ["blueprint", "counted", "imports", "indicators", "register"]
