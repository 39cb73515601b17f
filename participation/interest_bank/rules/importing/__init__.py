"""Reading rows of an existing bank: what columns mean, what is wrong, what will happen. Pure."""

from participation.interest_bank.rules.importing.columns import (
    folded,
    guess_columns,
)
from participation.interest_bank.rules.importing.reading import (
    Reader,
)
from participation.interest_bank.rules.importing.vocabulary import (
    CONFIRM_DAYS,
    FIELD_LABELS,
    MOST_PROBLEMS,
    OUTCOME_LABELS,
    PROBLEM_LABELS,
    Field,
    ImportConsent,
    ImportState,
    Outcome,
    Places,
    Problem,
    Remark,
    Row,
)

__all__ = [
    "CONFIRM_DAYS",
    "FIELD_LABELS",
    "MOST_PROBLEMS",
    "OUTCOME_LABELS",
    "PROBLEM_LABELS",
    "Field",
    "ImportConsent",
    "ImportState",
    "Outcome",
    "Places",
    "Problem",
    "Reader",
    "Remark",
    "Row",
    "folded",
    "guess_columns",
]
