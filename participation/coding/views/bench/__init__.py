"""The coding grid and what is done in it."""

from participation.coding.views.bench import acts, grid

__all__ = ["acts", "grid"]
