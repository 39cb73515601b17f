"""Tables of the interest bank. Contacts and own words are encrypted at rest."""

from participation.interest_bank.models.calls import CallRequest
from participation.interest_bank.models.consents import Consent
from participation.interest_bank.models.duplicates import SuspectedPair
from participation.interest_bank.models.guardians import BankAgePolicy, GuardianApproval
from participation.interest_bank.models.imports import BankImport
from participation.interest_bank.models.letters import Letter
from participation.interest_bank.models.members import (
    BankMember,
    BankNameToken,
    MemberExperience,
    MemberRole,
)
from participation.interest_bank.models.notes import MemberNote
from participation.interest_bank.models.saved_searches import SavedSearch

__all__ = [
    "BankAgePolicy",
    "BankImport",
    "BankMember",
    "BankNameToken",
    "CallRequest",
    "Consent",
    "GuardianApproval",
    "Letter",
    "MemberExperience",
    "MemberNote",
    "MemberRole",
    "SavedSearch",
    "SuspectedPair",
]
