"""What this floor holds about a person, changing one's address, and erasing everything.

Erasure asks every feature from the top floor down; the account itself goes last.
"""

from collections.abc import Iterable, Sequence

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from participation.accounts.models import (
    Account,
    AccountNamePrefix,
    RecoveryCode,
    RoleAssignment,
    SignInLink,
)
from participation.accounts.queries import account as account_by_id
from participation.accounts.queries import my_account, open_email_change, roles_held
from participation.accounts.rules.sessions import EMAIL_CHANGE_LASTS, LinkPurpose
from participation.accounts.rules.tokens import link_hash
from participation.accounts.services.sessions import end_all_sessions, end_other_sessions
from participation.foundation.clock import now
from participation.foundation.crypto import email_index, new_token
from participation.foundation.db import new_public_id
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.i18n import LOCALES, format_day
from participation.foundation.i18n import gettext as _
from participation.foundation.mail_templates import absolute_url
from participation.foundation.outbox import forget_mails_to, queue_mail
from participation.foundation.permissions import Actor
from participation.foundation.providers import Address, DataSection, PersonData

EMAIL_CHANGE_PATH = "/me/email/"


class AccountData:
    """PersonData: the account itself, its roles, and the event log's traces."""

    def sections(self, session: Session, account_id: int) -> Iterable[DataSection]:
        account = account_by_id(session, account_id)
        roles = roles_held(session, [account_id])[account_id]
        yield DataSection(
            title=_("Your account"),
            rows=(
                (_("Name"), account.display_name),
                (_("E-mail"), account.email if account.has_mailbox else ""),
                (_("Language"), LOCALES[account.locale]),
                (_("Account made"), format_day(account.created_at)),
            ),
            raw={
                "name": account.display_name,
                "email": account.email,
                "language": account.locale,
                "created_at": account.created_at.isoformat(),
                "confirmed_at": account.confirmed_at and account.confirmed_at.isoformat(),
                "roles": [{"role": held.role.value, "for": held.where} for held in roles],
            },
            edit=Address(endpoint="accounts.settings"),
        )

    def erase(self, session: Session, account_id: int) -> Iterable[str]:
        _erase_account(session, account_by_id(session, account_id))
        return self.kept(session, account_id)

    def kept(self, _session: Session, _account_id: int) -> Iterable[str]:
        return [
            _(
                "The event log keeps that something was done, but under a cover name: "
                "it shows that we have handled data correctly."
            )
        ]


def ask_for_new_email(session: Session, actor: Actor, email: str) -> None:
    """Mail a link to the new address. The page says the same if the address is somebody's."""
    account = my_account(session, actor)
    token = new_token()
    session.add(
        SignInLink(
            account_id=account.id,
            purpose=LinkPurpose.EMAIL,
            token_hash=link_hash(LinkPurpose.EMAIL, token),
            new_email=email,
            expires_at=now() + EMAIL_CHANGE_LASTS,
        )
    )
    queue_mail(
        session,
        to=email,
        template="sign_in_new_email",
        locale=account.locale,
        context={"link": absolute_url(EMAIL_CHANGE_PATH + token)},
    )


def confirm_new_email(session: Session, actor: Actor, token: str, *, browser: str = "") -> Account:
    """The person opened the link at the new address: from now on it is theirs.

    Every other browser is signed out; `browser` is the session token of the one they use.

    Raises:
        NotFound: the link is not the actor's, or does not work any more.
        Conflict: another account has the address.
    """
    link = open_email_change(session, actor, token)
    account = my_account(session, actor)
    new_email = link.new_email or ""
    taken = select(Account.id).where(
        Account.email_index == email_index(new_email), Account.id != account.id
    )
    if session.scalar(taken) is not None:
        raise Conflict("another account has this address")
    old_email, link.used_at = account.email, now()
    account.email, account.email_index = new_email, email_index(new_email)
    session.flush()
    end_other_sessions(session, account.id, browser)
    queue_mail(session, to=old_email, template="sign_in_email_changed", locale=account.locale)
    log_event(
        session,
        actor,
        "email_changed",
        "account",
        account.public_id,
        subject_account_id=account.id,
    )
    return account


def erase_person(session: Session, actor: Actor, providers: Sequence[PersonData]) -> list[str]:
    """Remove what every feature holds about the actor, at once and out of the outbox.

    `providers` in floor order; the highest floor goes first. Returns one sentence for each thing
    that stays, with the reason.
    """
    account = my_account(session, actor)
    email, locale, public_id = account.email, account.locale, account.public_id
    kept = [
        sentence
        for provider in reversed(providers)
        for sentence in provider.erase(session, account.id)
    ]
    queue_mail(
        session,
        to=email,
        template="sign_in_erased",
        locale=locale,
        context={"kept": kept},
        is_farewell=True,
    )
    log_event(session, actor, "person_erased", "account", public_id, subject_account_id=account.id)
    return kept


def forget_unconfirmed_account(session: Session, account_id: int) -> bool:
    """Erase an account nobody ever showed to be theirs; whether it was one.

    Accounts that hold or held a role were made by staff and stay theirs to close.
    """
    account = account_by_id(session, account_id)
    had_role = select(RoleAssignment.id).where(RoleAssignment.account_id == account_id).limit(1)
    if account.confirmed_at is not None or account.erased_at is not None:
        return False
    if account.password_hash is not None or session.scalar(had_role) is not None:
        return False
    _erase_account(session, account)
    return True


def _erase_account(session: Session, account: Account) -> None:
    forget_mails_to(session, account.email)
    end_all_sessions(session, account.id)
    for table in (AccountNamePrefix, RecoveryCode, SignInLink):
        session.execute(delete(table).where(table.account_id == account.id))
    session.execute(
        update(RoleAssignment)
        .where(RoleAssignment.account_id == account.id, RoleAssignment.revoked_at.is_(None))
        .values(revoked_at=now())
    )
    # An address nobody can have, so that the real one is free again.
    account.email = f"{new_public_id()}@erased.invalid"
    account.email_index = email_index(account.email)
    account.display_name = ""
    account.password_hash = account.totp_secret = None
    account.is_active = False
    account.erased_at = now()
    session.flush()
