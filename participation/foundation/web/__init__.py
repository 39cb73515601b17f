"""HTTP's side of the foundation: one transaction per request, default-deny access, safe headers.

A view reads like a table of contents: load → form → one service call → flash → redirect.
`@requires` stands right under the route; a route without it is refused and fails the build.
"""

from flask import Flask
from flask import render_template as render

from participation.foundation.web.access import (
    actor,
    cookieless,
    guard,
    is_cookieless,
    may_open,
    permission_of,
    refuse_nul,
    requires,
    same_for_all,
)
from participation.foundation.web.errors import error_page, handle_errors
from participation.foundation.web.extension import EXTENSION, Contact, Extension, extension
from participation.foundation.web.headers import security_headers
from participation.foundation.web.shared_pages import LANGUAGE_COOKIE, SharedPages, mark_shared
from participation.foundation.web.transactions import (
    after_response,
    commits,
    db,
    end_transaction,
    finish,
    log_access,
    log_access_to,
    see_other,
    watch_changes,
)

__all__ = [
    "EXTENSION",
    "LANGUAGE_COOKIE",
    "Contact",
    "Extension",
    "SharedPages",
    "actor",
    "after_response",
    "begin_web",
    "commits",
    "cookieless",
    "db",
    "error_page",
    "extension",
    "init_web",
    "is_cookieless",
    "log_access",
    "log_access_to",
    "may_open",
    "permission_of",
    "render",
    "requires",
    "same_for_all",
    "see_other",
]


def begin_web(app: Flask, web: Extension) -> None:
    """What the application knows from now on."""
    app.extensions[EXTENSION] = web
    watch_changes(web.sessions)


def init_web(app: Flask) -> None:
    """Attach the pieces of this package to a Flask application."""
    app.before_request(refuse_nul)
    app.before_request(guard)
    app.after_request(security_headers)
    app.after_request(finish)  # runs before the headers: last registered, first called
    app.after_request(mark_shared)  # before that: while it is known what waits to be written
    app.teardown_request(lambda _problem: end_transaction())
    handle_errors(app)
