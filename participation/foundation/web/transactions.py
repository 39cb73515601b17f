"""One transaction per request, the log of who saw what, and where a change leads."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, cast

from flask import Response, current_app, g, redirect, request, url_for
from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session, sessionmaker
from werkzeug.wrappers import Response as WerkzeugResponse

from participation.foundation.db import transaction, write_turn
from participation.foundation.eventlog.services import log_event, log_events
from participation.foundation.web.access import View, actor
from participation.foundation.web.extension import extension

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_UNCOMMITTED = "uncommitted_changes"


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


def end_transaction() -> None:
    session: Session | None = g.pop("db", None)
    turn = g.pop("write_turn", None)
    try:
        if session is not None:
            session.close()
    finally:
        if turn is not None:
            turn.__exit__(None, None, None)


def finish(response: Response) -> Response:
    session: Session | None = g.get("db")
    if session is not None and current_app.testing and response.status_code < 400:
        assert not session.info.get(_UNCOMMITTED), (
            f"{request.method} {request.path} left uncommitted changes: put @commits on the view"
        )
    end_transaction()
    work: list[Callable[[Session], None]] = g.pop("after_response", [])
    if work:
        with transaction(extension().sessions) as short:
            for act in work:
                act(short)
    return response


def watch_changes(sessions: sessionmaker[Session]) -> None:
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


def see_other(endpoint: str, /, **values: Any) -> WerkzeugResponse:
    """After a change: 303 to the page that shows it, so that reload repeats nothing."""
    return redirect(url_for(endpoint, **values), code=303)
