"""A release's tables to take along: what the page shows, cell by cell, and nothing more."""

import json

from flask import Response

from participation.disclosure.models import Release
from participation.disclosure.outlets import outlet
from participation.disclosure.queries import breakdowns_of
from participation.disclosure.services import thresholds_in_force
from participation.foundation.clock import to_local
from participation.foundation.files.web import attachment
from participation.foundation.i18n import DEFAULT_LOCALE, format_day
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.tabular import XLSX, csv_bytes, xlsx_bytes
from participation.foundation.web import db, requires
from participation.questionnaires.rules.grouping import ATTRIBUTE_LABELS, Attribute
from participation.results import queries
from participation.results.rules.published_files import Row, grouped_rows, headings, total_rows
from participation.results.views.blueprint import blueprint
from participation.results.views.public import of_release

PUBLISHED = ("wave", "audience", "is_fictional", "respondents", "tables", "breakdowns")


@blueprint.get("/releases/<public_id>/tables.csv")
@requires(Permission.PUBLIC)
@outlet("publication")
def tables_csv(public_id: str) -> Response:
    """Every published table under one another."""
    found = queries.public_release(db(), public_id)
    rows = [row for _name, some in _sheets(found) for row in some]
    return attachment(csv_bytes(headings(), rows), f"{_name(found)}.csv", "text/csv")


@blueprint.get("/releases/<public_id>/tables.xlsx")
@requires(Permission.PUBLIC)
@outlet("publication")
def tables_xlsx(public_id: str) -> Response:
    """A sheet for everybody, one per breakdown, and one that says what the numbers are."""
    found = queries.public_release(db(), public_id)
    sheets = [(name, headings(), rows) for name, rows in _sheets(found)]
    about = (_("About the file"), (_("About the file"), ""), _about(found))
    return attachment(xlsx_bytes([*sheets, about]), f"{_name(found)}.xlsx", XLSX)


@blueprint.get("/releases/<public_id>/tables.json")
@requires(Permission.PUBLIC)
@outlet("publication")
def tables_json(public_id: str) -> Response:
    """What is published, for programs: the words and numbers of the ledger, null where hidden."""
    found = queries.public_release(db(), public_id)
    data = {
        "title": found.title,
        "publication": found.number,
        "published_on": to_local(found.published_at).date().isoformat(),
        "language": DEFAULT_LOCALE,
        **{key: found.payload[key] for key in PUBLISHED if key in found.payload},
    }
    body = json.dumps(data, ensure_ascii=False, indent=1)
    return attachment(body, f"{_name(found)}.json", "application/json")


def _sheets(found: Release) -> list[tuple[str, list[Row]]]:
    """In the reader's language, as the page is."""
    page = of_release(found)
    tables = page.tables
    named = [
        (
            str(ATTRIBUTE_LABELS[Attribute(shown.attribute)]),
            page.reading.breakdown(shown) if page.reading else shown,
        )
        for shown in breakdowns_of(found)
    ]
    return [
        (_("Everybody"), total_rows(tables)),
        *((title, grouped_rows(tables, shown, title)) for title, shown in named if shown.tables),
    ]


def _about(found: Release) -> list[tuple[str, str]]:
    return [
        (_("Results"), of_release(found).title),
        (_("Publication"), _("Number %(number)s", number=found.number)),
        (_("Published"), format_day(found.published_at)),
        (
            _("Hidden"),
            _(
                "Where fewer than %(number)s gave an answer, the number is hidden, and with it "
                "what would reveal it. Small groups are put together.",
                number=thresholds_in_force().minimum,
            ),
        ),
    ]


def _name(found: Release) -> str:
    return _("results") + f"-{found.public_id}"
