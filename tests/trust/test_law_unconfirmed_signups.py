"""TRUST, law: a sign-up that nobody confirmed is erased in whole, at once when asked for."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.accounts.queries import account_by_email
from participation.accounts.services import grant_role
from participation.foundation.clock import frozen_at, now
from participation.foundation.crypto import name_query_index
from participation.foundation.permissions import Role
from participation.interest_bank.models import BankMember, BankNameToken, Consent
from participation.interest_bank.services import forget_unconfirmed, sign_up
from tests.factories.interest_bank import make_profile
from tests.support.client import CheckingClient
from tests.support.county import SmallCounty
from tests.support.signing_in import sign_in_client

LATER = timedelta(days=15)


def test_a_forgotten_sign_up_takes_its_account_along(session: Session, county: SmallCounty) -> None:
    sign_up(session, "tuva@example.org", make_profile(name="Tuva Exempelsson"), "sv")
    with frozen_at(now() + LATER):
        assert forget_unconfirmed(session) == 1
    assert account_by_email(session, "tuva@example.org") is None
    account = session.scalars(select(Account)).one()
    assert account.display_name == ""
    assert account.email.endswith("@erased.invalid")


def test_but_not_an_account_that_staff_made(session: Session, county: SmallCounty) -> None:
    sign_up(session, "tuva@example.org", make_profile(), "sv")
    account = account_by_email(session, "tuva@example.org")
    assert account is not None
    grant_role(session, account, Role.COUNCIL_MEMBER)
    with frozen_at(now() + LATER):
        forget_unconfirmed(session)
    assert account_by_email(session, "tuva@example.org") is account


def test_erasure_takes_what_was_told_before_confirming(
    client: CheckingClient, session: Session, county: SmallCounty
) -> None:
    sign_up(session, "tuva@example.org", make_profile(name="Tuva Exempelsson"), "sv")
    account = account_by_email(session, "tuva@example.org")
    assert account is not None
    sign_in_client(client, session, account)
    session.commit()
    assert client.submit("/me/erase").status_code == 200
    session.expire_all()
    member = session.scalars(select(BankMember)).one()
    assert (member.name, member.birth_year, member.state) == ("", None, "left")
    tokens = session.scalars(select(BankNameToken.token)).all()
    assert not set(name_query_index("Tuva")) & set(tokens)
    assert session.scalars(select(Consent).where(Consent.withdrawn_at.is_(None))).all() == []
