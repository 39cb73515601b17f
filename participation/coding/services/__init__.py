"""Writes of coding: taking in and forgetting material, reviewing, coding, codebooks."""

from participation.coding.services.codebooks import add_code, load_codebook
from participation.coding.services.coders import name_coders, release_coders
from participation.coding.services.coding import (
    apply_code,
    mask_passage,
    redo,
    remove_excerpt,
    set_aside,
    take_up,
    undo,
)
from participation.coding.services.holding import TextChanged
from participation.coding.services.material import forget_material, take_material
from participation.coding.services.readings import note_read_at_source
from participation.coding.services.review import review_text, suggested_masks

__all__ = [
    "TextChanged",
    "add_code",
    "apply_code",
    "forget_material",
    "load_codebook",
    "mask_passage",
    "name_coders",
    "note_read_at_source",
    "redo",
    "release_coders",
    "remove_excerpt",
    "review_text",
    "set_aside",
    "suggested_masks",
    "take_material",
    "take_up",
    "undo",
]
