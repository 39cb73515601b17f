"""Giving a stored file back: always as an attachment, never shown in the page (TRUST 29)."""

from collections.abc import Iterable
from urllib.parse import quote

from flask import Response
from werkzeug.http import dump_options_header

from participation.foundation.files.models import StoredFile


def file_response(stored: StoredFile) -> Response:
    return attachment(stored.content, stored.name, stored.media_type)


def attachment(content: bytes | str | Iterable[bytes], name: str, media_type: str) -> Response:
    """A download called `name`; the browser neither guesses its type nor runs anything in it."""
    response = Response(content, mimetype=media_type)
    plain = name.encode("ascii", "replace").decode().replace("?", "_")
    response.headers["Content-Disposition"] = (
        dump_options_header("attachment", {"filename": plain}) + f"; filename*=UTF-8''{quote(name)}"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "no-store"
    return response
