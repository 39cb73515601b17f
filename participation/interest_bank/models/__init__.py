"""Tables of the interest bank. Contacts and own words are encrypted at rest."""

from participation.interest_bank.models.consents import Consent
from participation.interest_bank.models.guardians import BankAgePolicy, GuardianApproval
from participation.interest_bank.models.members import (
    BankMember,
    BankNameToken,
    MemberExperience,
    MemberRole,
)

__all__ = [
    "BankAgePolicy",
    "BankMember",
    "BankNameToken",
    "Consent",
    "GuardianApproval",
    "MemberExperience",
    "MemberRole",
]
