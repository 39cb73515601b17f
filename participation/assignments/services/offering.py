"""Offering compensation: everybody who was there gets a claim, filled in as far as it goes."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from participation.activities.models import Activity
from participation.activities.queries import those_who_came
from participation.assignments.models import CompensationClaim
from participation.assignments.queries import table_on, terms_of
from participation.assignments.rules.rates import days_between
from participation.assignments.rules.states import HELD
from participation.assignments.services.claiming import forget_details
from participation.assignments.services.mails import mail_claim
from participation.foundation.clock import to_local, today
from participation.interest_bank.models import BankMember

MINUTE = timedelta(minutes=1)


def offer_claims(session: Session, activity_id: int) -> int:
    """A claim for each person who was there, with a mail; how many were made.

    None when the activity gives no compensation, or no rates were in force on its day. Somebody
    who has a claim already gets no second one.
    """
    activity = session.get_one(Activity, activity_id)
    held_on = to_local(activity.starts_at).date()
    table = table_on(session, held_on)
    if table is None or not terms_of(session, activity).needs.compensation:
        return 0
    known = set(
        session.scalars(
            select(CompensationClaim.member_id).where(CompensationClaim.activity_id == activity_id)
        )
    )
    claims = [
        CompensationClaim(
            activity_id=activity_id,
            member_id=invitation.member_id,
            rate_table_id=table.id,
            closes_on=max(held_on, today()) + timedelta(days=table.claim_days),
            attended_minutes=(activity.ends_at - activity.starts_at) // MINUTE,
            attended_days=days_between(to_local(activity.starts_at), to_local(activity.ends_at)),
        )
        for invitation in those_who_came(session, activity_id)
        if invitation.member_id not in known
        and session.get_one(BankMember, invitation.member_id).is_in_bank
    ]
    session.add_all(claims)
    session.flush()
    for claim in claims:
        mail_claim(session, "claim_offered", claim)
    return len(claims)


def take_back_offer(session: Session, activity_id: int, member_id: int) -> None:
    """Somebody was not there after all: what they have not sent in goes.

    A claim that is sent in stays for whoever approves it; its page says that they were not there.
    """
    claim = session.scalar(
        select(CompensationClaim)
        .where(
            CompensationClaim.activity_id == activity_id,
            CompensationClaim.member_id == member_id,
            CompensationClaim.state.not_in(HELD),
        )
        .options(selectinload(CompensationClaim.lines))
        .with_for_update(of=CompensationClaim)
    )
    if claim is not None:
        forget_details(session, claim)
        session.delete(claim)
        session.flush()
