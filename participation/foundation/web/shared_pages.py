"""Pages that are the same for everybody get a validator (ETag), and are kept while they hold."""

import hashlib
from collections.abc import Iterable
from typing import Any

from flask import Flask, Response, current_app, g, request
from werkzeug.http import parse_cookie

from participation.foundation import i18n
from participation.foundation.kept_pages import Environ, KeptPage, KeptPages, StartResponse
from participation.foundation.permissions import Permission
from participation.foundation.web.access import is_cookieless, permission_of
from participation.foundation.web.extension import EXTENSION

LANGUAGE_COOKIE = "language"
SHARED = "participation.shared"  # in a request's environ: its answer is the same for everybody


def mark_shared(response: Response) -> Response:
    """Note, in Flask's own knowledge of the request, that anybody would get these bytes."""
    view = current_app.view_functions.get(request.endpoint or "")
    is_for_all = getattr(view, "__same_for_all__", False)
    if (
        view is not None
        and response.status_code == 200
        and request.method == "GET"
        and permission_of(request.endpoint or "") is Permission.PUBLIC
        and (is_for_all or response.mimetype == "text/html")
        and (is_for_all or not is_cookieless(request.endpoint))
        and not ("actor" in g and g.actor.is_signed_in)
        and "token" not in (request.view_args or {})
        and not g.get("after_response")
        and not response.cache_control.no_store
        and not response.is_streamed
    ):
        request.environ[SHARED] = True
    return response


class SharedPages:
    """Around the application: answers from what is kept, and keeps what may be."""

    def __init__(self, app: Flask, inner: Any, cookie_prefix: str) -> None:
        self._app = app
        self._inner = inner
        self._prefix = cookie_prefix
        self._language_cookie = f"{cookie_prefix}{LANGUAGE_COOKIE}"

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        language = self._language(environ) if _reads(environ) else None
        if language is None:
            return self._inner(environ, start_response)  # type: ignore[no-any-return]
        kept: KeptPages | None = self._app.extensions[EXTENSION].kept
        key = (
            environ.get("SCRIPT_NAME", ""),
            environ.get("PATH_INFO", ""),
            environ.get("QUERY_STRING", ""),
            language,
        )
        moment, page = kept.get(key) if kept else (None, None)
        if page is None:
            told: list[Any] = []
            pieces = self._inner(environ, lambda *values: told.extend(values[:2]))
            page = _shared(environ, told, pieces)
            if page is None:
                start_response(*told)
                return pieces  # type: ignore[no-any-return]
            if kept and moment:
                kept.keep(key, moment, page)
        return page.answer(environ, start_response)

    def _language(self, environ: Environ) -> str | None:
        """The language asked for; None when the request carries something that is its own."""
        if "HTTP_COOKIE" not in environ:
            return i18n.DEFAULT_LOCALE
        cookies = parse_cookie(environ)
        asked = cookies.pop(self._language_cookie, i18n.DEFAULT_LOCALE)
        if any(name.startswith(self._prefix) for name in cookies):
            return None
        return asked if asked in i18n.LOCALES else i18n.DEFAULT_LOCALE


def _reads(environ: Environ) -> bool:
    return environ["REQUEST_METHOD"] in {"GET", "HEAD"}


def _shared(environ: Environ, told: list[Any], pieces: Any) -> KeptPage | None:
    """The answer as a page for everybody, if it is one: nothing in it was set for one browser."""
    if not environ.get(SHARED) or len(told) < 2 or not told[0].startswith("200"):
        return None
    headers: list[tuple[str, str]] = told[1]
    if any(name.lower() == "set-cookie" for name, _value in headers):
        return None
    try:
        body = b"".join(pieces)
    finally:
        pieces.close()
    etag = f'"{hashlib.blake2b(body, digest_size=16).hexdigest()}"'
    named = [*headers, ("ETag", etag)]
    if not any(name.lower() == "vary" for name, _value in headers):
        named.append(("Vary", "Cookie"))
    return KeptPage(tuple(named), body, etag)
