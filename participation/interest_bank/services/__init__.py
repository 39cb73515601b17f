"""Writes of the interest bank; the floors above import from here."""

from participation.interest_bank.services.enrolling import Newcomer, enrol_members
from participation.interest_bank.services.guardians import (
    approve_membership,
    ask_another_guardian,
    end_outgrown_approvals,
    let_asks_lapse,
    refuse_membership,
    withdraw_approval,
)
from participation.interest_bank.services.joining import confirm_membership, refuse_sign_up, sign_up
from participation.interest_bank.services.leaving import forget_unconfirmed, withdraw_membership
from participation.interest_bank.services.pausing import (
    pause_membership,
    resume_membership,
    wake_rested,
)
from participation.interest_bank.services.profile import NeedsGuardian, change_profile
from participation.interest_bank.services.protection import set_protection
from participation.interest_bank.services.telling import call_member

__all__ = [
    "NeedsGuardian",
    "Newcomer",
    "approve_membership",
    "ask_another_guardian",
    "call_member",
    "change_profile",
    "confirm_membership",
    "end_outgrown_approvals",
    "enrol_members",
    "forget_unconfirmed",
    "let_asks_lapse",
    "pause_membership",
    "refuse_membership",
    "refuse_sign_up",
    "resume_membership",
    "set_protection",
    "sign_up",
    "wake_rested",
    "withdraw_approval",
    "withdraw_membership",
]
