"""Accounts for tests."""

from itertools import count

from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.accounts.services import ensure_account, grant_role, set_strong_sign_in
from participation.foundation.permissions import Role

PASSWORD = "tre gula cyklar"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEH"

_numbers = count(1)


def make_account(
    session: Session,
    *,
    name: str = "Tuva Exempelsson",
    email: str = "",
    locale: str = "sv",
    role: Role | None = None,
    is_demo: bool = False,
    **scope: object,
) -> Account:
    """An account, with a role when one is named; `organisation=` or `group=` limits it."""
    address = email or f"person{next(_numbers)}@example.org"
    account = ensure_account(session, address, name, locale, is_demo=is_demo)
    if role is not None:
        grant_role(session, account, role, **scope)  # type: ignore[arg-type]
    return account


def make_staff(
    session: Session, *, role: Role = Role.COORDINATOR, name: str = "Ebba Demolund", **more: object
) -> Account:
    """An account with PASSWORD and TOTP_SECRET."""
    account = make_account(session, name=name, role=role, **more)  # type: ignore[arg-type]
    set_strong_sign_in(session, account, PASSWORD, TOTP_SECRET)
    return account
