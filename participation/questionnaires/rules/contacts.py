"""A list of addresses to mail a round to: an address a row, with a language where one is given."""

from collections.abc import Iterable
from dataclasses import dataclass

from participation.foundation.crypto import normalised_email
from participation.foundation.i18n import DEFAULT_LOCALE, LOCALES
from participation.foundation.i18n import gettext as _
from participation.foundation.outbox.rules import checked_recipient
from participation.foundation.tabular import Line, Sheet

ADDRESS_HEADINGS = frozenset({"e-post", "epost", "e-postadress", "email", "e-mail", "mejl"})
LANGUAGE_HEADINGS = frozenset({"språk", "sprak", "language", "lang"})


@dataclass(frozen=True)
class Contact:
    address: str
    locale: str


@dataclass(frozen=True)
class Problem:
    """What is wrong with one row; its number as the sheet program shows it."""

    row: int
    message: str


@dataclass(frozen=True)
class ContactList:
    """All of the list, or, when anything is wrong with it, all that is wrong."""

    contacts: tuple[Contact, ...]
    problems: tuple[Problem, ...]
    doubled: int  # rows whose address stood in an earlier row too


def read_contacts(sheet: Sheet) -> ContactList:
    """The list in a table with a column of addresses and, if it has one, of languages."""
    address = _heading(sheet, ADDRESS_HEADINGS)
    language = _heading(sheet, LANGUAGE_HEADINGS)
    if address is None:
        return ContactList((), (Problem(1, _("No column is called “e-post”.")),), 0)
    found: dict[str, Contact] = {}
    problems: list[Problem] = []
    doubled = 0
    for line in sheet.lines:
        contact = _contact(line, address, language, problems)
        if contact is None:
            continue
        key = normalised_email(contact.address)
        doubled += key in found
        found.setdefault(key, contact)
    return ContactList(() if problems else tuple(found.values()), tuple(problems), doubled)


def _heading(sheet: Sheet, known: Iterable[str]) -> str | None:
    return next((one for one in sheet.headings if one.strip().casefold() in known), None)


def _contact(
    line: Line, address: str, language: str | None, problems: list[Problem]
) -> Contact | None:
    given = line.cells.get(address, "")
    locale = (line.cells.get(language, "") if language else "").casefold() or DEFAULT_LOCALE
    if locale not in LOCALES:
        message = _("The language must be one of %(known)s.", known=", ".join(LOCALES))
        problems.append(Problem(line.number, message))
        return None
    try:
        recipient = checked_recipient(given)
    except ValueError:
        recipient = ""
    if not recipient.isascii() or not recipient:
        problems.append(Problem(line.number, _("“%(given)s” is no e-mail address.", given=given)))
        return None
    return Contact(recipient, locale)
