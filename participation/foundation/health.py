"""Is it alive, and is it ready? For load balancers and for people (docs/operations.md)."""

from dataclasses import dataclass
from datetime import timedelta

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from participation.foundation.clock import now
from participation.foundation.jobs.models import WorkerHeartbeat
from participation.foundation.migrate import current_revision_of, head_revision
from participation.foundation.outbox.queries import oldest_due_mail
from participation.foundation.permissions import Permission
from participation.foundation.web import db, requires

WORKER_SILENT_AFTER = timedelta(seconds=60)
MAIL_STUCK_AFTER = timedelta(minutes=15)

health = Blueprint("health", __name__)


@dataclass(frozen=True)
class Check:
    """One answer: its name, whether it is well, and why not."""

    name: str
    is_well: bool
    detail: str = ""


def readiness(session: Session) -> tuple[Check, ...]:
    """Every check, worst news included; a database that does not answer ends the list."""
    try:
        session.execute(text("SELECT 1"))
        return (
            Check("database", is_well=True),
            _migrations(session),
            _worker(session),
            _outbox(session),
        )
    except SQLAlchemyError as problem:
        return (Check("database", is_well=False, detail=type(problem).__name__),)


def _migrations(session: Session) -> Check:
    at, newest = current_revision_of(session.connection()), head_revision()
    detail = "" if at == newest else f"at {at}, newest is {newest}: run participation upgrade"
    return Check("migrations", is_well=at == newest, detail=detail)


def _worker(session: Session) -> Check:
    seen = session.scalar(select(func.max(WorkerHeartbeat.seen_at)))
    if seen is None:
        return Check("worker", is_well=False, detail="no worker is running")
    is_well = now() - seen < WORKER_SILENT_AFTER
    return Check("worker", is_well=is_well, detail="" if is_well else "silent for over a minute")


def _outbox(session: Session) -> Check:
    oldest = oldest_due_mail(session)
    is_well = oldest is None or now() - oldest < MAIL_STUCK_AFTER
    detail = "" if is_well else "mails have waited for over 15 minutes"
    return Check("outbox", is_well=is_well, detail=detail)


@health.get("/health/live")
@requires(Permission.PUBLIC)
def live() -> ResponseReturnValue:
    """The process answers."""
    return jsonify(status="ok")


@health.get("/health/ready")
@requires(Permission.PUBLIC)
def ready() -> ResponseReturnValue:
    """Everything the site needs works: 200, else 503 with the reasons."""
    checks = readiness(db())
    is_ready = all(check.is_well for check in checks)
    answer = jsonify(
        status="ok" if is_ready else "not ready",
        checks={check.name: "ok" if check.is_well else check.detail for check in checks},
    )
    return answer, 200 if is_ready else 503
