"""Forms of assignments."""

from participation.assignments.forms.person import (
    MOST_TIES,
    SOME,
    AgreeForm,
    AskForm,
    ClaimForm,
    DeclarationForm,
    PaperClaimForm,
    claim_data,
)
from participation.assignments.forms.staff import (
    AdjustForm,
    AnswerQuestionForm,
    BatchForm,
    ClaimFilter,
    DecideForm,
    PaidForm,
    PlainForm,
    ReturnForm,
    TermsForm,
)

__all__ = [
    "MOST_TIES",
    "SOME",
    "AdjustForm",
    "AgreeForm",
    "AnswerQuestionForm",
    "AskForm",
    "BatchForm",
    "ClaimFilter",
    "ClaimForm",
    "DecideForm",
    "DeclarationForm",
    "PaidForm",
    "PaperClaimForm",
    "PlainForm",
    "ReturnForm",
    "TermsForm",
    "claim_data",
]
