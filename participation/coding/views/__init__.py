"""Pages of coding."""

from participation.coding.views import bench, codebooks, exchange, materials, review, urgent
from participation.coding.views.blueprint import blueprint

__all__ = ["bench", "blueprint", "codebooks", "exchange", "materials", "review", "urgent"]
