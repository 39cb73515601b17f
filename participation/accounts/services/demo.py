"""The demo's sign-ins: known passwords and authenticators, refused where no demo runs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from participation.accounts.models import Account, AccountNamePrefix
from participation.accounts.queries import demo_accounts, roles_held
from participation.accounts.rules.secrets import current_code, totp_secret_from
from participation.accounts.services.people import set_strong_sign_in
from participation.foundation.clock import now
from participation.foundation.crypto import email_index, keys, name_prefixes

DEMO_PASSWORD = "fyra lugna ekorrar"  # noqa: S105 - known to everybody, works in demos only


@dataclass(frozen=True)
class DemoSignIn:
    """How to sign in as one of the demo's people. No password: by a link from the mail page."""

    name: str
    email: str
    roles: tuple[tuple[str, str], ...]  # (role code, organisation's or group's name)
    password: str | None
    code: str | None


def give_demo_sign_in(session: Session, account: Account) -> None:
    """The known password, and an authenticator that follows from the address.

    Raises ValueError for an account that is not the demo's.
    """
    if not account.is_demo:
        raise ValueError("only the demo's own accounts get the known password")
    key = keys().blind_index("demo authenticator", account.email_index)
    set_strong_sign_in(session, account, DEMO_PASSWORD, totp_secret_from(key))


@dataclass(frozen=True, kw_only=True)
class DemoPerson:
    """Somebody invented who has an account since `at`."""

    email: str
    name: str
    locale: str
    at: datetime


def make_demo_accounts(session: Session, people: Sequence[DemoPerson]) -> list[Account]:
    """Many confirmed accounts at once, in the order of `people`; none of them exists yet."""
    accounts = [
        Account(
            email=person.email,
            email_index=email_index(person.email),
            display_name=person.name,
            locale=person.locale,
            is_demo=True,
            created_at=person.at,
            confirmed_at=person.at,
        )
        for person in people
    ]
    session.add_all(accounts)
    session.flush()
    session.add_all(
        AccountNamePrefix(account_id=account.id, prefix=prefix)
        for account in accounts
        for prefix in name_prefixes(account.display_name)
    )
    session.flush()
    return accounts


def demo_sign_ins(session: Session) -> Sequence[DemoSignIn]:
    """Every demo person who holds a role, with the code their authenticator shows now."""
    accounts = demo_accounts(session)
    held = roles_held(session, [account.id for account in accounts])
    moment = now()
    return [
        DemoSignIn(
            name=account.display_name,
            email=account.email,
            roles=tuple((item.role.value, item.where) for item in held.get(account.id, [])),
            password=DEMO_PASSWORD if account.totp_secret else None,
            code=current_code(account.totp_secret, moment) if account.totp_secret else None,
        )
        for account in accounts
    ]
