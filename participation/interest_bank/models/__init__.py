"""Tables of the interest bank. Contacts and own words are encrypted at rest."""

from participation.interest_bank.models.consents import Consent
from participation.interest_bank.models.members import (
    BankMember,
    BankNameToken,
    MemberExperience,
    MemberRole,
)

__all__ = [
    "BankMember",
    "BankNameToken",
    "Consent",
    "MemberExperience",
    "MemberRole",
]
