"""Keyed hashes of what is handed out: the database never holds a token, a code or an address."""

from participation.accounts.rules.secrets import typed_recovery_code
from participation.accounts.rules.sessions import LinkPurpose
from participation.foundation.crypto import token_hash


def session_hash(token: str) -> str:
    return token_hash("session", token)


def link_hash(purpose: LinkPurpose, token: str) -> str:
    """A link hashed for one purpose is unknown for every other (TRUST 22)."""
    return token_hash(f"link:{purpose.value}", token)


def browser_hash(token: str) -> str:
    return token_hash("browser", token)


def code_hash(browser: str, code: str) -> str:
    """A typed code is hashed together with the browser that asked: elsewhere it means nothing."""
    return token_hash("mail code", f"{browser}\0{code}")


def recovery_hash(account_id: int, code: str) -> str:
    return token_hash("recovery", f"{account_id}\0{typed_recovery_code(code)}")


def authenticator_key(invitation_token: str) -> str:
    """The authenticator's secret of an invitation, so that nothing is stored before it is used."""
    return token_hash("authenticator", invitation_token)
