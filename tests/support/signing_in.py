"""Sign a test client in without walking through the sign-in pages."""

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.accounts.services import start_session
from participation.foundation.web import EXTENSION


def sign_in_client(
    client: FlaskClient, session: Session, account: Account, *, is_strong: bool = True
) -> str:
    """Start a session for `account`, commit it, and give the client its cookie; returns the token.

    `is_strong=False`: signed in by e-mail link, so roles that need password and code rest.
    """
    token = start_session(session, account.id, is_strong=is_strong, device="Test")
    session.commit()
    config = client.application.extensions[EXTENSION].config
    client.set_cookie(f"{config.cookie_prefix}session", token)
    return token
