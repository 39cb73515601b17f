"""Writing what a person agrees to; a consent is never changed, only taken back."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from participation.foundation.clock import now
from participation.interest_bank.models import BankMember, Consent
from participation.interest_bank.rules import (
    NOTICE_VERSION,
    ConsentPurpose,
    NoticeKind,
    Profile,
)


def renew_consents(
    session: Session,
    member: BankMember,
    profile: Profile,
    locale: str,
    notice: NoticeKind = NoticeKind.PLAIN,
) -> None:
    """One consent to be asked; one to keep experiences, only where there are any."""
    withdraw_consents(session, member)
    add_consents(session, member, profile, locale, now(), notice=notice)
    session.flush()


def renew_experience_consent(
    session: Session, member: BankMember, profile: Profile, locale: str
) -> None:
    """Somebody told something else about their experience: the old consent ends, a new one begins.

    In the same kind of words as the membership, which stands.
    """
    notice = session.scalar(
        select(Consent.notice_kind)
        .where(Consent.member_id == member.id, Consent.purpose == ConsentPurpose.MEMBERSHIP)
        .order_by(Consent.given_at.desc(), Consent.id.desc())
        .limit(1)
    )
    withdraw_consents(session, member, ConsentPurpose.EXPERIENCES)
    if profile.tells_experiences:
        kind = NoticeKind(notice) if notice else NoticeKind.PLAIN
        _add(session, member, ConsentPurpose.EXPERIENCES, notice=kind, locale=locale, at=now())
    session.flush()


def add_consents(
    session: Session,
    member: BankMember,
    profile: Profile,
    locale: str,
    at: datetime,
    *,
    notice: NoticeKind = NoticeKind.PLAIN,
) -> None:
    """Write down what the profile needs consent to, as given at that moment."""
    _add(session, member, ConsentPurpose.MEMBERSHIP, notice=notice, locale=locale, at=at)
    if profile.tells_experiences:
        _add(session, member, ConsentPurpose.EXPERIENCES, notice=notice, locale=locale, at=at)


def withdraw_consents(session: Session, member: BankMember, *purposes: ConsentPurpose) -> None:
    """Take back what the person agrees to now; what they once agreed to stays readable."""
    session.execute(
        update(Consent)
        .where(
            Consent.member_id == member.id,
            Consent.withdrawn_at.is_(None),
            Consent.purpose.in_(purposes or tuple(ConsentPurpose)),
        )
        .values(withdrawn_at=now())
    )


def _add(
    session: Session,
    member: BankMember,
    purpose: ConsentPurpose,
    *,
    notice: NoticeKind,
    locale: str,
    at: datetime,
) -> None:
    session.add(
        Consent(
            member_id=member.id,
            purpose=purpose,
            notice_version=NOTICE_VERSION,
            notice_kind=notice,
            locale=locale,
            given_at=at,
        )
    )
