"""The cookies of sign-in, and who a request belongs to."""

from typing import Any

from flask import Flask, g, make_response, request
from flask_login import AnonymousUserMixin, LoginManager, UserMixin, current_user
from werkzeug.wrappers import Response

from participation.accounts.queries import SignedIn, grants_of, signed_in
from participation.accounts.rules.sessions import (
    LINK_LASTS,
    RESIDENT_LIMITS,
    SEEN_EVERY,
    SessionEnd,
    session_end,
)
from participation.accounts.services.sessions import mark_seen
from participation.foundation.clock import now
from participation.foundation.crypto import new_token
from participation.foundation.permissions import NOBODY, Actor
from participation.foundation.web import EXTENSION, after_response, db, extension

TOKEN_LENGTH = 32


class SignedInUser(UserMixin):  # type: ignore[misc]  # Flask-Login carries no types
    """Flask-Login's user: a living session of an account."""

    def __init__(self, who: SignedIn) -> None:
        self.who = who

    def get_id(self) -> str:
        return self.who.public_id


def session_cookie() -> str:
    return f"{extension().config.cookie_prefix}session"


def browser_cookie() -> str:
    return f"{extension().config.cookie_prefix}asked"


def session_token() -> str:
    """The token this browser carries; "" for none or for something that cannot be one."""
    return _token(session_cookie())


def browser_token() -> str:
    """The secret of this browser while it waits for a link; "" when it never asked."""
    return _token(browser_cookie())


def ensured_browser_token() -> str:
    """The browser's secret, made now when it had none; `remember_browser` sets the cookie."""
    if "browser_token" not in g:
        g.browser_token = browser_token() or new_token()
    return str(g.browser_token)


def remember_browser(response: Any) -> Response:
    """Let the browser that asks for a link be known when the link comes back."""
    answer = make_response(response)
    _set(answer, browser_cookie(), ensured_browser_token(), int(LINK_LASTS.total_seconds()) + 300)
    return answer


def remember_session(response: Any, token: str) -> Response:
    """Give the browser its session; the waiting secret has done its work."""
    answer = make_response(response)
    _set(answer, session_cookie(), token, int(RESIDENT_LIMITS.absolute.total_seconds()))
    _delete(answer, browser_cookie())
    return answer


def forget_session(response: Any) -> Response:
    answer = make_response(response)
    _delete(answer, session_cookie())
    return answer


def init_sign_in(app: Flask) -> None:
    """Flask-Login reads the server-side session; the permission guard asks `load_actor`."""
    manager = LoginManager()
    manager.session_protection = None  # nothing about sign-in lies in Flask's own session
    manager.anonymous_user = AnonymousUserMixin
    manager.request_loader(_load_user)
    manager.init_app(app)
    app.context_processor(lambda: {"session_end": end_of_this_session})


def end_of_this_session() -> SessionEnd | None:
    """For pages of staff, whose session ends within the hour; None for everybody else."""
    user = current_user._get_current_object()
    if not isinstance(user, SignedInUser) or not user.who.is_strong:
        return None
    return session_end(user.who.signed_in_at, now(), user.who.is_strong)


def begin_sign_in(app: Flask) -> None:
    """Every page may ask who is signed in."""
    app.extensions[EXTENSION].load_actor = load_actor


def load_actor() -> Actor:
    """The person asking: one query for session and account, one for roles; none for strangers."""
    user = current_user._get_current_object()
    if not isinstance(user, SignedInUser):
        return NOBODY
    who = user.who
    return Actor(who.account_id, who.display_name, grants_of(db(), who.account_id), who.is_strong)


def _load_user(_request: Any) -> SignedInUser | None:
    token = session_token()
    who = signed_in(db(), token) if token else None
    if who is None:
        return None
    if now() - who.seen_at >= SEEN_EVERY:
        after_response(lambda session: mark_seen(session, who.login_session_id))
    return SignedInUser(who)


def _token(cookie: str) -> str:
    value = request.cookies.get(cookie, "")
    return value if len(value) == TOKEN_LENGTH and value.isalnum() and value.isascii() else ""


def _set(answer: Response, name: str, value: str, seconds: int) -> None:
    answer.set_cookie(
        name,
        value,
        max_age=seconds,
        path="/",
        secure=extension().config.is_https,
        httponly=True,
        samesite="Lax",
    )


def _delete(answer: Response, name: str) -> None:
    answer.delete_cookie(
        name, path="/", secure=extension().config.is_https, httponly=True, samesite="Lax"
    )
