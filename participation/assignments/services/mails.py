"""Mails about agreements and compensation. They name no area, title or unit (TRUST, law).

They lead to the personal link of the invitation: nobody needs an account to claim.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.activities.models import Activity, Invitation
from participation.activities.rules.states import KIND_LABELS
from participation.activities.rules.tokens import invitation_token
from participation.assignments.models import CompensationClaim
from participation.assignments.rules.money import kronor
from participation.foundation.i18n import use_locale
from participation.foundation.mail_templates import absolute_url
from participation.foundation.outbox.services import queue_mail
from participation.interest_bank.models import BankMember


def mail_person(
    session: Session,
    template: str,
    activity: Activity,
    member: BankMember,
    page: str,
    *,
    words: Callable[[], dict[str, Any]] = dict,
) -> None:
    """Queue one mail in the person's language, with a link to `page` behind their invitation.

    `words` is asked in that language. Nothing is sent to somebody whose account is erased.
    """
    account = session.get_one(Account, member.account_id)
    if account.erased_at is not None or not account.is_active:
        return
    public_id = session.scalar(
        select(Invitation.public_id).where(
            Invitation.activity_id == activity.id, Invitation.member_id == member.id
        )
    )
    if public_id is None:
        return
    with use_locale(account.locale):
        context = {"kind": str(KIND_LABELS[activity.kind]), **words()}
    queue_mail(
        session,
        to=account.email,
        template=f"assignments/{template}",
        locale=account.locale,
        context={
            "name": member.name or account.display_name,
            "starts_at": activity.starts_at,
            "link": absolute_url(f"/i/{invitation_token(public_id)}/{page}"),
            **context,
        },
        about=("invitation", public_id),
    )


def mail_claim(session: Session, template: str, claim: CompensationClaim, **more: Any) -> None:
    """Tell the person what became of their claim."""
    activity = session.get_one(Activity, claim.activity_id)
    member = session.get_one(BankMember, claim.member_id)

    def words() -> dict[str, Any]:
        return {"total": kronor(claim.total_ore), "closes_on": claim.closes_on, **more}

    mail_person(session, template, activity, member, "compensation", words=words)
