"""Writing what a person agrees to; a consent is never changed, only taken back."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from participation.foundation.clock import now
from participation.interest_bank.models import BankMember, Consent
from participation.interest_bank.rules import NOTICE_VERSION, ConsentPurpose, Profile


def renew_consents(session: Session, member: BankMember, profile: Profile, locale: str) -> None:
    """One consent to be asked; one to keep experiences, only where there are any."""
    withdraw_consents(session, member)
    add_consents(session, member, profile, locale, now())
    session.flush()


def add_consents(
    session: Session, member: BankMember, profile: Profile, locale: str, at: datetime
) -> None:
    """Write down what the profile needs consent to, as given at that moment."""
    purposes = [ConsentPurpose.MEMBERSHIP]
    if profile.tells_experiences:
        purposes.append(ConsentPurpose.EXPERIENCES)
    session.add_all(
        Consent(
            member_id=member.id,
            purpose=purpose,
            notice_version=NOTICE_VERSION,
            locale=locale,
            given_at=at,
        )
        for purpose in purposes
    )


def withdraw_consents(session: Session, member: BankMember) -> None:
    """Take back everything the person agrees to now; what they once agreed to stays readable."""
    session.execute(
        update(Consent)
        .where(Consent.member_id == member.id, Consent.withdrawn_at.is_(None))
        .values(withdrawn_at=now())
    )
