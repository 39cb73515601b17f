"""The report and the public summary on paper, in full or in easy words."""

from typing import Any

from flask import request

from participation.audits import queries
from participation.audits.queries.reports import PublicSummary, public_summary
from participation.audits.views import words
from participation.audits.views.blueprint import audits
from participation.disclosure.outlets import outlet
from participation.foundation.files.web import attachment
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.printing import PDF, can_make_pdf, kept_pdf
from participation.foundation.web import actor, db, render, requires, see_other


@audits.get("/audits/<public_id>/report/print")
@requires(Permission.READ_AUDITS)
@outlet("workroom")
def report_print(public_id: str) -> str:
    """The report as far as it is written, for unit, team and those who lead."""
    return _report(public_id, as_pdf=False)


@audits.get("/audits/<public_id>/report.pdf")
@requires(Permission.READ_AUDITS)
@outlet("workroom")
def report_pdf(public_id: str) -> Any:
    """The same as a tagged PDF; where this machine makes none, the page to print."""
    return _pdf(_report(public_id, as_pdf=True), "audits.report_print", public_id)


@audits.get("/audits/<public_id>/summary/print")
@requires(Permission.PUBLIC)
@outlet("publication")
def summary_print(public_id: str) -> str:
    """What is published of an audit, for everybody."""
    return _summary(public_id, as_pdf=False)


@audits.get("/audits/<public_id>/summary.pdf")
@requires(Permission.PUBLIC)
@outlet("publication")
def summary_pdf(public_id: str) -> Any:
    """The same as a tagged PDF."""
    return _pdf(_summary(public_id, as_pdf=True), "audits.summary_print", public_id)


def _report(public_id: str, *, as_pdf: bool) -> str:
    lens = queries.audit_seen_by(db(), actor(), public_id)
    return _paper(queries.paper_of(db(), lens), "report", as_pdf=as_pdf)


def _summary(public_id: str, *, as_pdf: bool) -> str:
    return _paper(public_summary(db(), public_id), "summary", as_pdf=as_pdf)


def _paper(found: PublicSummary, kind: str, *, as_pdf: bool) -> str:
    return render(
        "audits/report_paper.html",
        title=found.audit.title,
        found=found,
        kind=kind,
        is_easy=request.args.get("easy") == "1" and found.has_easy_words,
        words=words,
        as_pdf=as_pdf,
        has_pdf=can_make_pdf(),
    )


def _pdf(html: str, page: str, public_id: str) -> Any:
    """Made once, and one at a time: nobody's answer waits for another's paper."""
    if can_make_pdf():
        db().commit()  # only lets go: on SQLite a reader holds up whoever saves
        made = kept_pdf(html)
        if made is not None:
            return attachment(made, _("report") + ".pdf", PDF)
    return see_other(page, public_id=public_id, easy=request.args.get("easy"))
