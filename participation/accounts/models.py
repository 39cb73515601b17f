"""Tables of accounts. Addresses and names are encrypted; tokens and codes are stored hashed."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from participation.foundation.clock import now
from participation.foundation.crypto import EncryptedText, index_column
from participation.foundation.db import Base, Created, PublicId
from participation.foundation.outbox.rules import has_mailbox

PASSWORD_HASH_LENGTH = 200
PATH_LENGTH = 300


class Account(PublicId, Created, Base):
    """A person who can sign in. What they may do stands in their role assignments.

    `totp_last_step` is the newest time step whose code was used: a code works once.
    `confirmed_at`: when they showed that the e-mail address is theirs. `is_demo` accounts have
    a known password and are refused where no demo runs.
    """

    __tablename__ = "accounts"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(EncryptedText("accounts.email"))
    email_index: Mapped[str] = mapped_column(index_column(), unique=True)
    display_name: Mapped[str] = mapped_column(EncryptedText("accounts.display_name"))
    locale: Mapped[str] = mapped_column(String(8), default="sv")
    password_hash: Mapped[str | None] = mapped_column(String(PASSWORD_HASH_LENGTH))
    totp_secret: Mapped[str | None] = mapped_column(EncryptedText("accounts.totp_secret"))
    totp_last_step: Mapped[int | None]
    is_active: Mapped[bool] = mapped_column(default=True)
    is_demo: Mapped[bool] = mapped_column(default=False)
    confirmed_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]

    @property
    def has_mailbox(self) -> bool:
        """Whether the person can be mailed; who signed up by phone perhaps cannot."""
        return has_mailbox(self.email)


class AccountNamePrefix(Base):
    """A keyed prefix of a word in an account's name, so that names can be found but not read."""

    __tablename__ = "account_name_prefixes"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    prefix: Mapped[str] = mapped_column(index_column(), primary_key=True, index=True)


class RoleAssignment(Base):
    """One role of one account: everywhere, for one organisation or for one group. Never deleted."""

    __tablename__ = "role_assignments"
    __table_args__ = (
        CheckConstraint("organisation_id IS NULL OR group_id IS NULL", name="one_scope_at_most"),
        Index("ix_role_assignments_role_organisation_id", "role", "organisation_id"),
        Index("ix_role_assignments_role_group_id", "role", "group_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    role: Mapped[str] = mapped_column(String(40))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("county_groups.id"))
    granted_at: Mapped[datetime] = mapped_column(default=now)
    granted_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    revoked_at: Mapped[datetime | None]


class LoginSession(PublicId, Created, Base):
    """One sign-in of one browser. The cookie holds a random token, the row its keyed hash.

    `is_strong`: password and second factor were shown. `device` is a coarse description
    ("Firefox, Windows") so that a person recognises their own list.
    """

    __tablename__ = "login_sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    token_hash: Mapped[str] = mapped_column(index_column(), unique=True)
    is_strong: Mapped[bool] = mapped_column(default=False)
    device: Mapped[str] = mapped_column(String(60), default="")
    seen_at: Mapped[datetime] = mapped_column(default=now)
    revoked_at: Mapped[datetime | None]


class SignInLink(Created, Base):
    """A link that was mailed: to sign in, to choose a password, or to confirm a new address.

    A sign-in link works in the browser that asked only (`browser_hash`). No account: somebody
    asked with an address that has none; the row exists so that both cases take the same time.
    """

    __tablename__ = "sign_in_links"
    __table_args__ = (
        CheckConstraint("purpose IN ('sign_in','invitation','email')", name="purpose_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(12))
    token_hash: Mapped[str] = mapped_column(index_column(), unique=True)
    browser_hash: Mapped[str | None] = mapped_column(index_column(), index=True)
    code_hash: Mapped[str | None] = mapped_column(index_column())
    code_tries: Mapped[int] = mapped_column(default=0)
    next_path: Mapped[str] = mapped_column(String(PATH_LENGTH), default="")
    new_email: Mapped[str | None] = mapped_column(EncryptedText("sign_in_links.new_email"))
    expires_at: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None]


class RecoveryCode(Base):
    """A code that replaces the authenticator once, for a lost telephone."""

    __tablename__ = "recovery_codes"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    code_hash: Mapped[str] = mapped_column(index_column(), unique=True)
    used_at: Mapped[datetime | None]


class ThrottleCounter(Base):
    """How often something was tried in one window of time. `key` is a keyed hash, never an address.

    One row per limit, key and window: `window` is the number of the window since 1970.
    """

    __tablename__ = "throttle_counters"

    limit: Mapped[str] = mapped_column(String(40), primary_key=True)
    key: Mapped[str] = mapped_column(index_column(), primary_key=True)
    window: Mapped[int] = mapped_column(primary_key=True)
    count: Mapped[int]
    expires_at: Mapped[datetime] = mapped_column(index=True)
