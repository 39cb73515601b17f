"""Staff accounts: invited by an administrator, made ready by the person through a mailed link."""

from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from participation.accounts.models import Account, RecoveryCode, SignInLink
from participation.accounts.rules.secrets import (
    matching_step,
    new_recovery_codes,
    totp_secret_from,
)
from participation.accounts.rules.sessions import INVITATION_LASTS, LinkPurpose
from participation.accounts.rules.tokens import authenticator_key, link_hash, recovery_hash
from participation.accounts.services.people import mark_confirmed, set_strong_sign_in
from participation.accounts.services.sessions import end_all_sessions
from participation.foundation.clock import now
from participation.foundation.crypto import new_token
from participation.foundation.errors import DomainError, NotFound
from participation.foundation.eventlog.services import log_event
from participation.foundation.mail_templates import absolute_url
from participation.foundation.outbox import queue_mail
from participation.foundation.permissions import Actor

INVITATION_PATH = "/sign-in/invitation/"


class WrongCode(DomainError):
    """The six digits are not what the authenticator shows now."""

    code = "wrong_code"


@dataclass(frozen=True)
class OpenInvitation:
    """An invitation that still works. The authenticator's secret follows from the link itself."""

    account: Account
    totp_secret: str


def invite_to_strong_sign_in(session: Session, actor: Actor, account: Account) -> str:
    """Mail a link to choose password and authenticator; earlier links stop. Returns the path.

    Also the way back for somebody who lost both telephone and recovery codes.
    """
    token = _only_token(session, account)
    queue_mail(
        session,
        to=account.email,
        template="sign_in_invitation",
        locale=account.locale,
        context={
            "link": absolute_url(INVITATION_PATH + token),
            "name": account.display_name,
            "days": INVITATION_LASTS.days,
        },
    )
    log_event(
        session,
        actor,
        "account_invited",
        "account",
        account.public_id,
        subject_account_id=account.id,
    )
    return INVITATION_PATH + token


def _only_token(session: Session, account: Account) -> str:
    """A new invitation's token; from now on no earlier one opens anything."""
    session.execute(
        update(SignInLink)
        .where(
            SignInLink.account_id == account.id,
            SignInLink.purpose == LinkPurpose.INVITATION.value,
            SignInLink.used_at.is_(None),
        )
        .values(used_at=now())
    )
    token = new_token()
    session.add(
        SignInLink(
            account_id=account.id,
            purpose=LinkPurpose.INVITATION,
            token_hash=link_hash(LinkPurpose.INVITATION, token),
            expires_at=now() + INVITATION_LASTS,
        )
    )
    return token


def open_invitation(session: Session, token: str) -> OpenInvitation:
    """Raises NotFound when the link is unknown, used or too old."""
    account = session.scalar(
        select(Account)
        .join(SignInLink, SignInLink.account_id == Account.id)
        .where(
            SignInLink.token_hash == link_hash(LinkPurpose.INVITATION, token),
            SignInLink.used_at.is_(None),
            SignInLink.expires_at > now(),
            Account.is_active,
        )
    )
    if account is None:
        raise NotFound
    return OpenInvitation(account, totp_secret_from(authenticator_key(token)))


def accept_invitation(session: Session, token: str, password: str, code: str) -> list[str]:
    """Set password and authenticator; returns the recovery codes, shown this once.

    Raises:
        NotFound: the link does not work any more.
        WrongCode: the authenticator shows something else.
    """
    invitation = open_invitation(session, token)
    step = matching_step(invitation.totp_secret, code, now())
    if step is None:
        raise WrongCode
    account = invitation.account
    set_strong_sign_in(session, account, password, invitation.totp_secret)
    account.totp_last_step = step
    mark_confirmed(session, account)
    end_all_sessions(session, account.id)
    session.execute(
        update(SignInLink)
        .where(SignInLink.token_hash == link_hash(LinkPurpose.INVITATION, token))
        .values(used_at=now())
    )
    codes = new_recovery_codes()
    session.add_all(
        RecoveryCode(account_id=account.id, code_hash=recovery_hash(account.id, c)) for c in codes
    )
    session.flush()
    log_event(
        session,
        Actor(account_id=account.id),
        "strong_sign_in_set",
        "account",
        account.public_id,
        subject_account_id=account.id,
    )
    return codes
