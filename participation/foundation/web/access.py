"""Who may open what: `@requires` stands right under each route, and nothing else opens."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from flask import Response, abort, current_app, g, request

from participation.foundation.errors import SignInNeeded
from participation.foundation.permissions import Actor, Permission
from participation.foundation.web.extension import extension

View = TypeVar("View", bound=Callable[..., Any])


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


def same_for_all(view: View) -> View:
    """What the view gives is no page, and yet the same for everybody (see shared_pages.py)."""
    view.__same_for_all__ = True  # type: ignore[attr-defined]
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


def refuse_nul() -> Response | None:
    """Nobody types NUL in an address; PostgreSQL stores none, and no page can show one."""
    if "\0" in request.path or b"%00" in request.query_string:
        return Response("400 Bad Request", status=400, mimetype="text/plain")
    return None


def guard() -> None:
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
