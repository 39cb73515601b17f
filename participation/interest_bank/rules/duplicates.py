"""When two rows may be one person. Pure."""

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from participation.foundation.crypto import keys
from participation.foundation.i18n import lazy_gettext as _l


class Likeness(StrEnum):
    PHONE = "phone"
    NAME_AND_YEAR = "name_and_year"
    EMAIL = "email"


LIKENESS_LABELS: Mapping[str, Any] = {
    Likeness.PHONE: _l("Same phone number"),
    Likeness.NAME_AND_YEAR: _l("Same name and year of birth"),
    Likeness.EMAIL: _l("Same e-mail address but for dots or a plus sign"),
}


class PairDecision(StrEnum):
    NOT_SAME = "not_same"
    MERGED = "merged"


def folded_name(name: str) -> str:
    """A name without case, accents and signs, its words in order of the alphabet.

    >>> folded_name("Ek, Tuva-Maria") == folded_name("tuva maria EK")
    True
    """
    letters = _without_case_and_accents(_without_case_and_accents(name))  # "ℐ" is "I" at first
    return " ".join(sorted(re.findall(r"\w+", letters)))


def _without_case_and_accents(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def name_and_year_index(name: str, birth_year: int) -> str:
    """A keyed hash that two spellings of one person's name and year of birth share."""
    return keys().blind_index("name and year", f"{folded_name(name)}\0{birth_year}")


def mailbox_of(address: str) -> str:
    """The mailbox that common providers deliver an address to: no dots, nothing after a plus.

    >>> mailbox_of("Tuva.Ek+bank@Example.org")
    'tuvaek@example.org'
    """
    local, _at, domain = address.strip().lower().rpartition("@")
    return f"{local.split('+', 1)[0].replace('.', '')}@{domain}"
