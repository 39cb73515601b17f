"""Pages of coding."""

from participation.coding.views import bench, codebooks, materials, review
from participation.coding.views.blueprint import blueprint

__all__ = ["bench", "blueprint", "codebooks", "materials", "review"]
