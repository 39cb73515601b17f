"""The shape of what coders type."""

from participation.coding.forms.codebooks import (
    ChangeCodeForm,
    MergeForm,
    NewCodebookForm,
    NewCodeForm,
    SplitForm,
    ThemeForm,
)
from participation.coding.forms.grid import (
    HIGHEST_CODE,
    LONGEST_OFFSET,
    AsideForm,
    CodeForm,
    GridFilter,
    PassageForm,
    WholeTextForm,
)
from participation.coding.forms.review import (
    LONGEST_MEMO,
    CleanForm,
    ReviewForm,
    mask_parts,
    mask_value,
)
from participation.coding.forms.urgent import UrgentContactsForm, UrgentDoneForm

__all__ = [
    "HIGHEST_CODE",
    "LONGEST_MEMO",
    "LONGEST_OFFSET",
    "AsideForm",
    "ChangeCodeForm",
    "CleanForm",
    "CodeForm",
    "GridFilter",
    "MergeForm",
    "NewCodeForm",
    "NewCodebookForm",
    "PassageForm",
    "ReviewForm",
    "SplitForm",
    "ThemeForm",
    "UrgentContactsForm",
    "UrgentDoneForm",
    "WholeTextForm",
    "mask_parts",
    "mask_value",
]
