"""Pages for what went wrong: what happened, what to do, and what was typed, given back."""

from collections.abc import Mapping
from typing import Any

import structlog
from flask import Flask, current_app, g, redirect, request, url_for
from flask import render_template as render
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from participation.foundation.errors import DomainError, SignInNeeded
from participation.foundation.given_back import came_from_here, typed_text
from participation.foundation.permissions import NOBODY
from participation.foundation.web.access import is_cookieless
from participation.foundation.web.transactions import end_transaction

MEGABYTE = 1024 * 1024
GIVES_BACK = frozenset({403, 404, 409})

log = structlog.get_logger()


def error_page(status: int, **context: Any) -> tuple[str, int]:
    """The page for `status`: what happened and what to do, in the reader's language."""
    known = {400, 401, 403, 404, 405, 409, 410, 413, 429, 500, 503}
    return render(f"errors/{status if status in known else 500}.html", **context), status


def _on_http_error(problem: HTTPException) -> Any:
    if problem.code is None or problem.code < 400:
        return problem
    if isinstance(problem, RequestEntityTooLarge):
        return error_page(problem.code, megabytes=_most_megabytes(), back=_page_above())
    typed = _own_words() if problem.code in GIVES_BACK else {}
    return error_page(problem.code, typed=typed)


def _most_megabytes() -> int:
    """What was passed: the whole request's limit, or that of its words beside the files."""
    most = request.max_content_length or 0
    if (request.content_length or 0) <= most:
        most = request.max_form_memory_size or most
    return most // MEGABYTE


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
    return error_page(problem.http_status, problem=problem, typed=_own_words())


def _own_words() -> Mapping[str, str]:
    """What somebody posted from a page of ours and cannot save: theirs to keep."""
    if request.method != "POST" or is_cookieless(request.endpoint):
        return {}
    typed = typed_text()
    return typed if typed and came_from_here() else {}


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
    end_transaction()
    g.actor = NOBODY  # asking who it is would ask the database again
    return error_page(503, typed=typed_text())


def _on_impossible_value(problem: Exception) -> Any:
    """A number or sign in an address that no column can hold (TRUST 5)."""
    log.warning("impossible_value", problem=type(problem).__name__, endpoint=request.endpoint)
    end_transaction()
    return error_page(400)


def _on_lost_race(problem: IntegrityError) -> Any:
    """Somebody else wrote the same thing a moment before; a constraint kept it single."""
    log.warning("lost_race", problem=type(problem.orig).__name__, endpoint=request.endpoint)
    end_transaction()
    if current_app.testing:
        raise problem
    return error_page(409, typed=_own_words())


def _on_anything_else(problem: Exception) -> Any:
    log.exception("unhandled_error", endpoint=request.endpoint)
    if current_app.testing:
        raise problem
    return error_page(500)


def handle_errors(app: Flask) -> None:
    """A page of ours for each way a request can fail."""
    app.register_error_handler(HTTPException, _on_http_error)
    app.register_error_handler(DomainError, _on_domain_error)
    app.register_error_handler(OperationalError, _on_busy_database)
    app.register_error_handler(DataError, _on_impossible_value)
    app.register_error_handler(OverflowError, _on_impossible_value)
    app.register_error_handler(IntegrityError, _on_lost_race)
    app.register_error_handler(Exception, _on_anything_else)
