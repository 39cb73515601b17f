"""Sign-in: by a mailed link, or by password and code. Both say nothing about who has an account."""

import hmac
from datetime import datetime

from argon2.exceptions import VerifyMismatchError
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from participation.accounts.models import Account, RecoveryCode, SignInLink
from participation.accounts.rules.secrets import (
    matching_step,
    new_mail_code,
    shown_code,
    typed_mail_code,
)
from participation.accounts.rules.sessions import CODE_TRIES, LINK_LASTS, LinkPurpose
from participation.accounts.rules.throttling import LINKS_PER_EMAIL
from participation.accounts.rules.tokens import (
    browser_hash,
    code_hash,
    link_hash,
    recovery_hash,
)
from participation.accounts.services.people import HASHER, mark_confirmed
from participation.accounts.services.throttling import count_try, is_throttled
from participation.foundation.clock import now
from participation.foundation.crypto import (
    email_index,
    new_token,
    normalised_email,
)
from participation.foundation.eventlog.services import log_event
from participation.foundation.i18n import DEFAULT_LOCALE
from participation.foundation.mail_templates import absolute_url
from participation.foundation.outbox import queue_mail
from participation.foundation.permissions import Actor

LINK_PATH = "/sign-in/link/"
JOIN_PATH = "/"
# Verified when there is no account, so that a wrong address takes as long as a wrong password.
_NOBODYS_HASH = HASHER.hash("nobody has this password")


def request_sign_in_link(
    session: Session,
    email: str,
    *,
    browser: str,
    locale: str = DEFAULT_LOCALE,
    next_path: str = "",
    allow_demo: bool = True,
) -> None:
    """Mail a link and a code to `email`; they work once, for ten minutes, in `browser` only.

    An address without account gets a mail that says so: same rows, same work, same time, and the
    page never tells (TRUST 26). Beyond five mails in a quarter of an hour none is sent.
    """
    address = normalised_email(email)
    if is_throttled(session, LINKS_PER_EMAIL, address):
        return
    count_try(session, LINKS_PER_EMAIL, address)
    account = usable_account(session, address, allow_demo=allow_demo)
    token, code = new_token(), new_mail_code()
    session.add(
        SignInLink(
            account_id=account.id if account else None,
            purpose=LinkPurpose.SIGN_IN,
            token_hash=link_hash(LinkPurpose.SIGN_IN, token),
            browser_hash=browser_hash(browser),
            code_hash=code_hash(browser, code),
            next_path=next_path,
            expires_at=now() + LINK_LASTS,
        )
    )
    queue_mail(
        session,
        to=email.strip(),
        template="sign_in" if account else "sign_in_unknown",
        locale=account.locale if account else locale,
        context={
            "link": absolute_url(LINK_PATH + token),
            "code": shown_code(code),
            "join": absolute_url(JOIN_PATH),
        },
    )


def usable_account(session: Session, email: str, *, allow_demo: bool) -> Account | None:
    """The active account with this address; demo accounts only where a demo runs."""
    account = session.scalar(select(Account).where(Account.email_index == email_index(email)))
    if account is None or not account.is_active or (account.is_demo and not allow_demo):
        return None
    return account


def take_link(session: Session, token: str, browser: str) -> tuple[Account, str] | None:
    """Use up a sign-in link: the account and where to go on, or None when it does not work."""
    link = session.scalar(
        select(SignInLink)
        .where(
            SignInLink.token_hash == link_hash(LinkPurpose.SIGN_IN, token),
            SignInLink.browser_hash == browser_hash(browser),
        )
        .with_for_update()
    )
    return _use(session, link)


def take_code(session: Session, browser: str, typed: str) -> tuple[Account, str] | None:
    """Use up the newest link of this browser by its eight digits; five tries each, then none."""
    link = session.scalar(
        select(SignInLink)
        .where(
            SignInLink.browser_hash == browser_hash(browser),
            SignInLink.purpose == LinkPurpose.SIGN_IN.value,
            SignInLink.used_at.is_(None),
            SignInLink.expires_at > now(),
        )
        .order_by(SignInLink.id.desc())
        .limit(1)
        .with_for_update()
    )
    if link is None or link.code_tries >= CODE_TRIES:
        return None
    if not hmac.compare_digest(link.code_hash or "", code_hash(browser, typed_mail_code(typed))):
        return None
    return _use(session, link)


def count_code_try(session: Session, browser: str) -> None:
    """One more wrong code for this browser's links (in a transaction of its own)."""
    session.execute(
        update(SignInLink)
        .where(SignInLink.browser_hash == browser_hash(browser), SignInLink.used_at.is_(None))
        .values(code_tries=SignInLink.code_tries + 1)
    )


def take_password(
    session: Session, email: str, password: str, code: str, *, allow_demo: bool
) -> Account | None:
    """The account whose address, password and code these are; None says not which was wrong."""
    account = usable_account(session, email, allow_demo=allow_demo)
    stored = account.password_hash if account and account.totp_secret else None
    is_right = _verifies(stored or _NOBODYS_HASH, password)
    if account is None or stored is None or not is_right:
        return None
    if not (_take_totp(session, account, code, now()) or _take_recovery(session, account, code)):
        return None
    if HASHER.check_needs_rehash(stored):
        account.password_hash = HASHER.hash(password)
    return account


def log_sign_in(session: Session, account: Account, method: str) -> None:
    """Every sign-in is a line in the event log; people see their own."""
    log_event(
        session,
        Actor(account_id=account.id),
        "signed_in",
        "account",
        account.public_id,
        subject_account_id=account.id,
        method=method,
    )


def _use(session: Session, link: SignInLink | None) -> tuple[Account, str] | None:
    if link is None or link.account_id is None or link.used_at or link.expires_at <= now():
        return None
    account = session.get(Account, link.account_id)
    if account is None or not account.is_active:
        return None
    link.used_at = now()
    mark_confirmed(session, account)
    session.flush()
    return account, link.next_path


def _verifies(stored: str, password: str) -> bool:
    try:
        return HASHER.verify(stored, password)
    except VerifyMismatchError:
        return False


def _take_totp(session: Session, account: Account, code: str, moment: datetime) -> bool:
    """A code counts once: its time step must be newer than the last one used."""
    step = matching_step(account.totp_secret or "", code, moment)
    if step is None:
        return False
    taken = session.execute(
        update(Account)
        .where(
            Account.id == account.id,
            (Account.totp_last_step.is_(None)) | (Account.totp_last_step < step),
        )
        .values(totp_last_step=step)
    )
    return bool(taken.rowcount)  # type: ignore[attr-defined]


def _take_recovery(session: Session, account: Account, typed: str) -> bool:
    taken = session.execute(
        update(RecoveryCode)
        .where(
            RecoveryCode.account_id == account.id,
            RecoveryCode.code_hash == recovery_hash(account.id, typed),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=now())
    )
    return bool(taken.rowcount)  # type: ignore[attr-defined]
