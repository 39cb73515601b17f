"""Signing somebody up who calls, or who has filled in a paper form."""

from datetime import date, datetime, time

from sqlalchemy import select, update
from sqlalchemy.orm import Session, selectinload

from participation.accounts.models import Account
from participation.accounts.services.people import account_without_mailbox, ensure_account
from participation.foundation.clock import from_local, now, today
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.events import announce
from participation.foundation.i18n import DEFAULT_LOCALE
from participation.foundation.mail_templates import absolute_url
from participation.foundation.outbox.services import queue_mail
from participation.foundation.permissions import Actor
from participation.interest_bank.models import BankMember, Consent
from participation.interest_bank.queries.guardians import age_policy
from participation.interest_bank.rules import (
    NOTICE_VERSION,
    MemberState,
    Profile,
    Source,
    needs_guardian,
)
from participation.interest_bank.services.consents import renew_consents
from participation.interest_bank.services.profile import NeedsGuardian
from participation.interest_bank.services.telling import tell


class AlreadyMember(Conflict):
    """The e-mail address belongs to somebody in the bank."""

    code = "already_member"


def sign_up_for(
    session: Session,
    actor: Actor,
    profile: Profile,
    email: str | None,
    *,
    source: Source,
    agreed_on: date,
    locale: str = DEFAULT_LOCALE,
) -> BankMember:
    """Put somebody in the bank who has said yes to the coordinator, by phone or on paper.

    The consent says who wrote it down, when it was given and in which words; the person gets what
    was written down by mail, or as a letter.

    Raises:
        AlreadyMember: the address is in the bank.
        NeedsGuardian: somebody so young comes in by a guardian's own link.
    """
    if needs_guardian(profile.birth_year, today(), age_policy(session)):
        raise NeedsGuardian
    account = _account(session, email, profile.name, locale)
    member = session.scalar(
        select(BankMember)
        .where(BankMember.account_id == account.id)
        .options(selectinload(BankMember.roles), selectinload(BankMember.experiences))
        .with_for_update()
    )
    if member is not None and member.is_in_bank:
        raise AlreadyMember
    member = member or BankMember(account_id=account.id, roles=[], experiences=[])
    member.state, member.source = MemberState.ACTIVE, source
    member.created_at = member.confirmed_at = now()
    member.left_at = member.confirmation_hash = member.confirmation_expires_at = None
    tell(session, member, profile)
    renew_consents(session, member, profile, locale)
    record_consents(session, actor, member, source, _moment(agreed_on))
    _log(session, actor, member, source)
    _mail(session, account, member)
    announce(session, "membership_confirmed", account_id=account.id, member_id=member.id)
    return member


def record_consents(
    session: Session, actor: Actor, member: BankMember, source: Source, given_at: datetime
) -> None:
    """Say of the consents that stand how they were given, when, and who wrote them down."""
    session.execute(
        update(Consent)
        .where(Consent.member_id == member.id, Consent.withdrawn_at.is_(None))
        .values(given_how=source, recorded_by_account_id=actor.account_id, given_at=given_at)
    )


def _account(session: Session, email: str | None, name: str, locale: str) -> Account:
    if email is None:
        return account_without_mailbox(session, name, locale)
    return ensure_account(session, email, name, locale)


def _moment(day: date) -> datetime:
    """Now, for today; noon of an earlier day."""
    return now() if day == today() else from_local(datetime.combine(day, time(12)))


def _log(session: Session, actor: Actor, member: BankMember, source: Source) -> None:
    for action in ("member_signed_up", "consent_recorded"):
        log_event(
            session,
            actor,
            action,
            "bank_member",
            member.public_id,
            subject_account_id=member.account_id,
            how=source,
            notice=NOTICE_VERSION,
        )


def _mail(session: Session, account: Account, member: BankMember) -> None:
    queue_mail(
        session,
        to=account.email,
        template="interest_bank/signed_up_for",
        locale=account.locale,
        context={
            "name": member.name,
            "link": absolute_url("/membership"),
            "has_email": account.has_mailbox,
        },
        about=("bank_member", member.public_id),
    )
