"""Reads of accounts: who is signed in, which roles they hold, whom an administrator looks for."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from participation.accounts.models import (
    Account,
    AccountNamePrefix,
    LoginSession,
    RoleAssignment,
    SignInLink,
)
from participation.accounts.rules.sessions import LinkPurpose, is_alive, limits_for
from participation.accounts.rules.tokens import browser_hash, link_hash, session_hash
from participation.county.models import Group, Organisation
from participation.foundation.clock import now
from participation.foundation.crypto import email_index, name_query_index
from participation.foundation.errors import NotFound
from participation.foundation.eventlog.models import EventLogEntry
from participation.foundation.eventlog.queries import LinesWanted, entries
from participation.foundation.jobs.models import Job
from participation.foundation.jobs.rules import JobState
from participation.foundation.permissions import (
    ROLE_PERMISSIONS,
    Actor,
    Grant,
    Permission,
    Role,
)

JOBS_SHOWN_FOR = timedelta(minutes=30)


@dataclass(frozen=True)
class SignedIn:
    """A living session and whose it is; values only, so that nothing is loaded later."""

    login_session_id: int
    account_id: int
    public_id: str
    display_name: str
    locale: str
    signed_in_at: datetime
    seen_at: datetime
    is_strong: bool


def signed_in(session: Session, token: str) -> SignedIn | None:
    """Who a session cookie belongs to, if the session still counts. One query."""
    row = session.execute(
        select(
            LoginSession.id,
            LoginSession.created_at,
            LoginSession.seen_at,
            LoginSession.is_strong,
            Account.id,
            Account.public_id,
            Account.display_name,
            Account.locale,
        )
        .join(Account, Account.id == LoginSession.account_id)
        .where(
            LoginSession.token_hash == session_hash(token),
            LoginSession.revoked_at.is_(None),
            Account.is_active,
        )
    ).one_or_none()
    if row is None:
        return None
    session_id, started, seen, is_strong, account_id, public_id, name, locale = row
    if not is_alive(started, seen, is_strong, now()):
        return None
    return SignedIn(session_id, account_id, public_id, name, locale, started, seen, is_strong)


def grants_of(session: Session, account_id: int) -> tuple[Grant, ...]:
    """The roles an account holds now. One query."""
    rows = session.execute(
        select(RoleAssignment.role, RoleAssignment.organisation_id, RoleAssignment.group_id)
        .where(RoleAssignment.account_id == account_id, RoleAssignment.revoked_at.is_(None))
        .order_by(RoleAssignment.id)
    )
    return tuple(Grant(Role(role), organisation, group) for role, organisation, group in rows)


def actor_of(session: Session, account: Account, *, is_strong: bool = True) -> Actor:
    """An account as the person asking: for commands, jobs and the demo."""
    return Actor(account.id, account.display_name, grants_of(session, account.id), is_strong)


def account(session: Session, account_id: int) -> Account:
    """One account by its own id. Raises NotFound."""
    found = session.get(Account, account_id)
    if found is None:
        raise NotFound
    return found


def account_by_email(session: Session, email: str) -> Account | None:
    return session.scalar(select(Account).where(Account.email_index == email_index(email)))


def my_account(session: Session, actor: Actor) -> Account:
    """The account of the person asking. Raises NotFound when nobody is signed in."""
    return account(session, actor.account_id or 0)


def my_sessions(session: Session, actor: Actor) -> list[LoginSession]:
    """Where the person is signed in now, newest first."""
    found = session.scalars(
        select(LoginSession)
        .where(LoginSession.account_id == actor.account_id, LoginSession.revoked_at.is_(None))
        .order_by(LoginSession.seen_at.desc(), LoginSession.id.desc())
    )
    moment = now()
    return [s for s in found if is_alive(s.created_at, s.seen_at, s.is_strong, moment)]


def link_is_open(session: Session, token: str, browser: str) -> bool | None:
    """Whether a sign-in link works in this browser; None: it works, but in another browser."""
    link = session.scalar(
        select(SignInLink).where(
            SignInLink.token_hash == link_hash(LinkPurpose.SIGN_IN, token),
            SignInLink.used_at.is_(None),
            SignInLink.expires_at > now(),
        )
    )
    if link is None:
        return False
    return True if browser and link.browser_hash == browser_hash(browser) else None


def open_email_change(session: Session, actor: Actor, token: str) -> SignInLink:
    """The actor's own wish to use a new address. Raises NotFound when the link does not work."""
    link = session.scalar(
        select(SignInLink).where(
            SignInLink.token_hash == link_hash(LinkPurpose.EMAIL, token),
            SignInLink.account_id == actor.account_id,
            SignInLink.used_at.is_(None),
            SignInLink.expires_at > now(),
        )
    )
    if link is None:
        raise NotFound
    return link


