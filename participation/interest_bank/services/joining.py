"""Joining the bank: sign up, confirm by mail, or say that it was somebody else."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from participation.accounts.models import Account
from participation.accounts.rules.throttling import LINKS_PER_EMAIL
from participation.accounts.services import ensure_account, mark_confirmed
from participation.accounts.services.people import account_without_mailbox
from participation.accounts.services.throttling import count_try, is_throttled
from participation.foundation.clock import now, today
from participation.foundation.crypto import email_index, new_token, token_hash
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.eventlog.services import log_event
from participation.foundation.events import announce
from participation.foundation.mail_templates import absolute_url
from participation.foundation.outbox.services import queue_mail
from participation.foundation.permissions import SYSTEM
from participation.interest_bank.models import BankMember
from participation.interest_bank.queries.guardians import age_policy, lacks_approval
from participation.interest_bank.rules import (
    CONFIRMATION_LASTS,
    TOKEN_PURPOSE,
    Gender,
    MemberState,
    NoticeKind,
    Profile,
    needs_guardian,
)
from participation.interest_bank.services.approvals import end_approvals, note_guardian
from participation.interest_bank.services.consents import renew_consents
from participation.interest_bank.services.guardians import ask_guardian
from participation.interest_bank.services.leaving import forget_sign_up
from participation.interest_bank.services.moving import move
from participation.interest_bank.services.profile import NeedsGuardian
from participation.interest_bank.services.telling import tell

SECOND_PRESS_WITHIN = timedelta(minutes=2)


def sign_up(
    session: Session,
    email: str,
    profile: Profile,
    locale: str,
    *,
    notice: NoticeKind = NoticeKind.PLAIN,
    guardian_email: str | None = None,
) -> None:
    """Take what somebody told, and mail them a link to confirm it.

    The caller learns nothing about whether the address was known: somebody already in the bank
    gets a mail that says so and nothing changes, and so does a child whose guardian is being asked.
    Until confirmation, a new sign-up with the same
    address replaces the one before; the same one again (a second press) changes nothing.

    Raises:
        NeedsGuardian: the birth year may mean an age that needs one, and no guardian is named.
    """
    needs = needs_guardian(profile.birth_year, today(), age_policy(session))
    if needs and not guardian_email:
        raise NeedsGuardian
    if is_throttled(session, LINKS_PER_EMAIL, email_index(email)):
        return  # nobody fills somebody's mailbox through us; the page says the same
    count_try(session, LINKS_PER_EMAIL, email_index(email))
    account = ensure_account(session, email, profile.name, locale)
    member = _member_of(session, account.id)
    if member is not None and (member.is_in_bank or member.state == MemberState.AWAITING):
        _write_in_vain(session, profile, locale, notice)
        _mail_already_member(session, account)
        return
    if member is not None and _is_second_press(member, profile):
        return
    token = new_token()
    member = member or BankMember(account_id=account.id, roles=[], experiences=[])
    _await_confirmation(member, token)
    tell(session, member, profile)
    renew_consents(session, member, profile, locale, notice)
    if needs and guardian_email:
        note_guardian(session, member, guardian_email, locale)
    else:
        end_approvals(session, member)
    _mail_confirmation(session, account, member, token, locale)


def confirm_membership(session: Session, token: str) -> tuple[BankMember, bool]:
    """Join the bank by the mailed link: the member, and whether this press brought them in.

    A second use of the same link changes nothing. Who needs a guardian waits from here on for
    the guardian's answer, who is asked now.

    Raises:
        NotFound: no such link.
        Conflict: the link is too old.
    """
    member = session.scalar(
        select(BankMember)
        .where(BankMember.confirmation_hash == token_hash(TOKEN_PURPOSE, token))
        .options(selectinload(BankMember.account))
        .with_for_update()
    )
    if member is None:
        raise NotFound
    if member.state != MemberState.UNCONFIRMED:
        return member, False
    if member.confirmation_expires_at is None or member.confirmation_expires_at < now():
        raise Conflict
    if lacks_approval(session, member):
        move(member, MemberState.AWAITING)
        ask_guardian(session, SYSTEM, member)
        return member, False
    _enter(session, member)
    return member, True


def _enter(session: Session, member: BankMember) -> None:
    """Into the bank."""
    move(member, MemberState.ACTIVE)
    member.confirmed_at = now()
    account = member.account
    mark_confirmed(session, account)
    log_event(
        session,
        SYSTEM,
        "membership_confirmed",
        "bank_member",
        member.public_id,
        subject_account_id=account.id,
    )
    _mail_welcome(session, account, member)
    session.flush()
    announce(session, "membership_confirmed", account_id=account.id, member_id=member.id)


def refuse_sign_up(session: Session, token: str) -> None:
    """Whoever has the mailbox did not write this sign-up: it is erased at once.

    Raises:
        NotFound: no such link.
        Conflict: the membership is confirmed already.
    """
    member = session.scalar(
        select(BankMember)
        .where(BankMember.confirmation_hash == token_hash(TOKEN_PURPOSE, token))
        .options(selectinload(BankMember.roles), selectinload(BankMember.experiences))
        .with_for_update()
    )
    if member is None:
        raise NotFound
    if member.state != MemberState.UNCONFIRMED:
        raise Conflict
    forget_sign_up(session, member)
    session.flush()


def _member_of(session: Session, account_id: int) -> BankMember | None:
    return session.scalar(
        select(BankMember)
        .where(BankMember.account_id == account_id)
        .options(selectinload(BankMember.roles), selectinload(BankMember.experiences))
        .with_for_update()
    )


def _is_second_press(member: BankMember, profile: Profile) -> bool:
    """The same sign-up a moment ago: the mail is on its way, and its link must go on working."""
    return (
        member.state == MemberState.UNCONFIRMED
        and member.created_at > now() - SECOND_PRESS_WITHIN
        and _in_order(member.profile()) == _in_order(profile)
    )


def _in_order(profile: Profile) -> Profile:
    """The profile as the tables give it back: lists in order, own words only where they count."""
    return replace(
        profile,
        roles=tuple(sorted(profile.roles)),
        area_ids=tuple(sorted(profile.area_ids)),
        gender_text=profile.gender_text if profile.gender == Gender.OTHER else None,
    )


def _await_confirmation(member: BankMember, token: str) -> None:
    """Start over: a sign-up that only the holder of the newest link can confirm."""
    member.state = MemberState.UNCONFIRMED
    member.confirmation_hash = token_hash(TOKEN_PURPOSE, token)
    member.confirmation_expires_at = now() + CONFIRMATION_LASTS
    member.created_at = now()
    member.left_at = None


def _write_in_vain(session: Session, profile: Profile, locale: str, notice: NoticeKind) -> None:
    """As much work as for a new address, taken back: time tells nothing either (TRUST 26)."""
    with session.begin_nested() as tried:
        account = account_without_mailbox(session, profile.name, locale)
        member = BankMember(account_id=account.id, roles=[], experiences=[])
        _await_confirmation(member, new_token())
        tell(session, member, profile)
        renew_consents(session, member, profile, locale, notice)
        tried.rollback()


def _mail_already_member(session: Session, account: Account) -> None:
    queue_mail(
        session,
        to=account.email,
        template="interest_bank/already_member",
        locale=account.locale,
        context={"link": absolute_url("/membership")},
    )


def _mail_confirmation(
    session: Session, account: Account, member: BankMember, token: str, locale: str
) -> None:
    queue_mail(
        session,
        to=account.email,
        template="interest_bank/confirm",
        locale=locale,
        context={
            "name": member.name,
            "link": absolute_url(f"/interest-bank/confirm/{token}"),
            "days": CONFIRMATION_LASTS.days,
        },
        about=("bank_member", member.public_id),
    )


def _mail_welcome(session: Session, account: Account, member: BankMember) -> None:
    queue_mail(
        session,
        to=account.email,
        template="interest_bank/welcome",
        locale=account.locale,
        context={"name": member.name, "link": absolute_url("/membership")},
        about=("bank_member", member.public_id),
    )
