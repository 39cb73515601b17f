"""Reads of private calendar addresses and what they hold."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.activities.models import Activity, CalendarSubscription, Invitation
from participation.activities.rules.states import InvitationState
from participation.activities.rules.tokens import CALENDAR_PURPOSE
from participation.foundation.crypto import token_hash
from participation.foundation.errors import NotFound
from participation.interest_bank.models import BankMember


@dataclass(frozen=True)
class CalendarEntry:
    """One of a person's own activities."""

    activity: Activity
    invitation_public_id: str


def own_subscription(session: Session, account_id: int) -> CalendarSubscription | None:
    return session.get(CalendarSubscription, account_id)


def entries_of_calendar(session: Session, token: str) -> tuple[str, Sequence[CalendarEntry]]:
    """The language of the person behind a calendar address, and what they said yes to.

    Raises NotFound for an address that is not in force.
    """
    found = session.execute(
        select(Account.id, Account.locale)
        .join(CalendarSubscription, CalendarSubscription.account_id == Account.id)
        .where(CalendarSubscription.token_hash == token_hash(CALENDAR_PURPOSE, token))
    ).one_or_none()
    if found is None:
        raise NotFound
    rows = session.execute(
        select(Activity, Invitation.public_id)
        .join(Invitation, Invitation.activity_id == Activity.id)
        .join(BankMember, BankMember.id == Invitation.member_id)
        .where(
            BankMember.account_id == found.id,
            Invitation.state == InvitationState.ACCEPTED,
        )
        .order_by(Activity.starts_at, Activity.id)
    )
    return found.locale, [CalendarEntry(activity, public_id) for activity, public_id in rows]
