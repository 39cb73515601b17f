"""The resident perspective to take along: one page of paper, and its tables."""

from typing import Any

from flask import Response

from participation.disclosure.outlets import outlet
from participation.follow_up.queries.perspective import ResidentPerspective, resident_sheet
from participation.follow_up.rules.perspective_file import (
    Row,
    figure_headings,
    figure_rows,
    finding_headings,
    finding_rows,
    question_headings,
    question_rows,
)
from participation.follow_up.views.blueprint import blueprint
from participation.follow_up.views.perspective import drawn, page_of, told
from participation.follow_up.views.words import said
from participation.foundation.clock import today
from participation.foundation.files.web import attachment
from participation.foundation.i18n import current_locale, format_and, format_day
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.printing import PDF, can_make_pdf, kept_pdf
from participation.foundation.tabular import XLSX, xlsx_bytes
from participation.foundation.web import db, render, requires, see_other
from participation.indicators.rules.words import SEX_WORDS


@blueprint.get("/groups/<group>/resident-perspective/print")
@blueprint.get("/areas/<area>/resident-perspective/print")
@requires(Permission.PUBLIC)
@outlet("publication")
def perspective_sheet(group: str = "", area: str = "") -> str:
    """One page of paper."""
    return _sheet(page_of(group, area, resident_sheet), as_pdf=False)


@blueprint.get("/groups/<group>/resident-perspective.pdf")
@blueprint.get("/areas/<area>/resident-perspective.pdf")
@requires(Permission.PUBLIC)
@outlet("publication")
def perspective_pdf(group: str = "", area: str = "") -> Any:
    """The same as a PDF; where this machine makes none, or makes another, the page to print."""
    page = page_of(group, area, resident_sheet)
    html = _sheet(page, as_pdf=True)
    db().commit()  # only lets go: on SQLite a reader holds up whoever saves
    made = kept_pdf(html) if can_make_pdf() else None
    if made is None:
        return see_other("follow_up.perspective_sheet", **page.subject.place)
    return attachment(made, f"{_name(page)}.pdf", PDF)


@blueprint.get("/groups/<group>/resident-perspective/tables.xlsx")
@blueprint.get("/areas/<area>/resident-perspective/tables.xlsx")
@requires(Permission.PUBLIC)
@outlet("publication")
def perspective_tables(group: str = "", area: str = "") -> Response:
    """Findings, answers, promises and indicators as the page shows them, a sheet each."""
    page = page_of(group, area)
    sheets = [
        (_("Findings"), finding_headings(), finding_rows(page.first)),
        (_("Answers"), question_headings(), _question_rows(page)),
        (_("Promises"), _promise_headings(), _promise_rows(page)),
        (_("Indicators"), figure_headings(), _figure_rows(page)),
        (_("About the file"), (_("About the file"), ""), _about(page)),
    ]
    return attachment(xlsx_bytes(sheets), f"{_name(page)}.xlsx", XLSX)


def _sheet(page: ResidentPerspective, *, as_pdf: bool) -> str:
    return render(
        "follow_up/perspective_paper.html",
        **told(page),
        as_pdf=as_pdf,
        has_pdf=can_make_pdf(),
        language=current_locale(),
    )


def _name(page: ResidentPerspective) -> str:
    (place,) = page.subject.place.values()
    return _("resident-perspective") + f"-{place}"


def _question_rows(page: ResidentPerspective) -> list[Row]:
    return [
        row
        for one in page.questions
        if (chart := drawn(one))
        for row in question_rows(one.table.title, chart, one.release.number)
    ]


def _promise_headings() -> tuple[str, ...]:
    return (
        _("What was promised"),
        _("How it is going"),
        _("What happened"),
        _("Answers finding"),
        _("Responsible"),
    )


def _promise_rows(page: ResidentPerspective) -> list[Row]:
    locale = current_locale()
    return [
        (
            one.title,
            one.state[1],
            one.text,
            page.answers(promise.finding),
            promise.commitment.responsible or promise.commitment.owed_by_name(locale),
        )
        for promise in page.shown_promises
        for one in [said(promise, page.answers(promise.finding))]
    ]


def _figure_rows(page: ResidentPerspective) -> list[Row]:
    return [
        row
        for line in page.lines
        if line.series
        for row in figure_rows(
            line.indicator.name,
            str(SEX_WORDS[line.series.sex]),
            line.indicator.unit,
            line.indicator.source or "",
            line.series.points,
        )
    ]


def _about(page: ResidentPerspective) -> list[Row]:
    numbers = format_and([str(number) for number in page.release_numbers])
    return [
        (_("The residents' perspective"), page.subject.named.name_in(current_locale())),
        (_("Taken out"), format_day(today())),
        (_("Publications that the numbers come from"), numbers or "–"),
        (
            _("Hidden"),
            _("Where few people gave an answer, the number is hidden, and with it others."),
        ),
        (_("How sure"), _("The uncertainty is a 95 per cent interval.")),
    ]
