"""HTTP's side of the foundation: one transaction per request, default-deny access, safe headers.

A view reads like a table of contents: load → form → one service call → flash → redirect.
`@requires` stands right under the route; a route without it is refused and fails the build.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, TypeVar, cast

import structlog
from flask import Flask, Response, abort, current_app, g, redirect, request, url_for
from flask import render_template as render
from sqlalchemy import event
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from sqlalchemy.orm import ORMExecuteState, Session, sessionmaker
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.wrappers import Response as WerkzeugResponse

from participation.foundation.config import Config
from participation.foundation.db import transaction, write_turn
from participation.foundation.errors import DomainError, SignInNeeded
from participation.foundation.eventlog.services import log_event, log_events
from participation.foundation.feature import Features
from participation.foundation.given_back import came_from_here, typed_text
from participation.foundation.permissions import NOBODY, Actor, Permission

__all__ = [
    "actor",
    "after_response",
    "commits",
    "cookieless",
    "db",
    "extension",
    "log_access",
    "log_access_to",
    "render",
    "requires",
    "see_other",
]

View = TypeVar("View", bound=Callable[..., Any])
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
EXTENSION = "participation"
MEGABYTE = 1024 * 1024
_UNCOMMITTED = "uncommitted_changes"

log = structlog.get_logger()


@dataclass(frozen=True)
class Contact:
    """Whom residents call; the county floor fills it from the county file."""

    county_name: str = ""
    phone: str = ""
    hours: str = ""


@dataclass
class Extension:
    """What a running application knows; `extension()` gives it to views and providers' pages."""

    config: Config
    sessions: sessionmaker[Session]
    features: Features
    # accounts sets this; until then nobody is ever signed in
    load_actor: Callable[[], Actor] = field(default=lambda: NOBODY)
    # county sets this; takes the request's session only when it has to ask the database
    contact: Callable[[Callable[[], Session]], Contact] = field(default=lambda _db: Contact())
    # what foundation/context.py knows of addresses that never change, by the site's own path
    fixed_links: dict[str, Mapping[str, str]] = field(default_factory=dict)


def extension() -> Extension:
    return cast(Extension, current_app.extensions[EXTENSION])


# ---------------------------------------------------------------- session and transaction


def db() -> Session:
    """This request's session: one transaction, opened at first use, closed with the request."""
    if "db" not in g:
        session = extension().sessions()
        g.db = session
        if request.method not in SAFE_METHODS:
            turn = write_turn(session)
            turn.__enter__()
            g.write_turn = turn
    return cast(Session, g.db)


def commits(view: View) -> View:
    """The view changes something: commit after it returned, before the response leaves."""

    @wraps(view)
    def committing(*args: Any, **values: Any) -> Any:
        response = view(*args, **values)
        if request.method not in SAFE_METHODS:
            db().commit()
        return response

    committing.__commits__ = True  # type: ignore[attr-defined]
    return cast(View, committing)


def after_response(work: Callable[[Session], None]) -> None:
    """Do `work` in a short transaction of its own once the request's has ended.

    For foundation's own writes (access log, session idle time, throttle counters): they must
    be kept when the request is rolled back, and be on disk before the response leaves.
    """
    g.setdefault("after_response", []).append(work)


def log_access(action: str, object_kind: str, object_id: str, **details: Any) -> None:
    """Log that the person signed in saw personal data. No log line, no page."""
    person = actor()
    after_response(
        lambda session: log_event(session, person, action, object_kind, object_id, **details)
    )


def log_access_to(
    account_ids: Iterable[int], action: str, object_kind: str, object_id: str
) -> None:
    """As `log_access`, a line for each person whose details a list showed: they see their own."""
    person, subjects = actor(), list(dict.fromkeys(account_ids))
    after_response(
        lambda session: log_events(
            session, person, action, object_kind, object_id, subject_account_ids=subjects
        )
    )


def _end_transaction() -> None:
    session: Session | None = g.pop("db", None)
    turn = g.pop("write_turn", None)
    try:
        if session is not None:
            session.close()
    finally:
        if turn is not None:
            turn.__exit__(None, None, None)