def my_jobs(session: Session, actor: Actor) -> Sequence[Job]:
    """The person's own long jobs: those running, and those that ended a moment ago."""
    return session.scalars(
        select(Job)
        .where(
            Job.created_by_account_id == actor.account_id,
            or_(
                Job.state.in_([JobState.QUEUED, JobState.RUNNING]),
                Job.finished_at > now() - JOBS_SHOWN_FOR,
            ),
        )
        .order_by(Job.id.desc())
        .limit(5)
    ).all()


# -- administration --------------------------------------------------------------------------


@dataclass(frozen=True)
class HeldRole:
    """One role an account holds, with the name of what it is limited to."""

    assignment_id: int
    role: Role
    organisation_name: str | None
    group_name: str | None

    @property
    def where(self) -> str:
        return self.organisation_name or self.group_name or ""


def accounts_matching(actor: Actor, typed: str, role: Role | None = None) -> Select[Account]:
    """Accounts by exact e-mail address or by the beginnings of names; all when nothing is typed.

    Raises NotFound unless the actor may manage accounts.
    """
    _must_manage(actor)
    statement = select(Account).where(Account.erased_at.is_(None))
    wanted = typed.strip()
    if "@" in wanted:
        statement = statement.where(Account.email_index == email_index(wanted))
    elif wanted:
        for prefix in name_query_index(wanted):
            statement = statement.where(_has_prefix(prefix))
    if role is not None:
        statement = statement.where(
            Account.id.in_(
                select(RoleAssignment.account_id).where(
                    RoleAssignment.role == role.value, RoleAssignment.revoked_at.is_(None)
                )
            )
        )
    return statement.order_by(Account.id.desc())


def managed_account(session: Session, actor: Actor, public_id: str) -> Account:
    """One account for an administrator. Raises NotFound."""
    _must_manage(actor)
    found = session.scalar(
        select(Account).where(Account.public_id == public_id, Account.erased_at.is_(None))
    )
    if found is None:
        raise NotFound
    return found


def roles_held(session: Session, account_ids: Iterable[int]) -> Mapping[int, list[HeldRole]]:
    """The roles of several accounts with names of organisations and groups. One query."""
    rows = session.execute(
        select(RoleAssignment, Organisation.name, Group.name)
        .outerjoin(Organisation, Organisation.id == RoleAssignment.organisation_id)
        .outerjoin(Group, Group.id == RoleAssignment.group_id)
        .where(
            RoleAssignment.account_id.in_(list(account_ids)), RoleAssignment.revoked_at.is_(None)
        )
        .order_by(RoleAssignment.id)
    )
    held: dict[int, list[HeldRole]] = defaultdict(list)
    for assignment, organisation_name, group_name in rows:
        held[assignment.account_id].append(
            HeldRole(assignment.id, Role(assignment.role), organisation_name, group_name)
        )
    return held


