"""Leaving the bank, by choice or because a sign-up was never confirmed."""

from datetime import timedelta

from sqlalchemy import and_, delete, or_, select
from sqlalchemy.orm import Session, selectinload

from participation.accounts.models import Account
from participation.accounts.services.own_data import forget_unconfirmed_account
from participation.accounts.services.people import retire_account
from participation.foundation.clock import now
from participation.foundation.errors import Conflict
from participation.foundation.events import announce
from participation.foundation.mail_templates import absolute_url
from participation.foundation.outbox.services import cancel_mails_to, queue_mail
from participation.foundation.permissions import Actor
from participation.interest_bank.models import (
    BankMember,
    BankNameToken,
    Consent,
    GuardianApproval,
    MemberNote,
)
from participation.interest_bank.rules import UNCONFIRMED_DAYS, Gender, MemberState
from participation.interest_bank.services.approvals import end_approvals
from participation.interest_bank.services.consents import withdraw_consents
from participation.interest_bank.services.letters import forget_letters
from participation.interest_bank.services.moving import log_move, move


def withdraw_membership(session: Session, actor: Actor, member: BankMember) -> None:
    """Leave the bank: out of all use at once, and what the person told is erased.

    Waiting mails are stopped, open invitations are taken back by the floors above (event
    `membership_left`). The empty row stays for what points at it.
    """
    if member.state == MemberState.LEFT:
        return
    account = _end_membership(session, actor, member)
    queue_mail(
        session,
        to=account.email,
        template="interest_bank/left",
        locale=account.locale,
        context={"link": absolute_url("/interest-bank")},
    )


def note_death(session: Session, actor: Actor, member: BankMember) -> None:
    """Somebody has died: as when leaving, but nobody is written to, now or later.

    Seats and invitations go on to others by the same event; the account is put to rest.
    Raises Conflict for somebody who has left already, and for one's own membership.
    """
    if member.state == MemberState.LEFT:
        raise Conflict
    account = _end_membership(session, actor, member)
    retire_account(session, actor, account)
    log_move(session, actor, member, "death_noted")


def _end_membership(session: Session, actor: Actor, member: BankMember) -> Account:
    account = session.get_one(Account, member.account_id)
    cancel_mails_to(session, account.email)
    move(member, MemberState.LEFT)
    member.left_at = now()
    blank_member(session, member)
    withdraw_consents(session, member)
    end_approvals(session, member)
    log_move(session, actor, member, "membership_left")
    announce(session, "membership_left", account_id=account.id, member_id=member.id)
    return account


def forget_unconfirmed(session: Session) -> int:
    """Erase sign-ups that were not confirmed within 14 days, with the account each made.

    Returns how many there were.
    """
    stale = session.scalars(
        select(BankMember)
        .where(
            BankMember.state == MemberState.UNCONFIRMED,
            or_(
                and_(
                    BankMember.import_id.is_(None),
                    BankMember.created_at < now() - timedelta(days=UNCONFIRMED_DAYS),
                ),
                # Who came in with a list has the days that its mail named.
                and_(
                    BankMember.import_id.is_not(None),
                    BankMember.confirmation_expires_at < now(),
                ),
            ),
        )
        .options(selectinload(BankMember.roles), selectinload(BankMember.experiences))
        .order_by(BankMember.id)
    ).all()
    for member in stale:
        forget_sign_up(session, member)
    session.flush()
    return len(stale)


def forget_sign_up(session: Session, member: BankMember) -> None:
    """Erase an unconfirmed sign-up with its consents, and the account if it made one."""
    move(member, MemberState.LEFT)
    member.left_at = now()
    blank_member(session, member)
    session.execute(delete(Consent).where(Consent.member_id == member.id))
    session.execute(delete(GuardianApproval).where(GuardianApproval.member_id == member.id))
    forget_unconfirmed_account(session, member.account_id)


def blank_member(session: Session, member: BankMember) -> None:
    """Forget everything about the person; the account is not the bank's to erase."""
    member.name = ""
    member.phone = member.phone_index = member.name_index = None
    member.last_asked_at = None
    member.municipality_code = member.birth_year = None
    member.gender = Gender.UNDISCLOSED
    member.gender_text = member.needs_text = member.experience_text = None
    member.interpreter_language = None
    member.ways = member.times = member.languages = member.needs = member.assignments = []
    member.yearly_ceiling = member.paused_until = None
    member.is_protected = False
    member.confirmation_hash = member.confirmation_expires_at = None
    member.roles = []
    member.experiences = []
    for table in (BankNameToken, MemberNote):
        session.execute(delete(table).where(table.member_id == member.id))
    forget_letters(session, member.id)
    session.flush()
