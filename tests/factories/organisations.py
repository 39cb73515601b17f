"""User organisations and whom they nominate, for tests."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.county.models import Organisation
from participation.foundation.clock import now, today
from participation.foundation.crypto import email_index, token_hash
from participation.interest_bank.models import BankMember
from participation.organisations.models import Nomination, NominationAsk
from participation.organisations.rules.states import NOMINATION_PURPOSE, NominationState
from tests.support.county import LAYER


def make_user_organisation(session: Session, **overrides: str) -> Organisation:
    """A user organisation; flushed, not committed."""
    told = {"key": "exempelstodet", "name": "Exempelstödet", **overrides}
    organisation = Organisation(layer=LAYER, kind="user_organisation", **told)
    session.add(organisation)
    session.flush()
    return organisation


def make_nomination(session: Session, member: BankMember) -> Nomination:
    """Somebody of the bank who was nominated for the council and said yes; flushed."""
    account = session.scalars(select(Account).where(Account.id == member.account_id)).one()
    ask = NominationAsk(
        organisation=make_user_organisation(session),
        subject="council_seat",
        text="Två platser är lediga.",
        how_many=2,
        due_on=today() + timedelta(days=10),
        asked_by_account_id=account.id,
    )
    nomination = Nomination(
        ask=ask,
        nominated_by_account_id=account.id,
        name=member.name,
        email=account.email,
        email_index=email_index(account.email),
        token_hash=token_hash(NOMINATION_PURPOSE, member.public_id),
        state=NominationState.ACCEPTED,
        expires_at=now() + timedelta(days=14),
        member=member,
    )
    session.add(nomination)
    session.flush()
    return nomination