def _finish(response: Response) -> Response:
    session: Session | None = g.get("db")
    if session is not None and current_app.testing and response.status_code < 400:
        assert not session.info.get(_UNCOMMITTED), (
            f"{request.method} {request.path} left uncommitted changes: put @commits on the view"
        )
    _end_transaction()
    work: list[Callable[[Session], None]] = g.pop("after_response", [])
    if work:
        with transaction(extension().sessions) as short:
            for act in work:
                act(short)
    return response


def _watch_changes(sessions: sessionmaker[Session]) -> None:
    """Remember in the session that it changed something it has not committed yet."""

    def changed(session: Session, *_args: Any) -> None:
        session.info[_UNCOMMITTED] = True

    def settled(session: Session) -> None:
        session.info.pop(_UNCOMMITTED, None)

    def executed(state: ORMExecuteState) -> None:
        if state.is_insert or state.is_update or state.is_delete:
            state.session.info[_UNCOMMITTED] = True

    event.listen(sessions, "after_flush", changed)
    event.listen(sessions, "do_orm_execute", executed)
    event.listen(sessions, "after_commit", settled)
    event.listen(sessions, "after_rollback", settled)


# ---------------------------------------------------------------- access


def requires(permission: Permission, *, whole_county: bool = False) -> Callable[[View], View]:
    """Declare what a route demands. Stands right under the route decorator.

    `whole_county`: what the page shows belongs to no single organisation; for whoever holds the
    permission for one organisation or group only, the page does not exist (TRUST 11).
    """

    def mark(view: View) -> View:
        view.__permission__ = permission  # type: ignore[attr-defined]
        view.__whole_county__ = whole_county  # type: ignore[attr-defined]
        return view

    return mark


def cookieless(view: View) -> View:
    """Answer routes: no session, no cookie, no access-log line (TRUST 46)."""
    view.__cookieless__ = True  # type: ignore[attr-defined]
    return view


def actor() -> Actor:
    """The person asking; loaded once per request."""
    if "actor" not in g:
        g.actor = extension().load_actor()
    return cast(Actor, g.actor)


def permission_of(endpoint: str) -> Permission | None:
    return getattr(current_app.view_functions[endpoint], "__permission__", None)


def may_open(endpoint: str) -> bool:
    """Whether the person asking gets past the permission that a page without a row demands."""
    view = current_app.view_functions[endpoint]
    permission = permission_of(endpoint)
    if permission is None or not actor().can(permission):
        return False
    return not getattr(view, "__whole_county__", False) or actor().scope(permission).everywhere


def is_cookieless(endpoint: str | None) -> bool:
    view = current_app.view_functions.get(endpoint or "")
    return bool(getattr(view, "__cookieless__", False))


def _refuse_nul() -> Response | None:
    """Nobody types NUL in an address; PostgreSQL stores none, and no page can show one."""
    if "\0" in request.path or b"%00" in request.query_string:
        return Response("400 Bad Request", status=400, mimetype="text/plain")
    return None


def _guard() -> None:
    """Default deny: refuse unmarked endpoints, then people without the permission."""
    if request.endpoint is None:
        return  # 404 and 405 find their own way
    permission = permission_of(request.endpoint)
    if permission is None:
        raise RuntimeError(f"{request.endpoint} declares no permission: add @requires")
    if permission is Permission.PUBLIC:
        return
    if permission is Permission.DEVELOPMENT:
        if not extension().config.is_development and not current_app.testing:
            abort(404)
        return
    person = actor()
    if not person.is_signed_in or person.needs_strong_sign_in_for(permission):
        raise SignInNeeded
    if not person.can(permission):
        abort(403)
    view = current_app.view_functions[request.endpoint]
    if getattr(view, "__whole_county__", False) and not person.scope(permission).everywhere:
        abort(404)


# ---------------------------------------------------------------- errors and headers


def see_other(endpoint: str, /, **values: Any) -> WerkzeugResponse:
    """After a change: 303 to the page that shows it, so that reload repeats nothing."""
    return redirect(url_for(endpoint, **values), code=303)


