"""What everybody reads: the list of results, one result, the same on paper and as a table."""

from datetime import date
from typing import Any

from participation.disclosure.models import Release
from participation.disclosure.outlets import outlet
from participation.foundation.files.web import attachment
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import pgettext
from participation.foundation.permissions import Permission
from participation.foundation.printing import PDF, can_make_pdf, pdf_bytes
from participation.foundation.tabular import csv_bytes
from participation.foundation.web import db, render, requires, see_other
from participation.meetings import queries
from participation.meetings.rules.result import shown_statements
from participation.meetings.rules.states import KIND_LABELS
from participation.meetings.views.blueprint import meetings


@meetings.get("/meetings/published")
@requires(Permission.PUBLIC)
@outlet("publication")
def published() -> str:
    """Every meeting with a published result."""
    found = [(one, _day(one)) for one in queries.published_meetings(db())]
    return render("meetings/published.html", found=found, kinds=KIND_LABELS)


@meetings.get("/meetings/<public_id>/result")
@requires(Permission.PUBLIC)
@outlet("publication")
def result(public_id: str) -> str:
    """What the tables said, and what the room put first."""
    release = queries.published_meeting(db(), public_id)
    return render("meetings/result.html", **_of(release))


@meetings.get("/meetings/<public_id>/result/print")
@requires(Permission.PUBLIC)
@outlet("publication")
def result_print(public_id: str) -> str:
    return _paper(queries.published_meeting(db(), public_id), as_pdf=False)


@meetings.get("/meetings/<public_id>/result.pdf")
@requires(Permission.PUBLIC)
@outlet("publication")
def result_pdf(public_id: str) -> Any:
    """The same as a tagged PDF; where this machine makes none, the page to print."""
    release = queries.published_meeting(db(), public_id)
    if not can_make_pdf():
        return see_other("meetings.result_print", public_id=public_id)
    return attachment(pdf_bytes(_paper(release, as_pdf=True)), _("Result") + ".pdf", PDF)


@meetings.get("/meetings/<public_id>/result.csv")
@requires(Permission.PUBLIC)
@outlet("publication")
def result_csv(public_id: str) -> Any:
    """Statements and dots; where the gate hides how many, the cell says so."""
    release = queries.published_meeting(db(), public_id)
    rows = [
        (one.text, _("fewer than can be shown") if one.dots is None else one.dots)
        for one in shown_statements(release.payload)
    ]
    made = csv_bytes((pgettext("meeting", "Statement"), _("Dots")), rows)
    return attachment(made, _("Result") + ".csv", "text/csv")


def _paper(release: Release, *, as_pdf: bool) -> str:
    return render(
        "meetings/result_paper.html", has_pdf=can_make_pdf(), as_pdf=as_pdf, **_of(release)
    )


def _of(release: Release) -> dict[str, Any]:
    return {
        "release": release,
        "payload": release.payload,
        "day": _day(release),
        "shown": shown_statements(release.payload),
        "kinds": KIND_LABELS,
    }


def _day(release: Release) -> date:
    return date.fromisoformat(release.payload["held_on"])
