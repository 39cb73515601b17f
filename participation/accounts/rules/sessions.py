"""How long a sign-in lasts, and which addresses a person may be sent on to. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

LINK_LASTS = timedelta(minutes=10)
INVITATION_LASTS = timedelta(days=7)
EMAIL_CHANGE_LASTS = timedelta(hours=24)
CODE_TRIES = 5
SEEN_EVERY = timedelta(minutes=1)
MAX_NEXT_LENGTH = 300


class LinkPurpose(StrEnum):
    """What a mailed link is for; a link for one purpose never works for another (TRUST 22)."""

    SIGN_IN = "sign_in"
    INVITATION = "invitation"
    EMAIL = "email"


class SignInMethod(StrEnum):
    """Ways to show who one is. Passkeys and e-ID take their place here when they come."""

    LINK = "link"
    PASSWORD_AND_CODE = "password_and_code"  # noqa: S105 - a name, no secret

    @property
    def is_strong(self) -> bool:
        return self is SignInMethod.PASSWORD_AND_CODE


@dataclass(frozen=True)
class SessionLimits:
    """`idle`: since last seen. `absolute`: since sign-in, however busy."""

    idle: timedelta
    absolute: timedelta


# Staff see other people's data; residents see their own and should not be thrown out at lunch.
STRONG_LIMITS = SessionLimits(idle=timedelta(minutes=60), absolute=timedelta(hours=12))
RESIDENT_LIMITS = SessionLimits(idle=timedelta(hours=24), absolute=timedelta(days=7))


# How long before a session ends it is told of: time to finish a sentence and press a button.
TOLD_BEFORE = timedelta(minutes=5)


@dataclass(frozen=True)
class SessionEnd:
    """When a session ends, and whether going on moves it: not past the longest it may last."""

    at: datetime
    tell_in: timedelta
    can_be_moved: bool


def session_end(signed_in_at: datetime, moment: datetime, is_strong: bool) -> SessionEnd:
    """The end of the session of somebody who is here at `moment`.

    >>> from datetime import UTC
    >>> noon = datetime(2026, 5, 4, 12, tzinfo=UTC)
    >>> session_end(noon, noon, is_strong=True).tell_in
    datetime.timedelta(seconds=3300)
    """
    end = ends_at(signed_in_at, moment, is_strong)
    longest = signed_in_at + limits_for(is_strong).absolute
    return SessionEnd(end, max(end - moment - TOLD_BEFORE, timedelta()), end < longest)


def limits_for(is_strong: bool) -> SessionLimits:
    return STRONG_LIMITS if is_strong else RESIDENT_LIMITS


def ends_at(signed_in_at: datetime, seen_at: datetime, is_strong: bool) -> datetime:
    """When a session ends if nothing more happens.

    >>> from datetime import UTC
    >>> noon = datetime(2026, 5, 4, 12, tzinfo=UTC)
    >>> ends_at(noon, noon, is_strong=True).hour
    13
    """
    limits = limits_for(is_strong)
    return min(seen_at + limits.idle, signed_in_at + limits.absolute)


def is_alive(signed_in_at: datetime, seen_at: datetime, is_strong: bool, moment: datetime) -> bool:
    """Whether the session still counts at `moment`."""
    return moment < ends_at(signed_in_at, seen_at, is_strong)


def own_path(wanted: str | None) -> str:
    """`wanted` when it is a path on this site, else "" (TRUST 21: next=//evil, /\\evil).

    >>> own_path("/me?x=1"), own_path("//evil.example"), own_path("https://evil.example/")
    ('/me?x=1', '', '')
    """
    if not wanted or len(wanted) > MAX_NEXT_LENGTH or not wanted.startswith("/"):
        return ""
    if wanted.startswith("//") or "\\" in wanted or not wanted.isprintable() or " " in wanted:
        return ""
    parts = urlsplit(wanted)
    return "" if parts.scheme or parts.netloc else wanted


_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def device_name(user_agent: str) -> str:
    """A coarse description that a person recognises and nobody can track: "Firefox, Windows"."""
    found = [
        next((name for mark, name in known if mark in user_agent), "")
        for known in (_BROWSERS, _SYSTEMS)
    ]
    return ", ".join(name for name in found if name)
