"""Changing what somebody told, for them: they called, wrote or said it at a meeting."""

from sqlalchemy import update
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.foundation.clock import now
from participation.foundation.eventlog.services import log_event
from participation.foundation.mail_templates import absolute_url
from participation.foundation.outbox.services import queue_mail
from participation.foundation.permissions import Actor
from participation.interest_bank.models import BankMember, Consent
from participation.interest_bank.rules import Profile, Source
from participation.interest_bank.services.profile import change_profile


def change_for(
    session: Session, actor: Actor, member: BankMember, profile: Profile, *, told_how: Source
) -> None:
    """Write down what the person says now; they are told by mail, or by letter without mailbox.

    A consent that follows from it says how it was given and who wrote it down. The mail says that
    something was changed, never what.

    Raises:
        NeedsGuardian: as `change_profile`.
    """
    began_at = now()
    change_profile(session, actor, member, profile)
    session.execute(
        update(Consent)
        .where(Consent.member_id == member.id, Consent.given_at >= began_at)
        .values(given_how=told_how, recorded_by_account_id=actor.account_id)
    )
    log_event(
        session,
        actor,
        "membership_changed_for",
        "bank_member",
        member.public_id,
        subject_account_id=member.account_id,
        how=told_how,
    )
    account = session.get_one(Account, member.account_id)
    queue_mail(
        session,
        to=account.email,
        template="interest_bank/changed_for",
        locale=account.locale,
        context={
            "name": member.name,
            "link": absolute_url("/membership"),
            "has_email": account.has_mailbox,
        },
        about=("bank_member", member.public_id),
    )