def accounts_with_role(
    session: Session,
    role: Role,
    *,
    organisation_id: int | None = None,
    group_id: int | None = None,
) -> Sequence[Account]:
    """Active accounts that hold `role` for exactly this organisation or group, or everywhere."""
    holds = holds_role(role, organisation_id=organisation_id, group_id=group_id)
    return session.scalars(select(Account).where(holds).order_by(Account.id)).all()


def holds_role(
    role: Role, *, organisation_id: int | None = None, group_id: int | None = None
) -> ColumnElement[bool]:
    """Of an account: it is active and holds `role` for exactly this, or everywhere."""
    holders = select(RoleAssignment.account_id).where(
        RoleAssignment.role == role.value,
        RoleAssignment.revoked_at.is_(None),
        RoleAssignment.organisation_id.is_not_distinct_from(organisation_id),
        RoleAssignment.group_id.is_not_distinct_from(group_id),
    )
    return and_(Account.is_active, Account.id.in_(holders))


def may_still(permission: Permission) -> ColumnElement[bool]:
    """Of an account: it is active, not erased, and holds `permission` somewhere now."""
    roles = [role.value for role, held in ROLE_PERMISSIONS.items() if permission in held]
    holders = select(RoleAssignment.account_id).where(
        RoleAssignment.role.in_(roles), RoleAssignment.revoked_at.is_(None)
    )
    return and_(Account.is_active, Account.erased_at.is_(None), Account.id.in_(holders))


def demo_accounts(session: Session) -> Sequence[Account]:
    """The demo's people who hold a role or have a password, in the order they were made."""
    return session.scalars(
        select(Account)
        .where(Account.is_demo, Account.is_active)
        .where(
            or_(
                Account.totp_secret.is_not(None),
                Account.id.in_(
                    select(RoleAssignment.account_id).where(RoleAssignment.revoked_at.is_(None))
                ),
            )
        )
        .order_by(Account.id)
    ).all()


def over_since(moment: datetime) -> ColumnElement[bool]:
    """Sessions that ended or ran out before `moment`, for tidying."""
    return or_(
        LoginSession.revoked_at < moment,
        *(
            and_(
                LoginSession.is_strong.is_(is_strong),
                LoginSession.created_at < moment - limits_for(is_strong).absolute,
            )
            for is_strong in (True, False)
        ),
    )


def active_administrators(session: Session) -> int:
    """How many people can administer accounts now."""
    return (
        session.scalar(
            select(func.count(func.distinct(RoleAssignment.account_id)))
            .join(Account, Account.id == RoleAssignment.account_id)
            .where(
                RoleAssignment.role == Role.ADMINISTRATOR.value,
                RoleAssignment.revoked_at.is_(None),
                Account.is_active,
            )
        )
        or 0
    )


def _has_prefix(prefix: str) -> ColumnElement[bool]:
    return Account.id.in_(
        select(AccountNamePrefix.account_id).where(AccountNamePrefix.prefix == prefix)
    )


def _must_manage(actor: Actor) -> None:
    if not actor.can(Permission.MANAGE_ACCOUNTS):
        raise NotFound


# -- the event log ---------------------------------------------------------------------------


def logged_events(actor: Actor, wanted: LinesWanted) -> Select[EventLogEntry]:
    """Lines of the log, newest first. Raises NotFound without permission."""
    if not actor.can(Permission.READ_EVENT_LOG):
        raise NotFound
    return entries(wanted)


def account_in_log(session: Session, actor: Actor, email: str) -> Account | None:
    """Whose cover name is asked for. Raises NotFound without permission."""
    if not actor.can(Permission.READ_EVENT_LOG):
        raise NotFound
    return account_by_email(session, email)


def event_actions(session: Session, actor: Actor) -> Sequence[str]:
    """Every kind of event that stands in the log. Raises NotFound without permission."""
    if not actor.can(Permission.READ_EVENT_LOG):
        raise NotFound
    return session.scalars(
        select(EventLogEntry.action).distinct().order_by(EventLogEntry.action)
    ).all()
