"""Changing what somebody told."""

from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.accounts.services.people import rename_account
from participation.foundation.clock import today
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.permissions import Actor
from participation.interest_bank.models import BankMember
from participation.interest_bank.rules import Profile, needs_guardian
from participation.interest_bank.services.consents import renew_consents
from participation.interest_bank.services.telling import tell


class NeedsGuardian(Conflict):
    """Somebody may be under 13: a guardian's approval is needed first."""

    code = "needs_guardian"


def change_profile(session: Session, actor: Actor, member: BankMember, profile: Profile) -> None:
    """Change what the person told; consent to experiences follows what they now tell.

    Raises:
        NeedsGuardian: the birth year may mean under 13.
    """
    if needs_guardian(profile.birth_year, today()):
        raise NeedsGuardian
    had = {row.area_id for row in member.experiences}, member.experience_text
    account = session.get_one(Account, member.account_id)
    if account.display_name != profile.name:
        rename_account(session, account, profile.name)
    tell(session, member, profile)
    if had != (set(profile.area_ids), profile.experience_text):
        renew_consents(session, member, profile, account.locale)
    log_event(
        session,
        actor,
        "membership_changed",
        "bank_member",
        member.public_id,
        subject_account_id=member.account_id,
    )
