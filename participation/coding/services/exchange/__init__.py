"""Codebooks and projects, out to other programs and in from them."""

from participation.coding.services.exchange.books import (
    codebook_project,
    load_themes,
    matching_codes,
)
from participation.coding.services.exchange.taking_in import (
    drop_import,
    read_import,
    receive_file,
    take_in_codebook,
    take_in_project,
)
from participation.coding.services.exchange.taking_out import (
    ReportWish,
    TakenOut,
    material_project,
    take_out,
)

__all__ = [
    "ReportWish",
    "TakenOut",
    "codebook_project",
    "drop_import",
    "load_themes",
    "matching_codes",
    "material_project",
    "read_import",
    "receive_file",
    "take_in_codebook",
    "take_in_project",
    "take_out",
]
