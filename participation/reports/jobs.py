"""Background work: making a report's files, and taking out of reports what was withdrawn."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from participation.foundation.db import transaction
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import use_locale
from participation.foundation.jobs import JobProgress, Schedule
from participation.foundation.look import STATIC_FILES
from participation.foundation.permissions import SYSTEM
from participation.foundation.printing import can_make_pdf, pdf_bytes
from participation.reports.models import Report
from participation.reports.rules.files import packed, page_html, pictures, workbook
from participation.reports.rules.snapshot import Json
from participation.reports.services.reports import (
    BUILD,
    RENEW,
    files_are_made,
    keep_file,
    renew_report,
)

STEPS = 4


def rendered(snapshot: Json, version: int, *, with_pdf: bool = True) -> Iterator[tuple[str, bytes]]:
    """The files one after the other, each from the snapshot alone."""
    style = (STATIC_FILES / "paper.css").read_text()
    with use_locale(snapshot["about"]["language"]):
        html = page_html(snapshot, version, style)
        made = {"report.html": html.encode(), "report.xlsx": workbook(snapshot, version)}
        yield from made.items()
        if with_pdf and can_make_pdf():
            made["report.pdf"] = pdf_bytes(html)
            yield "report.pdf", made["report.pdf"]
        yield "report.zip", packed({**made, **pictures(snapshot)})


class BuildReport:
    """Makes the files of one report; one that changed meanwhile gets a job of its own."""

    kind = BUILD

    def run(self, sessions: sessionmaker[Session], job: JobProgress) -> dict[str, Any]:
        report_id = int(job.payload["report_id"])
        with sessions() as session:
            report = session.get(Report, report_id)
            if report is None:
                return {}
            snapshot, version, mark = report.snapshot, report.version, report.digest
            public_id = report.public_id
        job.progress(0, STEPS, _("Writes the pages."))
        for done, (name, content) in enumerate(rendered(snapshot, version), 1):
            with transaction(sessions) as session:
                keep_file(session, report_id, mark, name, content)
            job.progress(min(done, STEPS - 1), STEPS, _("Makes the files."))
        with transaction(sessions) as session:
            files_are_made(session, report_id, mark)
        return {"url": f"/reports/{public_id}/work"}


class RenewReports:
    """Looks through all finished reports for what has been withdrawn."""

    kind = RENEW

    def run(self, sessions: sessionmaker[Session], job: JobProgress) -> dict[str, Any]:
        with sessions() as session:
            ids = session.scalars(
                select(Report.id).where(Report.state != "draft").order_by(Report.id)
            ).all()
        renewed = 0
        for place, report_id in enumerate(ids, 1):
            with transaction(sessions) as session:
                report = session.get(Report, report_id)
                renewed += report is not None and renew_report(session, SYSTEM, report)
            job.progress(place, len(ids))
        return {"renewed": renewed}


SCHEDULES = (Schedule(RENEW, every=timedelta(minutes=10)),)
