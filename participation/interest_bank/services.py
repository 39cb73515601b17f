"""Writes of the interest bank: sign up, confirm, change, pause, leave."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session, selectinload

from participation.accounts.models import Account
from participation.accounts.rules.throttling import LINKS_PER_EMAIL
from participation.accounts.services import ensure_account, mark_confirmed
from participation.accounts.services.own_data import forget_unconfirmed_account
from participation.accounts.services.people import rename_account
from participation.accounts.services.throttling import count_try, is_throttled
from participation.foundation.clock import now, today
from participation.foundation.crypto import (
    email_index,
    name_prefixes,
    new_token,
    phone_index,
    token_hash,
)
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.eventlog.services import log_event
from participation.foundation.events import announce
from participation.foundation.mail_templates import absolute_url
from participation.foundation.outbox.services import cancel_mails_to, queue_mail
from participation.foundation.permissions import SYSTEM, Actor
from participation.interest_bank.models import (
    BankMember,
    BankNameToken,
    Consent,
    MemberExperience,
    MemberRole,
)
from participation.interest_bank.rules import (
    CONFIRMATION_LASTS,
    NOTICE_VERSION,
    TOKEN_PURPOSE,
    UNCONFIRMED_DAYS,
    ConsentPurpose,
    Gender,
    MemberState,
    Profile,
    may_move,
    needs_guardian,
)


class NeedsGuardian(Conflict):
    """Somebody may be under 13: a guardian's approval is needed first."""

    code = "needs_guardian"


def sign_up(session: Session, email: str, profile: Profile, locale: str) -> None:
    """Take what somebody told, and mail them a link to confirm it.

    The caller learns nothing about whether the address was known: somebody already in the bank
    gets a mail that says so and nothing changes. Until confirmation, a new sign-up with the same
    address replaces the one before.

    Raises:
        NeedsGuardian: the birth year may mean under 13.
    """
    if needs_guardian(profile.birth_year, today()):
        raise NeedsGuardian
    if is_throttled(session, LINKS_PER_EMAIL, email_index(email)):
        return  # nobody fills somebody's mailbox through us; the page says the same
    count_try(session, LINKS_PER_EMAIL, email_index(email))
    account = ensure_account(session, email, profile.name, locale)
    member = _member_of(session, account.id)
    if member is not None and member.is_in_bank:
        queue_mail(
            session,
            to=account.email,
            template="interest_bank/already_member",
            locale=account.locale,
            context={"link": absolute_url("/membership")},
        )
        return
    token = new_token()
    member = member or BankMember(account_id=account.id, roles=[], experiences=[])
    member.state = MemberState.UNCONFIRMED
    member.confirmation_hash = token_hash(TOKEN_PURPOSE, token)
    member.confirmation_expires_at = now() + CONFIRMATION_LASTS
    member.created_at = now()
    member.left_at = None
    _tell(session, member, profile)
    _renew_consents(session, member, profile, locale)
    queue_mail(
        session,
        to=account.email,
        template="interest_bank/confirm",
        locale=locale,
        context={
            "name": profile.name,
            "link": absolute_url(f"/interest-bank/confirm/{token}"),
            "days": CONFIRMATION_LASTS.days,
        },
        about=("bank_member", member.public_id),
    )