def error_page(status: int, **context: Any) -> tuple[str, int]:
    """The page for `status`: what happened and what to do, in the reader's language."""
    known = {400, 401, 403, 404, 405, 409, 413, 429, 500, 503}
    return render(f"errors/{status if status in known else 500}.html", **context), status


def _on_http_error(problem: HTTPException) -> Any:
    if problem.code is None or problem.code < 400:
        return problem
    if isinstance(problem, RequestEntityTooLarge):
        most = (request.max_content_length or 0) // MEGABYTE
        return error_page(problem.code, megabytes=most, back=_page_above())
    return error_page(problem.code)


def _page_above() -> str:
    """The page whose form was refused: the nearest address above this one that opens."""
    address = request.path
    while address:
        try:
            current_app.url_map.bind("").match(address, method="GET")
        except HTTPException:
            address = address.rpartition("/")[0]
        else:
            return address
    return "/"


def _on_domain_error(problem: DomainError) -> Any:
    if isinstance(problem, SignInNeeded):
        return _sign_in_first()
    return error_page(problem.http_status, problem=problem)


def _sign_in_first() -> Any:
    """To the sign-in; whoever was signed out while they wrote gets their words back (TRUST 35)."""
    if request.method == "GET":
        return redirect(_sign_in(request.full_path.rstrip("?")), code=303)
    typed = typed_text()
    if not typed or not came_from_here():
        return redirect(_sign_in("/"), code=303)
    return error_page(401, typed=typed, sign_in=_sign_in(_page_above()))


def _sign_in(wanted: str) -> str:
    return url_for("accounts.sign_in", next=wanted)


def _on_busy_database(problem: OperationalError) -> Any:
    log.error("database_unavailable", problem=type(problem.orig).__name__)
    _end_transaction()
    g.actor = NOBODY  # asking who it is would ask the database again
    return error_page(503, typed=typed_text())


def _on_impossible_value(problem: Exception) -> Any:
    """A number or sign in an address that no column can hold (TRUST 5)."""
    log.warning("impossible_value", problem=type(problem).__name__, endpoint=request.endpoint)
    _end_transaction()
    return error_page(400)


def _on_lost_race(problem: IntegrityError) -> Any:
    """Somebody else wrote the same thing a moment before; a constraint kept it single."""
    log.warning("lost_race", problem=type(problem.orig).__name__, endpoint=request.endpoint)
    _end_transaction()
    if current_app.testing:
        raise problem
    return error_page(409)


def _on_anything_else(problem: Exception) -> Any:
    log.exception("unhandled_error", endpoint=request.endpoint)
    if current_app.testing:
        raise problem
    return error_page(500)


CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "media-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)


def _security_headers(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "strict-origin")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
    config = extension().config
    if config.is_https:
        headers.setdefault("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
    if config.is_demo:
        headers.setdefault("X-Robots-Tag", "noindex")
    if ("actor" in g and g.actor.is_signed_in) or "token" in (request.view_args or {}):
        # The back button after signing out must show nothing (TRUST 19), nor may a shared
        # computer keep what a mailed link opened.
        headers["Cache-Control"] = "no-store"
    headers.setdefault("Cache-Control", "private, no-cache")  # every page speaks to one reader
    return response


def begin_web(app: Flask, web: Extension) -> None:
    """What the application knows from now on."""
    app.extensions[EXTENSION] = web
    _watch_changes(web.sessions)


def init_web(app: Flask) -> None:
    """Attach all of the above to a Flask application."""
    app.before_request(_refuse_nul)
    app.before_request(_guard)
    app.after_request(_security_headers)
    app.after_request(_finish)  # runs before the headers: last registered, first called
    app.teardown_request(lambda _problem: _end_transaction())
    app.register_error_handler(HTTPException, _on_http_error)
    app.register_error_handler(DomainError, _on_domain_error)
    app.register_error_handler(OperationalError, _on_busy_database)
    app.register_error_handler(DataError, _on_impossible_value)
    app.register_error_handler(OverflowError, _on_impossible_value)
    app.register_error_handler(IntegrityError, _on_lost_race)
    app.register_error_handler(Exception, _on_anything_else)
