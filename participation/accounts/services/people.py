"""Accounts and their roles: made, named, granted, revoked, put to rest."""

from collections.abc import Sequence

from argon2 import PasswordHasher
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from participation.accounts.models import (
    Account,
    AccountNamePrefix,
    RecoveryCode,
    RoleAssignment,
)
from participation.accounts.rules.roles import may_be_scoped, scope_kind
from participation.accounts.services.sessions import end_all_sessions
from participation.county.models import Group, Organisation
from participation.foundation.bulk import insert_rows
from participation.foundation.clock import now
from participation.foundation.crypto import email_index, name_prefixes
from participation.foundation.db import new_public_id
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.eventlog.services import log_event
from participation.foundation.events import announce
from participation.foundation.i18n import DEFAULT_LOCALE, LOCALES
from participation.foundation.outbox.rules import NO_MAILBOX
from participation.foundation.outbox.services import cancel_mails_to
from participation.foundation.permissions import SYSTEM, Actor, Role

# Source: STACK.md: the library's default costs 197 ms and 64 MiB, this 21 ms (OWASP's minimum).
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def ensure_account(
    session: Session,
    email: str,
    display_name: str,
    locale: str = DEFAULT_LOCALE,
    *,
    is_confirmed: bool = False,
    is_demo: bool = False,
) -> Account:
    """The account with this address; made when there is none. An existing one is not renamed.

    `is_confirmed`: the person has shown that the address is theirs (followed a link).
    """
    index = email_index(email)
    account = session.scalar(select(Account).where(Account.email_index == index))
    if account is None:
        account = Account(
            email=email.strip(),
            email_index=index,
            display_name=display_name,
            locale=locale if locale in LOCALES else DEFAULT_LOCALE,
            is_demo=is_demo,
        )
        session.add(account)
        session.flush()
        _index_name(session, account)
    if is_confirmed:
        mark_confirmed(session, account)
    return account


def account_without_mailbox(
    session: Session, display_name: str, locale: str = DEFAULT_LOCALE
) -> Account:
    """An account for somebody who has no e-mail: nobody can sign in with it, no mail goes out."""
    return ensure_account(session, f"{new_public_id()}@{NO_MAILBOX}", display_name, locale)


def many_accounts(
    session: Session, people: Sequence[tuple[str | None, str]], locale: str = DEFAULT_LOCALE
) -> list[Account]:
    """An account for each (e-mail or None, name), in their order; known addresses keep theirs.

    Three statements, however many. Nobody has shown that an address is theirs.
    """
    addresses = [email or f"{new_public_id()}@{NO_MAILBOX}" for email, _name in people]
    indexes = [email_index(address) for address in addresses]
    known = {
        found.email_index: found
        for found in session.scalars(select(Account).where(Account.email_index.in_(indexes)))
    }
    fresh = {}
    for index, address, (_email, name) in zip(indexes, addresses, people, strict=True):
        if index not in known and index not in fresh:
            fresh[index] = Account(
                email=address.strip(), email_index=index, display_name=name, locale=locale
            )
    session.add_all(fresh.values())
    session.flush()
    insert_rows(
        session,
        AccountNamePrefix,
        [
            {"account_id": account.id, "prefix": prefix}
            for account in fresh.values()
            for prefix in name_prefixes(account.display_name)
        ],
    )
    return [known.get(index) or fresh[index] for index in indexes]


def mark_confirmed(session: Session, account: Account) -> None:
    """The person followed a link sent to the address, so it is theirs."""
    if account.confirmed_at is None:
        account.confirmed_at = now()
        session.flush()


def rename_account(session: Session, account: Account, display_name: str) -> None:
    """Change the name an account shows; the search index and the floors above follow."""
    account.display_name = display_name
    _index_name(session, account)
    announce(session, "account_renamed", account_id=account.id)


def set_locale(session: Session, account: Account, locale: str) -> None:
    """The language of pages after sign-in and of mails. Raises Conflict for an unknown one."""
    if locale not in LOCALES:
        raise Conflict
    account.locale = locale
    session.flush()


