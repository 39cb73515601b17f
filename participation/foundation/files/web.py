"""Giving a stored file back: always as an attachment, never shown in the page (TRUST 29)."""

from collections.abc import Iterable, Sequence
from urllib.parse import quote

from flask import Response, request
from werkzeug.http import dump_options_header

from participation.foundation.clock import today
from participation.foundation.files.models import StoredFile
from participation.foundation.tabular import XLSX, csv_bytes, xlsx_bytes
from participation.foundation.tabular.writing import Cell


def file_response(stored: StoredFile) -> Response:
    return attachment(stored.content, stored.name, stored.media_type)


def shown_file(stored: StoredFile) -> Response:
    """A picture or sound that belongs to a page: for everybody, and the same for ever.

    Its type was told by its content when it came in; parts of it can be asked for (players do).
    """
    response = Response(stored.content, mimetype=stored.media_type)
    response.headers["Content-Disposition"] = "inline"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.make_conditional(request, accept_ranges=True, complete_length=stored.size)
    return response


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


def table_download(
    file_format: str, title: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]], name: str
) -> Response:
    """A table to download as "csv" or "xlsx", called `name` and today's date."""
    whole = f"{name}-{today().isoformat()}"
    if file_format == "csv":
        return attachment(csv_bytes(headings, rows), f"{whole}.csv", "text/csv")
    return attachment(xlsx_bytes([(title, headings, rows)]), f"{whole}.xlsx", XLSX)
