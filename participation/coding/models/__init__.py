"""Tables of coding. A text never points at a person: only at a reference its source understands."""

from participation.coding.models.codebooks import (
    KEY_LENGTH,
    NAME_LENGTH,
    Code,
    Codebook,
    CodebookStep,
    StartingCodebook,
    Theme,
)
from participation.coding.models.excerpts import CodingStep, Excerpt, TextState
from participation.coding.models.exchange import QdaImport
from participation.coding.models.importing import MaterialImport
from participation.coding.models.learning import CodeModel, DeclinedCode
from participation.coding.models.materials import (
    SOURCE_REF_LENGTH,
    TITLE_LENGTH,
    Material,
    MaterialCoder,
    MaterialText,
)
from participation.coding.models.memos import Memo
from participation.coding.models.rounds import CodingAssignment, CodingRound
from participation.coding.models.urgent import UrgentContact, UrgentText

__all__ = [
    "KEY_LENGTH",
    "NAME_LENGTH",
    "SOURCE_REF_LENGTH",
    "TITLE_LENGTH",
    "Code",
    "CodeModel",
    "Codebook",
    "CodebookStep",
    "CodingAssignment",
    "CodingRound",
    "CodingStep",
    "DeclinedCode",
    "Excerpt",
    "Material",
    "MaterialCoder",
    "MaterialImport",
    "MaterialText",
    "Memo",
    "QdaImport",
    "StartingCodebook",
    "TextState",
    "Theme",
    "UrgentContact",
    "UrgentText",
]
