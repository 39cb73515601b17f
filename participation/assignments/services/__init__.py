"""Writes of assignments; the floors above import from here."""

from participation.assignments.services.agreements import (
    RemindedToday,
    TextChanged,
    accept_agreement,
    answer_question,
    ask_about_agreement,
    current_text,
    remind,
    set_terms,
)
from participation.assignments.services.approving import (
    adjust_line,
    approve_claims,
    may_approve,
    reopen_claim,
    return_claim,
    take_back_approval,
)
from participation.assignments.services.claiming import (
    RECEIPTS,
    ClaimDetails,
    ProofMissing,
    TooManyFiles,
    attach_receipt,
    claimed_of,
    claimed_with,
    decline_claim,
    remove_receipt,
    submit_claim,
    tariff_of_claim,
    withdraw_claim,
)
from participation.assignments.services.declarations import (
    DeclaredTie,
    OwnMatter,
    decide_on_ties,
    declare_ties,
)
from participation.assignments.services.forgetting import (
    forget_assignments,
    forget_open_claims,
    forget_person,
)
from participation.assignments.services.offering import offer_claims, take_back_offer
from participation.assignments.services.payroll import export_payroll, mark_paid, payroll_file
from participation.assignments.services.tidying import (
    close_late_claims,
    erase_paid_details,
    warn_before_closing,
)

__all__ = [
    "RECEIPTS",
    "ClaimDetails",
    "DeclaredTie",
    "OwnMatter",
    "ProofMissing",
    "RemindedToday",
    "TextChanged",
    "TooManyFiles",
    "accept_agreement",
    "adjust_line",
    "answer_question",
    "approve_claims",
    "ask_about_agreement",
    "attach_receipt",
    "claimed_of",
    "claimed_with",
    "close_late_claims",
    "current_text",
    "decide_on_ties",
    "declare_ties",
    "decline_claim",
    "erase_paid_details",
    "export_payroll",
    "forget_assignments",
    "forget_open_claims",
    "forget_person",
    "mark_paid",
    "may_approve",
    "offer_claims",
    "payroll_file",
    "remind",
    "remove_receipt",
    "reopen_claim",
    "return_claim",
    "set_terms",
    "submit_claim",
    "take_back_approval",
    "take_back_offer",
    "tariff_of_claim",
    "warn_before_closing",
    "withdraw_claim",
]