def confirm_membership(session: Session, token: str) -> BankMember:
    """Join the bank by the mailed link. A second use of the same link changes nothing.

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
        return member
    if member.confirmation_expires_at is None or member.confirmation_expires_at < now():
        raise Conflict
    member.state = MemberState.ACTIVE
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
    queue_mail(
        session,
        to=account.email,
        template="interest_bank/welcome",
        locale=account.locale,
        context={"name": member.name, "link": absolute_url("/membership")},
        about=("bank_member", member.public_id),
    )
    session.flush()
    announce(session, "membership_confirmed", account_id=account.id, member_id=member.id)
    return member


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
    _forget_sign_up(session, member)
    session.flush()


@dataclass(frozen=True, kw_only=True)
class Newcomer:
    """Somebody who has said yes outside these pages, and when."""

    account: Account
    profile: Profile
    locale: str
    at: datetime


def enrol_members(session: Session, newcomers: Sequence[Newcomer]) -> list[BankMember]:
    """Put many people in the bank at once, in their order (demo, import); nobody is mailed."""
    members = []
    for new in newcomers:
        member = BankMember(
            account_id=new.account.id,
            state=MemberState.ACTIVE,
            created_at=new.at,
            confirmed_at=new.at,
            roles=[],
            experiences=[],
        )
        _fill(member, new.profile)
        _tell_roles(member, new.profile)
        _tell_experiences(member, new.profile)
        members.append(member)
    session.add_all(members)
    session.flush()
    for new, member in zip(newcomers, members, strict=True):
        _add_name_tokens(session, member)
        _add_consents(session, member, new.profile, new.locale, new.at)
    session.flush()
    return members


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
    _tell(session, member, profile)
    if had != (set(profile.area_ids), profile.experience_text):
        _renew_consents(session, member, profile, account.locale)
    log_event(
        session,
        actor,
        "membership_changed",
        "bank_member",
        member.public_id,
        subject_account_id=member.account_id,
    )


def pause_membership(
    session: Session, actor: Actor, member: BankMember, until: date | None
) -> None:
    """Rest through the day `until`, or until further notice.

    Raises Conflict when the person is not in the bank.
    """
    _move(member, MemberState.PAUSED)
    member.paused_until = until
    _log_move(session, actor, member, "membership_paused")


def resume_membership(session: Session, actor: Actor, member: BankMember) -> None:
    """Be asked again."""
    if member.state == MemberState.ACTIVE:
        return
    _move(member, MemberState.ACTIVE)
    member.paused_until = None
    _log_move(session, actor, member, "membership_resumed")


def withdraw_membership(session: Session, actor: Actor, member: BankMember) -> None:
    """Leave the bank: out of all use at once, and what the person told is erased.

    Waiting mails are stopped, open invitations are taken back by the floors above (event
    `membership_left`). The empty row stays for what points at it.
    """
    if member.state == MemberState.LEFT:
        return
    account = session.get_one(Account, member.account_id)
    cancel_mails_to(session, account.email)
    _move(member, MemberState.LEFT)
    member.left_at = now()
    _blank(session, member)
    session.execute(
        update(Consent)
        .where(Consent.member_id == member.id, Consent.withdrawn_at.is_(None))
        .values(withdrawn_at=now())
    )
    _log_move(session, actor, member, "membership_left")
    announce(session, "membership_left", account_id=account.id, member_id=member.id)
    queue_mail(
        session,
        to=account.email,
        template="interest_bank/left",
        locale=account.locale,
        context={"link": absolute_url("/interest-bank")},
    )


def set_protection(
    session: Session, actor: Actor, member: BankMember, is_protected: bool, reason: str
) -> None:
    """Mark a person with protected identity: lists and searches then leave out where they are."""
    member.is_protected = is_protected
    log_event(
        session,
        actor,
        "protection_set" if is_protected else "protection_lifted",
        "bank_member",
        member.public_id,
        subject_account_id=member.account_id,
        reason=reason,
    )
    session.flush()


def forget_unconfirmed(session: Session) -> int:
    """Erase sign-ups that were not confirmed within 14 days, with the account each made.

    Returns how many there were.
    """
    stale = session.scalars(
        select(BankMember)
        .where(
            BankMember.state == MemberState.UNCONFIRMED,
            BankMember.created_at < now() - timedelta(days=UNCONFIRMED_DAYS),
        )
        .options(selectinload(BankMember.roles), selectinload(BankMember.experiences))
        .order_by(BankMember.id)
    ).all()
    for member in stale:
        _forget_sign_up(session, member)
    session.flush()
    return len(stale)


def _forget_sign_up(session: Session, member: BankMember) -> None:
    _move(member, MemberState.LEFT)
    member.left_at = now()
    _blank(session, member)
    session.execute(delete(Consent).where(Consent.member_id == member.id))
    forget_unconfirmed_account(session, member.account_id)


def wake_rested(session: Session) -> int:
    """Let everybody whose pause has ended be asked again; how many there were."""
    rested: Sequence[BankMember] = session.scalars(
        select(BankMember)
        .where(BankMember.state == MemberState.PAUSED, BankMember.paused_until < today())
        .order_by(BankMember.id)
    ).all()
    for member in rested:
        _move(member, MemberState.ACTIVE)
        member.paused_until = None
    session.flush()
    return len(rested)


def _member_of(session: Session, account_id: int) -> BankMember | None:
    return session.scalar(
        select(BankMember)
        .where(BankMember.account_id == account_id)
        .options(selectinload(BankMember.roles), selectinload(BankMember.experiences))
        .with_for_update()
    )


def _move(member: BankMember, wanted: MemberState) -> None:
    if not may_move(member.state, wanted):
        raise Conflict
    member.state = wanted


def _log_move(session: Session, actor: Actor, member: BankMember, action: str) -> None:
    log_event(
        session,
        actor,
        action,
        "bank_member",
        member.public_id,
        subject_account_id=member.account_id,
    )
    session.flush()


def _tell(session: Session, member: BankMember, profile: Profile) -> None:
    """Write what somebody told over what stood there."""
    _fill(member, profile)
    session.add(member)
    session.flush()
    _tell_roles(member, profile)
    _tell_experiences(member, profile)
    _index_name(session, member)
    session.flush()


def _fill(member: BankMember, profile: Profile) -> None:
    member.name = profile.name
    member.phone = profile.phone
    member.phone_index = phone_index(profile.phone) if profile.phone else None
    member.municipality_code = profile.municipality_code
    member.birth_year = profile.birth_year
    member.gender = profile.gender
    member.gender_text = profile.gender_text if profile.gender == Gender.OTHER else None
    member.experience_text = profile.experience_text
    member.ways = list(profile.ways)
    member.times = list(profile.times)
    member.languages = list(profile.languages)
    member.needs = list(profile.needs)
    member.needs_text = profile.needs_text
    member.yearly_ceiling = profile.yearly_ceiling
    member.preferred_contact = profile.preferred_contact


def _tell_roles(member: BankMember, profile: Profile) -> None:
    wanted = {str(role) for role in profile.roles}
    member.roles = [row for row in member.roles if row.role in wanted]
    known = {row.role for row in member.roles}
    member.roles.extend(MemberRole(role=role) for role in sorted(wanted - known))


def _tell_experiences(member: BankMember, profile: Profile) -> None:
    wanted = set(profile.area_ids)
    member.experiences = [row for row in member.experiences if row.area_id in wanted]
    known = {row.area_id for row in member.experiences}
    member.experiences.extend(
        MemberExperience(area_id=area_id) for area_id in sorted(wanted - known)
    )


def _index_name(session: Session, member: BankMember) -> None:
    session.execute(delete(BankNameToken).where(BankNameToken.member_id == member.id))
    _add_name_tokens(session, member)


def _add_name_tokens(session: Session, member: BankMember) -> None:
    session.add_all(
        BankNameToken(member_id=member.id, token=token) for token in name_prefixes(member.name)
    )


def _renew_consents(session: Session, member: BankMember, profile: Profile, locale: str) -> None:
    """One consent to be asked; one to keep experiences, only where there are any."""
    session.execute(
        update(Consent)
        .where(Consent.member_id == member.id, Consent.withdrawn_at.is_(None))
        .values(withdrawn_at=now())
    )
    _add_consents(session, member, profile, locale, now())
    session.flush()


def _add_consents(
    session: Session, member: BankMember, profile: Profile, locale: str, at: datetime
) -> None:
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


def _blank(session: Session, member: BankMember) -> None:
    """Forget everything about the person; the account is not the bank's to erase."""
    member.name = ""
    member.phone = member.phone_index = None
    member.municipality_code = member.birth_year = None
    member.gender = Gender.UNDISCLOSED
    member.gender_text = member.needs_text = member.experience_text = None
    member.ways = member.times = member.languages = member.needs = []
    member.yearly_ceiling = member.paused_until = None
    member.is_protected = False
    member.confirmation_hash = member.confirmation_expires_at = None
    member.roles = []
    member.experiences = []
    session.execute(delete(BankNameToken).where(BankNameToken.member_id == member.id))
    session.flush()
