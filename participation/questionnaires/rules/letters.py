"""Letters and text messages: who gets them, read from a table that is never kept, and the words.

Neither names what the questionnaire is about outside the letter: an envelope and a telephone are
seen by others.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import phonenumbers

from participation.foundation.errors import DomainError
from participation.foundation.i18n import HOME_REGION
from participation.foundation.i18n import gettext as _
from participation.foundation.tabular import Sheet

SMS_LENGTH = 160
MOST = 500
_PHONE_HEADINGS = frozenset({"mobil", "mobilnummer", "telefon", "phone", "mobile"})


class ListUnusable(DomainError):
    """The list cannot be used as it is; the message says which rows."""

    code = "list_unusable"


@dataclass(frozen=True)
class Recipient:
    """One row: what is written on the envelope, and a mobile number in E.164 or nothing."""

    lines: tuple[str, ...] = ()
    phone: str = ""
    cells: tuple[str, ...] = ()


def read_recipients(sheet: Sheet, *, needs_phone: bool) -> list[Recipient]:
    """Every column but the number is a line of the address, in the table's order.

    Raises:
        ListUnusable: too many rows, none, or numbers that cannot be, with their rows.
    """
    if not 0 < len(sheet.lines) <= MOST:
        raise ListUnusable(_("The list needs between 1 and %(most)s rows.", most=MOST))
    found, wrong = [], []
    for line in sheet.lines:
        typed = next((line.cells.get(h, "") for h in sheet.headings if _is_phone(h)), "")
        phone = _phone(typed)
        if needs_phone and not phone:
            wrong.append(str(line.number))
        lines = [line.cells.get(h, "") for h in sheet.headings if not _is_phone(h)]
        cells = tuple(line.cells.get(h, "") for h in sheet.headings)
        found.append(Recipient(tuple(filter(None, lines)), phone, cells))
    if wrong:
        raise ListUnusable(
            _("No mobile number that can be used in row %(rows)s.", rows=", ".join(wrong[:20]))
        )
    return found


def _is_phone(heading: str) -> bool:
    return heading.strip().lower() in _PHONE_HEADINGS


def _phone(typed: str) -> str:
    try:
        number = phonenumbers.parse(typed, HOME_REGION)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def sms_text(address: str, last_day: str, phone: str) -> str:
    """At most 160 signs of the telephone alphabet; says nothing about the subject.

    What does not fit is left out from the end: the number to call, then the day.
    """
    parts: Sequence[str] = (
        _(
            "Hello! The county asks for your answers: %(address)s",
            address=address,
        ),
        _("Until %(day)s.", day=last_day),
        _("Questions? %(phone)s", phone=phone) if phone else "",
    )
    kept = [part for part in parts if part]
    while len(" ".join(kept)) > SMS_LENGTH and len(kept) > 1:
        kept.pop()
    return " ".join(kept)
