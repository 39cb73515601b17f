"""A guardian is asked, answers, changes their mind; the child is told each time.

The guardian never sees what a child has told or answers, and the child may leave at any time.
Source: TRUST.md, law: children.
"""

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload, selectinload

from participation.accounts.models import Account
from participation.accounts.services import mark_confirmed
from participation.foundation.clock import now, today
from participation.foundation.crypto import new_token, token_hash
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.events import announce
from participation.foundation.mail_templates import absolute_url
from participation.foundation.outbox.services import queue_mail
from participation.foundation.permissions import SYSTEM, Actor
from participation.interest_bank.models import BankMember, GuardianApproval
from participation.interest_bank.queries.guardians import age_policy
from participation.interest_bank.rules import (
    APPROVAL_LASTS,
    APPROVAL_PURPOSE,
    NOTICE_VERSION,
    WITHDRAWAL_PURPOSE,
    ApprovalState,
    MemberState,
    needs_guardian,
)
from participation.interest_bank.services.approvals import (
    end_approvals,
    move_approval,
    note_guardian,
    open_approval,
    start_asking,
)
from participation.interest_bank.services.leaving import forget_sign_up
from participation.interest_bank.services.moving import log_move, move


def ask_guardian(session: Session, actor: Actor, member: BankMember) -> None:
    """Mail the guardian that the child named a link of their own."""
    approval = open_approval(session, member.id)
    if approval is None or approval.guardian_email is None:
        raise Conflict("nobody to ask")
    token = start_asking(approval)
    queue_mail(
        session,
        to=approval.guardian_email,
        template="interest_bank/guardian_asked",
        locale=approval.locale,
        context={
            "name": member.name,
            "link": absolute_url(f"/guardian/{token}"),
            "days": APPROVAL_LASTS.days,
        },
        about=("bank_member", member.public_id),
    )
    log_move(session, actor, member, "guardian_asked")


def ask_another_guardian(
    session: Session, actor: Actor, member: BankMember, email: str, locale: str
) -> None:
    """The child names a guardian anew: the link before stops working."""
    if member.state not in {MemberState.AWAITING, MemberState.PAUSED}:
        raise Conflict
    note_guardian(session, member, email, locale)
    ask_guardian(session, actor, member)


def approve_membership(session: Session, token: str) -> GuardianApproval:
    """The guardian says yes: the child is in. A second press changes nothing.

    Raises:
        NotFound: no such link.
        Conflict: the link is too old, or the answer was another one.
    """
    approval = _locked(session, token)
    if approval.state == ApprovalState.APPROVED:
        return approval
    _check_open(approval)
    guardian_email = approval.guardian_email or ""
    move_approval(approval, ApprovalState.APPROVED)
    approval.notice_version = NOTICE_VERSION
    _let_in(session, approval.member)
    _mail_receipt(session, approval, guardian_email)
    _tell_child(session, approval.member, "guardian_said_yes", "/membership")
    return approval


def _let_in(session: Session, member: BankMember) -> None:
    """Into the bank, or out of the rest that a guardian's no longer began."""
    if member.state != MemberState.ACTIVE:
        move(member, MemberState.ACTIVE)
    member.paused_until = None
    is_new = member.confirmed_at is None
    member.confirmed_at = member.confirmed_at or now()
    mark_confirmed(session, session.get_one(Account, member.account_id))
    log_move(session, SYSTEM, member, "guardian_approved")
    if is_new:
        announce(session, "membership_confirmed", account_id=member.account_id, member_id=member.id)


def _mail_receipt(session: Session, approval: GuardianApproval, guardian_email: str) -> None:
    """What was approved, and a link that takes it back."""
    token = new_token()
    approval.withdrawal_hash = token_hash(WITHDRAWAL_PURPOSE, token)
    queue_mail(
        session,
        to=guardian_email,
        template="interest_bank/guardian_thanks",
        locale=approval.locale,
        context={
            "name": approval.member.name,
            "link": absolute_url(f"/guardian/withdraw/{token}"),
        },
        about=("bank_member", approval.member.public_id),
    )


