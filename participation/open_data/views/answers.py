"""How every answer of the API looks: who may read it, how often one may ask, what went wrong."""

import json
from collections import OrderedDict
from collections.abc import Mapping
from threading import Lock
from typing import Any

from flask import Response, request
from sqlalchemy.exc import DataError, OperationalError
from werkzeug.exceptions import HTTPException

from participation.county.queries import county_or_none
from participation.foundation.ceilings import TokenBucket
from participation.foundation.errors import DomainError, NotFound, Throttled, Withdrawn
from participation.foundation.i18n import format_day
from participation.foundation.i18n import gettext as _
from participation.foundation.web import db, extension
from participation.open_data.rules.openapi import PROBLEM
from participation.open_data.views.blueprint import api

AT_ONCE, PER_SECOND = 600, 20  # questions from one address that are not answered from memory
MOST_ADDRESSES = 10_000


class Ceilings:
    """A ceiling for each address, in memory only; those that asked longest ago are forgotten."""

    def __init__(self) -> None:
        self._buckets: OrderedDict[str, TokenBucket] = OrderedDict()
        self._lock = Lock()

    def take(self, address: str) -> bool:
        """Whether the address may ask once more."""
        with self._lock:
            bucket = self._buckets.get(address)
            if bucket is None:
                bucket = TokenBucket(burst=AT_ONCE, per_second=PER_SECOND)
                self._buckets[address] = bucket
            self._buckets.move_to_end(address)
            while len(self._buckets) > MOST_ADDRESSES:
                self._buckets.popitem(last=False)
        return bucket.take()


ceilings = Ceilings()


@api.before_request
def not_too_often() -> None:
    if not ceilings.take(request.remote_addr or ""):
        raise Throttled


@api.after_request
def for_everybody(response: Response) -> Response:
    """Readable from any other site's pages; kept by nobody without asking again."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "ETag, Last-Modified, Link, Retry-After"
    if request.method == "OPTIONS":
        response.mimetype = "text/plain"
        response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
        response.headers["Access-Control-Allow-Headers"] = "If-None-Match"
    response.headers.setdefault("Cache-Control", "public, no-cache")
    response.headers.setdefault("Vary", "Accept-Encoding")
    return response


def json_answer(data: Any, media_type: str = "application/json") -> Response:
    return Response(json.dumps(data, ensure_ascii=False), mimetype=media_type)


def site() -> str:
    """The installation's own address, whatever host was asked."""
    return extension().config.public_url


def source() -> str:
    """Whom to name: the county, as its file calls it."""
    found = county_or_none(db())
    return found.name if found else ""


def _problem(status: int, title: str, detail: str = "", **headers: str) -> Response:
    told: Mapping[str, Any] = {"type": "about:blank", "title": title, "status": status}
    answer = json_answer({**told, "detail": detail} if detail else told, PROBLEM)
    answer.status_code = status
    answer.headers.update({name.replace("_", "-"): value for name, value in headers.items()})
    return answer


@api.errorhandler(DomainError)
def _on_domain_error(problem: DomainError) -> Response:
    if isinstance(problem, Withdrawn):
        title = _("This was withdrawn %(day)s", day=format_day(problem.data["day"]))
        return _problem(410, title, _("It was published here, and nobody can read it any more."))
    if isinstance(problem, Throttled):
        return _problem(
            429,
            _("Wait a little while"),
            _("So many questions have come from your address that the others have to wait."),
            Retry_After="30",
        )
    if isinstance(problem, NotFound):
        return _not_found()
    return _problem(problem.http_status, _("The question is not understood"), problem.message)


@api.errorhandler(HTTPException)
def _on_http_error(problem: HTTPException) -> Response:
    return _not_found() if problem.code == 404 else _problem(problem.code or 500, problem.name)


@api.errorhandler(DataError)
@api.errorhandler(OverflowError)
def _on_impossible_value(_problem_: Exception) -> Response:
    return _problem(400, _("The question is not understood"))


@api.errorhandler(OperationalError)
def _on_busy_database(_problem_: OperationalError) -> Response:
    return _problem(503, _("The data cannot be read right now"), Retry_After="30")


def _not_found() -> Response:
    return _problem(
        404, _("There is nothing here"), _("See %(address)s for what there is.", address=_start())
    )


def _start() -> str:
    return f"{site()}/api/v1/"