def grant_role(
    session: Session,
    account: Account,
    role: Role,
    organisation: Organisation | None = None,
    group: Group | None = None,
    *,
    actor: Actor = SYSTEM,
) -> RoleAssignment:
    """Give a role, everywhere or for one organisation or group; a role already held is returned.

    Raises:
        Conflict: the role cannot be limited that way (SCOPES in rules/roles.py).
    """
    organisation_id = organisation.id if organisation else None
    group_id = group.id if group else None
    if not may_be_scoped(role, scope_kind(organisation_id, group_id)):
        raise Conflict("a role of this kind is not granted for that", role=role.value)
    held = session.scalar(
        select(RoleAssignment).where(
            RoleAssignment.account_id == account.id,
            RoleAssignment.role == role.value,
            RoleAssignment.organisation_id.is_not_distinct_from(organisation_id),
            RoleAssignment.group_id.is_not_distinct_from(group_id),
            RoleAssignment.revoked_at.is_(None),
        )
    )
    if held is not None:
        return held
    assignment = RoleAssignment(
        account_id=account.id,
        role=role.value,
        organisation_id=organisation_id,
        group_id=group_id,
        granted_by_account_id=actor.account_id,
    )
    session.add(assignment)
    session.flush()
    _log_role(session, actor, "role_granted", account, assignment)
    return assignment


def revoke_role(
    session: Session, actor: Actor, account: Account, assignment_id: int
) -> RoleAssignment:
    """Take a role back; it is gone at the person's next request (TRUST 17).

    Raises:
        NotFound: the account has no such role now.
        Conflict: administrators cannot take the role from themselves.
    """
    assignment = session.scalar(
        select(RoleAssignment)
        .where(
            RoleAssignment.id == assignment_id,
            RoleAssignment.account_id == account.id,
            RoleAssignment.revoked_at.is_(None),
        )
        .with_for_update()
    )
    if assignment is None:
        raise NotFound
    if account.id == actor.account_id and assignment.role == Role.ADMINISTRATOR:
        raise Conflict("administrators cannot take their own role")
    assignment.revoked_at = now()
    session.flush()
    _log_role(session, actor, "role_revoked", account, assignment)
    return assignment


def revoke_role_of(session: Session, account: Account, role: Role, actor: Actor = SYSTEM) -> None:
    """Take back every assignment of `role`, when what it followed from has ended."""
    held = session.scalars(
        select(RoleAssignment).where(
            RoleAssignment.account_id == account.id,
            RoleAssignment.role == role.value,
            RoleAssignment.revoked_at.is_(None),
        )
    ).all()
    for assignment in held:
        assignment.revoked_at = now()
        _log_role(session, actor, "role_revoked", account, assignment)
    session.flush()


def set_strong_sign_in(session: Session, account: Account, password: str, totp_secret: str) -> None:
    """Password and authenticator, replacing earlier ones with their recovery codes."""
    account.password_hash = HASHER.hash(password)
    account.totp_secret = totp_secret
    account.totp_last_step = None
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    session.flush()


def deactivate_account(session: Session, actor: Actor, account: Account) -> None:
    """Nobody signs in with it any more, and who is signed in is out. Roles stay on record.

    Raises Conflict for one's own account.
    """
    if account.id == actor.account_id:
        raise Conflict("nobody can close the account they are using")
    account.is_active = False
    end_all_sessions(session, account.id)
    log_event(
        session,
        actor,
        "account_deactivated",
        "account",
        account.public_id,
        subject_account_id=account.id,
    )


def retire_account(session: Session, actor: Actor, account: Account) -> None:
    """Somebody has died: nobody signs in, waiting mails are stopped, and none goes out again.

    The address is replaced by one without a mailbox; the name stays on record.
    Raises Conflict for one's own account.
    """
    deactivate_account(session, actor, account)
    cancel_mails_to(session, account.email)
    account.email = f"{new_public_id()}@{NO_MAILBOX}"
    account.email_index = email_index(account.email)
    session.flush()


def reactivate_account(session: Session, actor: Actor, account: Account) -> None:
    """Undo `deactivate_account`. Raises Conflict for an erased account."""
    if account.erased_at is not None:
        raise Conflict
    account.is_active = True
    session.flush()
    log_event(
        session,
        actor,
        "account_reactivated",
        "account",
        account.public_id,
        subject_account_id=account.id,
    )


def _index_name(session: Session, account: Account) -> None:
    session.execute(delete(AccountNamePrefix).where(AccountNamePrefix.account_id == account.id))
    session.add_all(
        AccountNamePrefix(account_id=account.id, prefix=prefix)
        for prefix in name_prefixes(account.display_name)
    )
    session.flush()


def _log_role(
    session: Session, actor: Actor, action: str, account: Account, assignment: RoleAssignment
) -> None:
    log_event(
        session,
        actor,
        action,
        "account",
        account.public_id,
        subject_account_id=account.id,
        role=assignment.role,
        organisation_id=assignment.organisation_id,
        group_id=assignment.group_id,
    )