def refuse_membership(session: Session, token: str) -> None:
    """The guardian says no: a new sign-up is erased, a membership that rests goes on resting.

    Raises:
        NotFound: no such link.
        Conflict: the link is too old, or the answer was another one.
    """
    approval = _locked(session, token)
    if approval.state == ApprovalState.REFUSED:
        return
    _check_open(approval)
    move_approval(approval, ApprovalState.REFUSED)
    log_move(session, SYSTEM, approval.member, "guardian_refused")
    _stop_asking(session, approval.member, "guardian_said_no")


def withdraw_approval(session: Session, token: str) -> GuardianApproval:
    """The guardian takes the yes back: the child's membership rests. A second press is harmless.

    Raises NotFound for a link that does not work, also once the child needs no guardian.
    """
    hashed = token_hash(WITHDRAWAL_PURPOSE, token)
    approval = session.scalar(_with_member().where(GuardianApproval.withdrawal_hash == hashed))
    if approval is None:
        raise NotFound
    move_approval(approval, ApprovalState.WITHDRAWN)
    member = approval.member
    if member.state == MemberState.ACTIVE:
        move(member, MemberState.PAUSED)
    member.paused_until = None
    _tell_child(session, member, "guardian_took_back", "/membership")
    log_move(session, SYSTEM, member, "guardian_withdrew")
    return approval


def let_asks_lapse(session: Session) -> int:
    """Guardians who did not answer in time: the sign-up is erased and the child is told.

    Returns how many there were.
    """
    late = session.scalars(
        _with_member()
        .where(GuardianApproval.state == ApprovalState.ASKED, GuardianApproval.expires_at < now())
        .order_by(GuardianApproval.id)
    ).all()
    for approval in late:
        move_approval(approval, ApprovalState.LAPSED)
        _stop_asking(session, approval.member, "guardian_silent")
    return len(late)


def end_outgrown_approvals(session: Session) -> int:
    """Whoever has grown past the age needs no guardian: the approval ends, with its link."""
    policy = age_policy(session)
    grown = [
        approval.member
        for approval in session.scalars(
            _with_member()
            .where(GuardianApproval.state == ApprovalState.APPROVED)
            .order_by(GuardianApproval.id)
        )
        if approval.member.birth_year is not None
        and not needs_guardian(approval.member.birth_year, today(), policy)
    ]
    for member in grown:
        end_approvals(session, member)
        log_move(session, SYSTEM, member, "guardian_no_longer_needed")
    return len(grown)


def _with_member() -> Select[GuardianApproval]:
    """Approvals with their member, both locked."""
    return (
        select(GuardianApproval)
        .options(
            joinedload(GuardianApproval.member, innerjoin=True).options(
                selectinload(BankMember.roles), selectinload(BankMember.experiences)
            )
        )
        .with_for_update()
    )


def _locked(session: Session, token: str) -> GuardianApproval:
    approval = session.scalar(
        _with_member().where(GuardianApproval.token_hash == token_hash(APPROVAL_PURPOSE, token))
    )
    if approval is None:
        raise NotFound
    return approval


def _check_open(approval: GuardianApproval) -> None:
    is_late = approval.expires_at is None or approval.expires_at < now()
    if approval.state != ApprovalState.ASKED or is_late:
        raise Conflict


def _stop_asking(session: Session, member: BankMember, template: str) -> None:
    """No yes came: a sign-up that waited is erased before the child is told in a last mail."""
    session.flush()
    account = session.get_one(Account, member.account_id)
    to, locale, name = account.email, account.locale, member.name
    was_waiting = member.state == MemberState.AWAITING
    if was_waiting:
        forget_sign_up(session, member)
    queue_mail(
        session,
        to=to,
        template=f"interest_bank/{template}",
        locale=locale,
        context={"name": name, "link": absolute_url("/young"), "is_erased": was_waiting},
        is_farewell=was_waiting,
    )


def _tell_child(session: Session, member: BankMember, template: str, path: str) -> None:
    account = session.get_one(Account, member.account_id)
    queue_mail(
        session,
        to=account.email,
        template=f"interest_bank/{template}",
        locale=account.locale,
        context={"name": member.name, "link": absolute_url(path)},
        about=("bank_member", member.public_id),
    )
