"""Reads of the interest bank. Fetching is authorising: every row is asked for by somebody.

The bank is the whole county's, so only coordinators without a narrower scope see it.
"""

from participation.interest_bank.queries.figures import BankFigures, bank_figures
from participation.interest_bank.queries.guardians import (
    age_policy,
    approval_asked,
    approval_to_withdraw,
    approvals_of,
    lacks_approval,
    may_be_invited,
    membership_awaiting,
    minors_among,
    minors_named,
    newest_approval,
)
from participation.interest_bank.queries.lists import Filters, member_visible_to, members_visible_to
from participation.interest_bank.queries.matching import (
    Criteria,
    fitting_members,
    matching_members,
    willing_members,
)
from participation.interest_bank.queries.own import (
    all_consents,
    member_awaiting_confirmation,
    membership_to_change,
    membership_to_erase,
    own_membership,
    valid_consents,
)

__all__ = [
    "BankFigures",
    "Criteria",
    "Filters",
    "age_policy",
    "all_consents",
    "approval_asked",
    "approval_to_withdraw",
    "approvals_of",
    "bank_figures",
    "fitting_members",
    "lacks_approval",
    "matching_members",
    "may_be_invited",
    "member_awaiting_confirmation",
    "member_visible_to",
    "members_visible_to",
    "membership_awaiting",
    "membership_to_change",
    "membership_to_erase",
    "minors_among",
    "minors_named",
    "newest_approval",
    "own_membership",
    "valid_consents",
    "willing_members",
]
