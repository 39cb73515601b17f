"""The API's datasets: a page of rows, one row, or everything as CSV."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any
from urllib.parse import urlencode

from flask import Response, request, url_for
from sqlalchemy.orm import Session, sessionmaker
from werkzeug.http import http_date

from participation.disclosure.outlets import outlet
from participation.foundation.clock import LOCAL_ZONE, today
from participation.foundation.errors import DomainError, NotFound
from participation.foundation.i18n import DEFAULT_LOCALE, use_locale
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.providers import Address
from participation.foundation.tabular import csv_pieces
from participation.foundation.web import cookieless, db, extension, requires, same_for_all
from participation.open_data.queries import READERS, Asked, Piece
from participation.open_data.rules.declared import BY_KEY
from participation.open_data.rules.openapi import MOST, USUAL
from participation.open_data.rules.resources import Resource, Row, Value, as_cell, as_json
from participation.open_data.views.answers import json_answer, site, source
from participation.open_data.views.blueprint import api

ROWS_AT_A_TIME = 5_000
EVERY = 1_000_000
PAGING = frozenset({"after", "limit"})
ALWAYS = frozenset({"lang"})


@api.get("/<dataset>")
@requires(Permission.PUBLIC)
@outlet("publication")
@same_for_all
@cookieless
def rows(dataset: str) -> Response:
    """A page of rows, and where the next ones are."""
    resource = _resource(dataset)
    asked = _asked(resource, PAGING)
    piece = _piece(resource, asked, request.args.get("after", ""), _limit())
    answer = json_answer(_page_of(resource, piece))
    return _dated(answer, resource, piece)


@api.get("/<dataset>.csv")
@requires(Permission.PUBLIC)
@outlet("publication")
@same_for_all
@cookieless
def rows_csv(dataset: str) -> Response:
    """Every row as a file, narrowed by the same filters."""
    resource = _resource(dataset)
    asked = _asked(resource, frozenset())
    if resource.is_large:
        pieces = _in_pieces(resource, asked, extension().sessions)
        answer = Response(_written(resource, pieces), mimetype="text/csv")
    else:
        piece = _piece(resource, asked, "", EVERY)
        body = b"".join(_written(resource, iter([piece])))
        answer = _dated(Response(body, mimetype="text/csv"), resource, piece)
    answer.headers["Content-Disposition"] = f'attachment; filename="{resource.key}.csv"'
    return answer


@api.get("/<dataset>/<row_id>")
@requires(Permission.PUBLIC)
@outlet("publication")
@same_for_all
@cookieless
def row(dataset: str, row_id: str) -> Response:
    """One row by its id; 410 when it was withdrawn."""
    resource = _resource(dataset)
    with use_locale(DEFAULT_LOCALE):
        found = READERS[resource.key].row(_asked(resource, frozenset()), row_id)
    if found is None:
        raise NotFound
    return _dated(json_answer(_told(resource, found)), resource, Piece([found], None))


def _resource(key: str) -> Resource:
    if key not in BY_KEY:
        raise NotFound
    return BY_KEY[key]


def _asked(resource: Resource, more: frozenset[str]) -> Asked:
    """What is asked. Raises DomainError for a parameter that would be left unheard."""
    known = {one.name for one in resource.filters}
    unknown = sorted(set(request.args) - known - more - ALWAYS)
    if unknown:
        raise DomainError(
            _(
                "“%(name)s” cannot be asked for here. These can: %(known)s.",
                name=unknown[0],
                known=", ".join(sorted(known | more)) or "–",
            )
        )
    collect = extension().features.collect
    return Asked(
        db(),
        today(),
        {name: request.args[name] for name in known if name in request.args},
        notices=collect("public_notices"),
        surveys=collect("survey_sources"),
        counters=collect("indicator_counters"),
    )


def _limit() -> int:
    text = request.args.get("limit", str(USUAL))
    is_number = text.isascii() and text.isdecimal() and len(text) <= len(str(MOST))
    if not is_number or not 0 < int(text) <= MOST:
        raise DomainError(_("“limit” is a whole number from 1 to %(most)s.", most=MOST))
    return int(text)


def _piece(resource: Resource, asked: Asked, after: str, most: int) -> Piece:
    """Rows in Swedish, whatever language the reader has: they are data."""
    with use_locale(DEFAULT_LOCALE):
        return READERS[resource.key].piece(asked, after, most)


def _in_pieces(
    resource: Resource, asked: Asked, sessions: sessionmaker[Session]
) -> Iterator[Piece]:
    """A large dataset, each piece in a short transaction: a slow reader holds up nobody."""
    after = ""
    while True:
        with sessions() as session:
            piece = _piece(
                resource, Asked(session, asked.today, asked.filters), after, ROWS_AT_A_TIME
            )
        yield piece
        if piece.after is None:
            return
        after = piece.after


def _written(resource: Resource, pieces: Iterator[Piece]) -> Iterator[bytes]:
    return csv_pieces(
        resource.columns,
        (
            [[as_cell(_plain(row[name])) for name in resource.columns] for row in piece.rows]
            for piece in pieces
        ),
    )


def _page_of(resource: Resource, piece: Piece) -> dict[str, Any]:
    newest = _newest(resource, piece)
    return {
        "dataset": resource.key,
        "source": source(),
        "licence": extension().config.data_licence,
        "language": DEFAULT_LOCALE,
        "updated": None if newest is None else as_json(newest),
        "data": [_told(resource, row) for row in piece.rows],
        "links": {
            "self": _here(resource, request.args.get("after")),
            "next": _here(resource, piece.after) if piece.after else None,
            "csv": f"{site()}/api/v1/{resource.key}.csv",
            "about": f"{site()}/open-data",
        },
    }


def _here(resource: Resource, after: str | None) -> str:
    """This question at another place; what it was narrowed by stays."""
    kept = [(k, v) for k, v in request.args.items() if k not in {"after", "lang"}]
    question = urlencode([*kept, *([("after", after)] if after else [])])
    address = site() + url_for("api.rows", dataset=resource.key)
    return f"{address}?{question}" if question else address


def _told(resource: Resource, row: Row) -> dict[str, Any]:
    told = {name: as_json(_plain(row[name])) for name in resource.columns}
    if not resource.is_large:
        told["self"] = site() + url_for("api.row", dataset=resource.key, row_id=row["id"])
    return told


def _plain(value: Value) -> Any:
    if isinstance(value, Address):
        return site() + url_for(value.endpoint, **value.values)
    return value


def _newest(resource: Resource, piece: Piece) -> date | None:
    """The newest moment or day among the rows."""
    known = [row[resource.updated] for row in piece.rows] if resource.updated else []
    return max((one for one in known if isinstance(one, date)), default=None)


def _dated(answer: Response, resource: Resource, piece: Piece) -> Response:
    """For people's eyes and harvesters' lists; whether something changed only the ETag tells."""
    newest = _newest(resource, piece)
    if newest is not None:
        at = (
            newest if isinstance(newest, datetime) else datetime.combine(newest, time(), LOCAL_ZONE)
        )
        answer.headers["Last-Modified"] = http_date(at)
    return answer
