"""Writing reports: draft, finish, copy, publish, delete."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from participation.county.models import Group, Municipality, Unit
from participation.foundation.clock import now, today
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.eventlog.services import log_event
from participation.foundation.jobs import enqueue
from participation.foundation.permissions import Actor
from participation.reports.models import Report, ReportFile
from participation.reports.queries.composing import Providers, compose
from participation.reports.queries.reports import gone_refs
from participation.reports.rules.kinds import KINDS
from participation.reports.rules.snapshot import digest, refs_of, without

BUILD, RENEW = "reports.build", "reports.renew"
THING = "report"
_CHANGING = ("state", "snapshot", "digest", "version", "is_public")


@dataclass(frozen=True, kw_only=True)
class ReportDraft:
    """What the form of a report holds. `reader`: "group:…", "municipality:…" or "unit:…"."""

    reader: str
    period_from: date
    period_to: date
    title: str = ""
    introduction: str = ""
    parts: Sequence[str] = ()


def write_report(
    session: Session, actor: Actor, draft: ReportDraft, report: Report | None = None
) -> Report:
    """A new draft, or a draft changed. Raises Conflict when it is finished already."""
    if report is not None and not report.is_draft:
        raise Conflict
    is_new = report is None
    report = report or Report()
    _set_reader(session, report, draft.reader)
    report.parts = list(draft.parts) or [part.value for part in KINDS[report.kind].parts]
    report.period_from, report.period_to = draft.period_from, draft.period_to
    report.title, report.introduction = draft.title, draft.introduction
    session.add(report)
    session.flush()
    if is_new:
        log_event(session, actor, "report_drafted", THING, report.public_id, kind=report.kind)
    return report


def _set_reader(session: Session, report: Report, reader: str) -> None:
    kind, _colon, key = reader.partition(":")
    report.group = report.municipality = report.unit = None
    if kind == "group":
        group = session.scalar(select(Group).where(Group.public_id == key))
        levels = {one.group_kind: one.key for one in KINDS.values() if one.group_kind}
        if group is None or group.kind not in levels:
            raise NotFound
        report.group, report.kind = group, levels[group.kind]
    elif kind == "municipality":
        report.municipality = session.scalar(select(Municipality).where(Municipality.code == key))
        report.kind = kind
    else:
        report.unit = session.scalar(select(Unit).where(Unit.public_id == key))
        report.kind = "unit"
    if report.group is None and report.municipality is None and report.unit is None:
        raise NotFound


def reader_of(report: Report) -> str:
    """Whom a report is for, as the form names it."""
    if report.group:
        return f"group:{report.group.public_id}"
    if report.municipality:
        return f"municipality:{report.municipality.code}"
    return f"unit:{report.unit.public_id}" if report.unit else ""


def finish_report(session: Session, actor: Actor, report: Report, providers: Providers) -> Report:
    """Freeze what it shows, and queue its files. Raises Conflict when it was done already."""
    session.refresh(report, _CHANGING, with_for_update=True)
    if not report.is_draft:
        raise Conflict
    report.snapshot = compose(report, providers)
    report.digest = digest(report.snapshot)
    report.title = report.snapshot["about"]["title"]
    report.is_fictional = report.snapshot["about"]["is_fictional"]
    report.made_on = today()
    report.state = "building"
    _order_files(session, actor, report)
    log_event(session, actor, "report_finished", THING, report.public_id, digest=report.digest)
    return report


def _order_files(session: Session, actor: Actor, report: Report) -> None:
    job = enqueue(
        session,
        BUILD,
        {"report_id": report.id},
        title=report.title,
        created_by_account_id=actor.account_id,
        once_key=f"report-{report.public_id}-{report.digest}",
    )
    session.flush()
    report.job_public_id = job.public_id


def keep_file(session: Session, report_id: int, mark: str, name: str, content: bytes) -> None:
    """Keep one file, unless the report has changed since it was made."""
    report = session.get(Report, report_id, with_for_update=True)
    if report is None or report.digest != mark:
        return
    kept = session.get(ReportFile, (report_id, name)) or ReportFile(report_id=report_id, name=name)
    kept.digest, kept.content = mark, content
    session.add(kept)
    session.flush()


def files_are_made(session: Session, report_id: int, mark: str) -> None:
    """The last file is there: readers may come."""
    report = session.get(Report, report_id, with_for_update=True)
    if report is not None and report.digest == mark and not report.is_draft:
        report.state = "ready"
        session.flush()


def renew_report(session: Session, actor: Actor, report: Report) -> bool:
    """Take out what was withdrawn since: words, files and all. Whether there was anything."""
    session.refresh(report, _CHANGING, with_for_update=True)
    left = without(report.snapshot, gone_refs(session, refs_of(report.snapshot)))
    mark = digest(left)
    if mark == report.digest:
        return False
    session.execute(delete(ReportFile).where(ReportFile.report_id == report.id))
    report.snapshot, report.digest = left, mark
    report.title = left["about"]["title"]
    report.introduction = left["about"]["introduction"]
    report.version += 1
    report.cut_on = today()
    _order_files(session, actor, report)
    log_event(session, actor, "report_cut", THING, report.public_id, version=report.version)
    return True


def copy_report(session: Session, actor: Actor, report: Report, until: date) -> Report:
    """A new draft with the same choices: from the day after the old one ended, until `until`."""
    start = report.period_to + timedelta(days=1)
    draft = ReportDraft(
        reader=reader_of(report),
        period_from=min(start, until),
        period_to=until,
        parts=report.parts,
    )
    return write_report(session, actor, draft)


def publish_report(session: Session, actor: Actor, report: Report) -> None:
    """Let everybody read it. Raises Conflict before it is ready."""
    session.refresh(report, _CHANGING, with_for_update=True)
    if not report.is_ready:
        raise Conflict
    report.is_public = True
    report.published_at = now()
    report.published_by_account_id = actor.account_id
    session.flush()
    log_event(session, actor, "report_published", THING, report.public_id, digest=report.digest)


def unpublish_report(session: Session, actor: Actor, report: Report) -> None:
    """Only those it is for read it again."""
    report.is_public = False
    session.flush()
    log_event(session, actor, "report_unpublished", THING, report.public_id)


def delete_draft(session: Session, actor: Actor, report: Report) -> None:
    """Raises Conflict when it is finished: somebody may have read it."""
    if not report.is_draft:
        raise Conflict
    log_event(session, actor, "report_deleted", THING, report.public_id)
    session.delete(report)
    session.flush()
