"""A sheet for each table, with its QR code in three languages. Printed again, it is the same.

`?table=3`: the sheet of that table alone.
"""

from typing import Any

from flask import request

from participation.foundation.errors import NotFound
from participation.foundation.files.web import attachment
from participation.foundation.i18n import (
    DEFAULT_LOCALE,
    LOCALES,
    current_locale,
    format_day,
    text_direction,
    use_locale,
)
from participation.foundation.i18n import gettext as _
from participation.foundation.mail_templates import absolute_url
from participation.foundation.permissions import Permission
from participation.foundation.printing import PDF, can_make_pdf, pdf_bytes, qr_picture
from participation.foundation.web import actor, db, render, requires, see_other
from participation.meetings import queries
from participation.meetings.models import Meeting, MeetingTable
from participation.meetings.rules.codes import in_groups, table_code
from participation.meetings.rules.consent import consent_words
from participation.meetings.views.blueprint import meetings


@meetings.get("/meetings/<public_id>/sheets")
@requires(Permission.MANAGE_ACTIVITIES)
def sheets(public_id: str) -> str:
    return _sheets(queries.meeting_seen_by(db(), actor(), public_id), as_pdf=False)


@meetings.get("/meetings/<public_id>/sheets.pdf")
@requires(Permission.MANAGE_ACTIVITIES)
def sheets_pdf(public_id: str) -> Any:
    """The same as a tagged PDF; where this machine makes none, the page to print."""
    found = queries.meeting_seen_by(db(), actor(), public_id)
    if not can_make_pdf():
        return see_other("meetings.sheets", public_id=public_id)
    return attachment(pdf_bytes(_sheets(found, as_pdf=True)), _("Table sheets") + ".pdf", PDF)


def _sheets(found: Meeting, *, as_pdf: bool) -> str:
    only = request.args.get("table", type=int)
    tables = [
        one for one in queries.tables_in_room(db(), found) if only is None or one.number == only
    ]
    if not tables:
        raise NotFound
    return render(
        "meetings/sheets.html",
        title=_("Table sheets") if only is None else _("Sheet of table %(number)s", number=only),
        only=only,
        meeting=found,
        day=format_day(found.held_on),
        consent=consent_words(found.dots_each),
        tables=[_table(found, table) for table in tables],
        has_pdf=can_make_pdf(),
        as_pdf=as_pdf,
    )


def _table(found: Meeting, table: MeetingTable) -> dict[str, Any]:
    number = table.number
    code = in_groups(table_code(found.public_id, number, table.edition))
    others = [one for one in LOCALES if one != current_locale()]
    return {
        "number": number,
        "picture": qr_picture(_address(code, current_locale())),
        "address": _address(code, current_locale()).partition("://")[2],
        "others": [_said(one, number, code) for one in others],
    }


def _said(language: str, number: int, code: str) -> dict[str, str]:
    """What the sheet says in another language, with a code that opens the page in it."""
    with use_locale(language):
        return {
            "code": language,
            "dir": text_direction(language),
            "name": _("Table %(number)s", number=number),
            "how": _("Scan the code with a phone. You write together and need no account."),
            "picture_text": _("QR code that leads to the table's page"),
            "picture": qr_picture(_address(code, language)),
        }


def _address(code: str, language: str) -> str:
    asked = f"?lang={language}" if language != DEFAULT_LOCALE else ""
    return absolute_url(f"/t/{code}") + asked
