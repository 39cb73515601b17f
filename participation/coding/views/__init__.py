"""Pages of coding."""

from participation.coding.views import (
    bench,
    book,
    codebooks,
    double,
    exchange,
    importing,
    materials,
    memos,
    review,
    tables,
    urgent,
)
from participation.coding.views.blueprint import blueprint

__all__ = [
    "bench",
    "blueprint",
    "book",
    "codebooks",
    "double",
    "exchange",
    "importing",
    "materials",
    "memos",
    "review",
    "tables",
    "urgent",
]
