"""A sheet for each table, with its QR code in three languages. Printed again, it is the same."""

from typing import Any

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
from participation.meetings.models import Meeting
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
    return render(
        "meetings/sheets.html",
        title=_("Table sheets"),
        meeting=found,
        day=format_day(found.held_on),
        consent=consent_words(found.dots_each),
        tables=[_table(found, number) for number in queries.table_numbers(db(), found)],
        has_pdf=can_make_pdf(),
        as_pdf=as_pdf,
    )


def _table(found: Meeting, number: int) -> dict[str, Any]:
    code = in_groups(table_code(found.public_id, number))
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
