"""Tables of assignments. Importing the package registers them all."""

from participation.assignments.models.agreements import (
    AgreementTemplate,
    AssignmentAgreement,
    AssignmentTerms,
    ConflictDeclaration,
)
from participation.assignments.models.claims import (
    ClaimLine,
    CompensationClaim,
    PayrollBatch,
)
from participation.assignments.models.rates import BaseAmount, RateRow, RateTable

__all__ = [
    "AgreementTemplate",
    "AssignmentAgreement",
    "AssignmentTerms",
    "BaseAmount",
    "ClaimLine",
    "CompensationClaim",
    "ConflictDeclaration",
    "PayrollBatch",
    "RateRow",
    "RateTable",
]
