"""Changing what somebody told."""

from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.accounts.services.people import rename_account
from participation.foundation.clock import today
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.permissions import Actor
from participation.interest_bank.models import BankMember
from participation.interest_bank.queries.guardians import age_policy
from participation.interest_bank.rules import ApprovalState, Profile, needs_guardian
from participation.interest_bank.services.approvals import open_approval
from participation.interest_bank.services.consents import renew_experience_consent
from participation.interest_bank.services.telling import tell


class NeedsGuardian(Conflict):
    """Somebody may be under 13: a guardian's approval is needed first."""

    code = "needs_guardian"


def change_profile(session: Session, actor: Actor, member: BankMember, profile: Profile) -> None:
    """Change what the person told; consent to experiences follows what they now tell.

    Raises:
        NeedsGuardian: the new birth year may mean an age that needs one, and nobody has said yes.
    """
    if profile.birth_year != member.birth_year and needs_guardian(
        profile.birth_year, today(), age_policy(session)
    ):
        approval = open_approval(session, member.id)
        if approval is None or approval.state != ApprovalState.APPROVED:
            raise NeedsGuardian
    had = {row.area_id for row in member.experiences}, member.experience_text
    account = session.get_one(Account, member.account_id)
    if account.display_name != profile.name:
        rename_account(session, account, profile.name)
    tell(session, member, profile)
    if had != (set(profile.area_ids), profile.experience_text):
        renew_experience_consent(session, member, profile, account.locale)
    log_event(
        session,
        actor,
        "membership_changed",
        "bank_member",
        member.public_id,
        subject_account_id=member.account_id,
    )
