"""Finished reports: one for the joint management, one for the presidium, one for a municipality."""

from datetime import timedelta

from sqlalchemy import select

from participation.county.models import Group, Municipality
from participation.demo.year import Year
from participation.foundation.feature import Features
from participation.foundation.permissions import SYSTEM
from participation.reports.jobs import rendered
from participation.reports.queries.composing import Providers
from participation.reports.services.reports import (
    ReportDraft,
    files_are_made,
    finish_report,
    keep_file,
    publish_report,
    write_report,
)

DAYS = timedelta(days=330)
INTRODUCTION = (
    "Påhittade svar och löften visar hur en rapport ser ut. Börja med första sidan: den går att "
    "läsa på en minut."
)


def make_reports(year: Year, features: Features) -> None:
    """Three finished ones, the first public, and a draft."""
    session, until = year.session, year.calendar.today
    providers = Providers(
        session, features.collect("indicator_counters"), features.collect("public_figures")
    )
    groups = {one.key: one.public_id for one in session.scalars(select(Group))}
    place = session.scalars(select(Municipality.code).where(Municipality.name == "Kalmar")).one()
    readers = (f"group:{groups['lgl']}", f"group:{groups['presidium']}", f"municipality:{place}")
    for number, reader in enumerate(readers):
        draft = ReportDraft(
            reader=reader,
            period_from=until - DAYS,
            period_to=until,
            introduction="" if number else INTRODUCTION,
        )
        report = write_report(session, SYSTEM, draft)
        finish_report(session, SYSTEM, report, providers)
        files_are_made(session, report.id, report.digest)
        if not number:
            # The worker makes every file anew; a PDF takes seconds.
            for name, content in rendered(report.snapshot, report.version, with_pdf=False):
                keep_file(session, report.id, report.digest, name, content)
            publish_report(session, SYSTEM, report)
    draft = ReportDraft(reader=readers[0], period_from=until - DAYS, period_to=until)
    write_report(session, SYSTEM, draft)
