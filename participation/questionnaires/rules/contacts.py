"""A list of addresses to mail a round to: an address a row, with a language where one is given."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from participation.foundation.crypto import normalised_email
from participation.foundation.i18n import DEFAULT_LOCALE, LOCALES
from participation.foundation.i18n import gettext as _
from participation.foundation.outbox.rules import checked_recipient
from participation.foundation.tabular import Line, Sheet

ADDRESS_HEADINGS = frozenset({"e-post", "epost", "e-postadress", "email", "e-mail", "mejl"})
# What stands between addresses when they are copied out of a sheet or a mail program.
_BETWEEN = re.compile(r"[\s,;<>\"]+")
_AROUND = "'’()[].:"
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


def read_pasted(text: str, locale: str) -> ContactList:
    """Addresses pasted from anywhere, all written to in one language.

    >>> [one.address for one in read_pasted("Bo <bo@example.org>; eva@example.org", "sv").contacts]
    ['bo@example.org', 'eva@example.org']
    """
    found: dict[str, Contact] = {}
    problems: list[Problem] = []
    doubled = 0
    for number, row in enumerate(text.splitlines(), start=1):
        words = [word.strip(_AROUND) for word in _BETWEEN.split(row) if "@" in word]
        if not words and row.strip() and row.strip().casefold() not in ADDRESS_HEADINGS:
            problems.append(_no_address(number, row.strip()))
        for word in words:
            address = _usable(word)
            if not address:
                problems.append(_no_address(number, word))
                continue
            key = normalised_email(address)
            doubled += key in found
            found.setdefault(key, Contact(address, locale))
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
    recipient = _usable(given)
    if not recipient:
        problems.append(_no_address(line.number, given))
        return None
    return Contact(recipient, locale)


def _usable(given: str) -> str:
    """The address as mails go to it, or nothing."""
    try:
        recipient = checked_recipient(given)
    except ValueError:
        return ""
    has_domain = "." in recipient.rpartition("@")[2]
    return recipient if recipient.isascii() and has_domain else ""


def _no_address(row: int, given: str) -> Problem:
    return Problem(row, _("“%(given)s” is no e-mail address.", given=given[:80]))
