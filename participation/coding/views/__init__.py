"""Pages of coding."""

from participation.coding.views import (
    bench,
    book,
    codebooks,
    exchange,
    importing,
    materials,
    review,
    urgent,
)
from participation.coding.views.blueprint import blueprint

__all__ = [
    "bench",
    "blueprint",
    "book",
    "codebooks",
    "exchange",
    "importing",
    "materials",
    "review",
    "urgent",
]
