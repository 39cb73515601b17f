"""Reading material, as far as the person asking may. Unseen and missing are the same: NotFound.

A text that nobody has de-identified yet is shown to the material's owner only.
"""

from participation.coding.queries.codebooks import (
    CodeLine,
    Found,
    can_undo,
    code,
    code_by_number,
    code_lines,
    codebook,
    codebook_by_key,
    codebook_lines,
    codebook_public_id,
    codebook_to_change,
    codebooks,
    excerpts_of_codes,
    last_step,
    may_change_codebook,
    themes,
)
from participation.coding.queries.materials import (
    MaterialLine,
    coding_progress,
    material,
    materials,
    materials_of_source,
    reviewable_material,
    waiting_by_material,
    with_siblings,
)
from participation.coding.queries.texts import (
    ExcerptLine,
    excerpt,
    excerpts_of_texts,
    grid_page,
    raw_text,
    raw_texts,
    text,
)
from participation.coding.queries.voices import (
    VoiceSpread,
    voice_spread,
    voices_by_role,
)

__all__ = [
    "CodeLine",
    "ExcerptLine",
    "Found",
    "MaterialLine",
    "VoiceSpread",
    "can_undo",
    "code",
    "code_by_number",
    "code_lines",
    "codebook",
    "codebook_by_key",
    "codebook_lines",
    "codebook_public_id",
    "codebook_to_change",
    "codebooks",
    "coding_progress",
    "excerpt",
    "excerpts_of_codes",
    "excerpts_of_texts",
    "grid_page",
    "last_step",
    "material",
    "materials",
    "materials_of_source",
    "may_change_codebook",
    "raw_text",
    "raw_texts",
    "reviewable_material",
    "text",
    "themes",
    "voice_spread",
    "voices_by_role",
    "waiting_by_material",
    "with_siblings",
]
